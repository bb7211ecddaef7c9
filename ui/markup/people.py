"""Speakers as HTML: to be found, to be looked at, to be compared, to be corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from index.records import Role, SpeakerKind
from rag import Speaker

from ..wording import write_count, write_day
from .charts import count_months, render_months

KINDS: Mapping[SpeakerKind, str] = {
    "person": "Person",
    "organisation": "Organisation",
    "group": "Group",
    "document": "Document",
    "unnamed": "Not named",
}

NOBODY = Markup(
    '<section class="empty"><h2>Nobody is on record yet</h2><p>Give the archive articles in the '
    "Archive tab. Everybody whom they quote appears here.</p></section>"
)
HINT = Markup('<p class="hint">Choose a speaker to see who it is and every statement.</p>')
LOST = Markup(
    '<p class="failure" role="alert">The archive no longer has this speaker under that name. '
    "Find the speaker again.</p>"
)
_ALIASES, _ROLES, _OUTLETS = 12, 8, 12


def render_found(
    found: Sequence[tuple[Speaker, int]], total: int, *, opened: str = "", beside: str = ""
) -> Markup:
    """Render the speakers that were found, of `total`; with one open, each can be set beside it."""
    if not found:
        return Markup(
            '<p class="hint">Nobody in this archive goes by that name. Try a surname alone, or '
            "part of it.</p>"
        )
    more = f"{total - len(found):,} more: type more of the name." if total > len(found) else ""
    return Markup(
        '<ul class="people" data-arrows>{}</ul><p class="note" role="status">{}</p>'
    ).format(Markup("").join(_person(*one, opened=opened, beside=beside) for one in found), more)


def _person(speaker: Speaker, count: int, *, opened: str, beside: str) -> Markup:
    compare = Markup("")
    if opened and speaker.id != opened:
        compare = Markup(
            '<button type="button" class="beside" data-event="compare" data-text="{}" '
            'aria-pressed="{}" title="Set {} beside the speaker who is open">Compare'
            '<span class="unseen"> with {}</span></button>'
        ).format(
            speaker.id, "true" if speaker.id == beside else "false", speaker.name, speaker.name
        )
    return Markup(
        '<li><button type="button" class="pick" data-event="pick" data-text="{}"{}>'
        '<span dir="auto">{}</span><small>{}</small></button>{}</li>'
    ).format(
        speaker.id,
        Markup(' aria-current="true"') if speaker.id == opened else "",
        speaker.name,
        f"{KINDS[speaker.kind]} · {write_count(count, 'statement')}",
        compare,
    )


def render_profile(speaker: Speaker, places: Sequence[tuple[date | None, str, str]]) -> Markup:
    """Render who a speaker is, and when and where what he says was printed.

    Args:
        places: Day, outlet and article id of each statement.
    """
    days = sorted(day for day, _, _ in places if day)
    articles = len({article for _, _, article in places})
    facts = (
        f"{write_count(len(places), 'statement')} in {write_count(articles, 'article')}"
        + (f", {write_day(days[0])}" if days else "")
        + (f" to {write_day(days[-1])}" if days and days[-1] != days[0] else "")
    )
    months = count_months((day, outlet) for day, outlet, _ in places)
    return Markup(
        '<section class="profile"><header><h2 dir="auto">{}</h2><p>{} · {}</p></header>{}{}{}{}'
        "</section>"
    ).format(
        speaker.name,
        KINDS[speaker.kind],
        facts,
        _aliases(speaker.aliases),
        _roles(speaker.roles),
        render_months(months, "statement", "Statements by month"),
        _outlets(Counter(outlet or "Outlet not given" for _, outlet, _ in places)),
    )


def _aliases(aliases: Sequence[str]) -> Markup:
    if not aliases:
        return Markup("")
    more = f" and {len(aliases) - _ALIASES:,} more" if len(aliases) > _ALIASES else ""
    return Markup('<p class="aliases" dir="auto"><b>Also called</b> {}{}</p>').format(
        " · ".join(aliases[:_ALIASES]), more
    )


def _roles(roles: Sequence[Role]) -> Markup:
    if not roles:
        return Markup("")
    return Markup('<div class="roles"><h3>Described as</h3><ul>{}</ul></div>').format(
        Markup("").join(
            Markup('<li><span dir="auto">{}</span> <small>{}</small></li>').format(
                role.name, _when(role)
            )
            for role in roles[:_ROLES]
        )
    )


def _when(role: Role) -> str:
    days = [write_day(day) for day in (role.first, role.last) if day]
    span = " to ".join(dict.fromkeys(days))
    return " · ".join(
        part for part in (write_count(role.articles, "article"), span, ", ".join(role.outlets))
        if part
    )  # fmt: skip


def _outlets(counted: Counter[str]) -> Markup:
    most = max(counted.values(), default=1)
    return Markup('<div class="outlets"><h3>Quoted by</h3><ul>{}</ul></div>').format(
        Markup("").join(
            Markup(
                '<li><span dir="auto">{}</span><b>{}</b><i style="width:{:.1f}%" '
                'aria-hidden="true"></i></li>'
            ).format(name, f"{count:,}", 100 * count / most)
            for name, count in counted.most_common(_OUTLETS)
        )
    )
