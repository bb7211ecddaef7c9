"""Statements as a table, and the article of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from rag import Article, Attribution, Speaker

from ..wording import name_source, write_day, write_headline
from .badges import render_badges
from .reader import mark_voices, render_article

_LONGEST = 280
_PLAIN = Markup("")

GONE = Markup(
    '<p class="failure" role="alert">The archive no longer has this statement: its article has '
    "changed or gone. Look for it again.</p>"
)


class Row(NamedTuple):
    """A statement in the article that has it."""

    article: Article
    attribution: Attribution

    @property
    def words(self) -> str:
        """What is said, in one line and not too long."""
        said = " … ".join(self.article.quote(span) for span in self.attribution.content)
        words = " ".join(said.split())
        return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


def render_table(rows: Iterable[Row], caption: str) -> Markup:
    """Render statements, each with a button that leads to its words in the article."""
    return Markup(
        '<table class="statements" data-arrows><caption class="unseen">{}</caption><thead><tr>'
        '<th scope="col">Day</th><th scope="col">How</th><th scope="col">Words</th></tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(caption, Markup("").join(map(_row, rows)))


def _row(row: Row) -> Markup:
    article = row.article
    return Markup(
        '<tr data-row><td class="when">{}</td><td class="how">{}</td><td>'
        '{}<p class="from" dir="auto">{} · {}</p></td></tr>'
    ).format(
        render_time(article.published),
        render_badges(row.attribution),
        render_opener(row, Markup('<span dir="auto">{}</span>').format(row.words)),
        article.outlet or "Outlet not given",
        write_headline(article),
    )


def render_opener(row: Row, inside: Markup, attributes: Markup = _PLAIN) -> Markup:
    """Render a button that opens the article at the statement."""
    return Markup(
        '<button type="button" data-event="open" data-article="{}" data-text="{}" '
        'data-key="{}"{}>{}</button>'
    ).format(
        row.article.id,
        row.attribution.id,
        f"{row.article.id} {row.attribution.id}",
        attributes,
        inside,
    )


def render_time(day: date | None) -> Markup:
    """Render a day so that machines can read it."""
    if day is None:
        return Markup("no date")
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), write_day(day))


def render_statement(
    article: Article,
    attribution: Attribution | None,
    statements: Sequence[Attribution],
    speakers: Mapping[str, Speaker],
) -> Markup:
    """Render a whole article, its statement highlighted and everybody else's marked."""
    others = [found for found in statements if found != attribution]
    above = Markup('<button type="button" class="back" data-event="close">Close</button>')
    below = Markup("")
    if attribution is not None:
        speaker = speakers.get(attribution.speaker_id or "")
        below = Markup('<div class="cited"><h3 dir="auto">{}</h3>{}</div>').format(
            name_source(article, attribution, speaker), render_badges(attribution)
        )
    return Markup('<div class="sheet" role="dialog" aria-label="Article">{}</div>').format(
        render_article(
            article,
            attribution.content if attribution else (),
            mark_voices(article, others, speakers),
            above=above,
            below=below,
        )
    )
