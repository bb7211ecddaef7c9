"""Earlier conversations as HTML, to be found, taken up again, named and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from ..formats import Json
from ..history import LONGEST_NAME, list_questions
from ..wording import write_count, write_day

_BACK = Markup(
    '<button type="button" class="back" data-event="back" data-focus>Back to the sources</button>'
)


def render_earlier(kept: Sequence[Json]) -> Markup:
    """Render the conversations kept, newest first, each a button that takes it up again."""
    if not kept:
        return Markup(
            '<section class="earlier">{}<h2>Earlier conversations</h2><p class="hint">There are '
            "none yet. What you ask is kept in this browser, and can be taken up again here.</p>"
            "</section>"
        ).format(_BACK)
    return Markup(
        '<section class="earlier">{}<h2>Earlier conversations</h2>'
        '<label class="unseen" for="find-earlier">Find a conversation</label>'
        '<input id="find-earlier" type="search" data-find autocomplete="off" '
        'placeholder="Find a conversation by its words"><ul>{}</ul>'
        '<p class="hint" data-none role="status" hidden>No conversation has these words.</p>'
        '<button type="button" class="forget" data-event="forget" data-text="" '
        'data-sure="Forget all of them for good?">Forget them all</button></section>'
    ).format(_BACK, Markup("").join(_entry(number, entry) for number, entry in enumerate(kept)))


def _entry(number: int, entry: Json) -> Markup:
    questions = list_questions(entry)
    name = str(entry["name"]) or (questions[0] if questions else "No question")
    return Markup(
        '<li data-words="{words}"><button type="button" class="resume" data-event="resume" '
        'data-text="{id}"><span dir="auto">{name}</span><small>{day} · {count}</small></button>'
        '<div class="actions"><details class="menu"><summary>Rename{which}</summary>'
        '<form class="choices" data-event="rename" data-text="{id}">'
        '<label class="unseen" for="name-{number}">Name of the conversation</label>'
        '<input id="name-{number}" name="reason" value="{name}" maxlength="{longest}" '
        'autocomplete="off"><button type="submit">Save</button></form></details>'
        '<button type="button" data-event="forget" data-text="{id}" data-sure="Forget for good?">'
        "Forget{which}</button></div></li>"
    ).format(
        words=" ".join([str(entry["name"]), *questions]),
        id=entry["id"],
        name=name,
        day=_day(str(entry["time"])),
        count=write_count(len(questions), "question"),
        which=Markup('<span class="unseen"> “{}”</span>').format(name),
        number=number,
        longest=LONGEST_NAME,
    )


def _day(moment: str) -> str:
    try:
        return write_day(datetime.fromisoformat(moment).date())
    except ValueError:
        return "no date"
