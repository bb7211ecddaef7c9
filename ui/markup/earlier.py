"""Earlier conversations as HTML, to be taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from ..formats import Json
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
        '<section class="earlier">{}<h2>Earlier conversations</h2><ul>{}</ul>'
        '<button type="button" class="forget" data-event="forget">Forget them all</button>'
        "</section>"
    ).format(_BACK, Markup("").join(_entry(entry) for entry in kept))


def _entry(entry: Json) -> Markup:
    turns = entry["turns"]
    questions = (
        [str(turn.get("question", "")) for turn in turns if isinstance(turn, dict)]
        if isinstance(turns, list)
        else []
    )
    return Markup(
        '<li><button type="button" data-event="resume" data-text="{}"><span dir="auto">{}</span>'
        "<small>{} · {}</small></button></li>"
    ).format(
        entry["id"],
        questions[0] if questions else "No question",
        _day(str(entry["time"])),
        write_count(len(questions), "question"),
    )


def _day(moment: str) -> str:
    try:
        return write_day(datetime.fromisoformat(moment).date())
    except ValueError:
        return "no date"
