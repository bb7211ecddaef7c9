"""The statements of one speaker, or of two side by side, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..wording import write_count
from .statements import Row, render_table


class Side(NamedTuple):
    """A page of one speaker's statements.

    Attributes:
        total: How many statements the filters let through.
        unfiltered: How many there are without the filters on kind and stance.
        first: Place of the first row among all.
    """

    name: str
    rows: Sequence[Row]
    total: int
    unfiltered: int
    first: int


def render_sides(sides: Sequence[Side], topic: str) -> Markup:
    """Render each speaker's statements, in columns where there are several."""
    return Markup('<div class="sides" data-count="{}">{}</div>').format(
        len(sides), Markup("").join(_side(side, topic) for side in sides)
    ) + _turn(sides)


def _side(side: Side, topic: str) -> Markup:
    about = f" about {topic}, closest first" if topic else ", newest first"
    last = side.first + len(side.rows)
    part = f" · {side.first + 1:,} to {last:,}" if side.rows and len(side.rows) < side.total else ""
    return Markup(
        '<section><h3 dir="auto">{}</h3><p class="note" role="status" dir="auto">{}{}{}</p>{}'
        "</section>"
    ).format(
        side.name,
        write_count(side.total, "statement"),
        about,
        part,
        render_table(side.rows, f"Statements of {side.name}") if side.rows else _none(side, topic),
    )


def _none(side: Side, topic: str) -> Markup:
    if side.first:
        return Markup('<p class="hint">No more.</p>')
    todo = (
        "Let “Wording” and “Stance” be any to see them."
        if side.unfiltered
        else "Try other words for the topic, or none."
        if topic
        else "Find the speaker again: the archive has changed."
    )
    return Markup('<p class="hint">Nothing is on record that fits. {}</p>').format(todo)


def _turn(sides: Sequence[Side]) -> Markup:
    """Render the ways to the page before and the one after."""
    buttons = Markup("")
    first, size = sides[0].first, max(len(side.rows) for side in sides)
    button = Markup('<button type="button" data-event="more" data-page="{}">{}</button>')
    per_page = 25
    page = first // per_page
    if page:
        buttons += button.format(page - 1, "← Those before")
    if any(first + size < side.total for side in sides) and size:
        buttons += button.format(page + 1, "Those after →")
    return (
        Markup('<nav class="turn-page" aria-label="Pages of statements">{}</nav>').format(buttons)
        if buttons
        else Markup("")
    )
