"""Statements on a topic over time, a lane for each speaker, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from markupsafe import Markup

from rag import Attribution

from ..wording import name_stance, write_count, write_day
from .statements import Row, render_opener, render_table

MOST_LANES = 8
_GAP = 3.2
"""Hundredths of the width under which two points don't stand on one line."""

_MOST_LINES = 6
"""Lines of points at their full size."""

HINT = Markup(
    '<p class="hint">Type a topic to see who said what about it, and when. Where somebody says '
    "at one time what is denied at another, the point has a ring.</p>"
)
EMPTY = Markup(
    '<section class="empty"><h2>There is nothing on record yet</h2><p>Give the archive articles in '
    "the Archive tab. Then a topic shows here who spoke of it, and when.</p></section>"
)

Position = Literal["says", "denies", "declines to comment"]


class Lane(NamedTuple):
    """One speaker's statements on the topic, oldest first, undated ones last."""

    name: str
    rows: Sequence[Row]


class Shift(NamedTuple):
    """Two statements after one another of which one denies, or declines, and the other doesn't."""

    before: Row
    after: Row


def find_position(attribution: Attribution) -> Position:
    """Return what the cue alone tells of where somebody stands.

    Whether two statements are about the same thing, only their words can tell.
    """
    if attribution.stance == "declines":
        return "declines to comment"
    denies = attribution.stance == "denies"
    return "denies" if denies != (attribution.polarity == "negated") else "says"


def find_shifts(rows: Sequence[Row]) -> list[Shift]:
    """Return where a speaker's position changes from one day to a later one."""
    asserted = [
        row for row in rows if row.article.published and row.attribution.polarity != "hypothetical"
    ]
    return [
        Shift(before, after)
        for before, after in pairwise(asserted)
        if find_position(before.attribution) != find_position(after.attribution)
        and before.article.published != after.article.published
    ]


def render_lanes(lanes: Sequence[Lane], topic: str, more: int) -> Markup:
    """Render the lanes on one axis of time, `more` speakers being left out."""
    if not lanes:
        return Markup(
            '<p class="hint" role="status">No statement in this archive comes near “{}”. Try other '
            "words, or fewer.</p>"
        ).format(topic)
    days = sorted(day for lane in lanes for row in lane.rows if (day := row.article.published))
    count = sum(len(lane.rows) for lane in lanes)
    note = f"{write_count(count, 'statement')} of {write_count(len(lanes), 'speaker')}"
    if more:
        note += f"; {write_count(more, 'speaker')} with fewer are left out: choose them above"
    return Markup(
        '<section class="lanes"><h2 dir="auto">{}</h2><p class="note" role="status">{}.</p>'
        '<p class="pointed" aria-hidden="true">Point at a statement to read it; open it to see '
        "where it stands.</p>{}{}{}</section>"
    ).format(
        topic,
        note,
        _axis(days[0], days[-1]) if days else "",
        Markup("").join(_lane(lane, days) for lane in lanes),
        _KEY,
    )


_KEY = Markup(
    '<ul class="key" aria-label="What the points mean"><li><i data-position="says"></i>says</li>'
    '<li><i data-position="denies"></i>denies, or did not say</li>'
    '<li><i data-position="declines to comment"></i>declines to comment</li>'
    '<li><i data-position="says" data-shift></i>otherwise than the one before</li></ul>'
)


def _place(day: date, first: date, last: date) -> float:
    """Return where a day stands, 0 to 100."""
    return 100 * (day - first).days / max(1, (last - first).days)


def _axis(first: date, last: date) -> Markup:
    ticks = Markup("").join(
        Markup('<li style="left:{:.2f}%">{}</li>').format(_place(day, first, last), name)
        for day, name in _ticks(first, last)
    )
    return Markup('<ol class="axis" aria-hidden="true">{}</ol>').format(ticks)


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Yield some six days, and how each is written."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months < 1:
        yield from dict.fromkeys([(first, write_day(first)), (last, write_day(last))])
        return
    step = next((s for s in (1, 3, 6, 12, 24, 60, 120, 240, 600) if months <= 6 * s), 1200)
    start = first.year * 12 + first.month - 1
    for n in range(-(-start // step) * step, last.year * 12 + last.month, step):
        day = date(n // 12, n % 12 + 1, 1)
        if first <= day <= last:
            yield day, f"{day:%Y}" if step >= 12 or day.month == 1 else f"{day:%b %Y}"


def _lane(lane: Lane, days: Sequence[date]) -> Markup:
    dated = [row for row in lane.rows if row.article.published]
    shifts = find_shifts(lane.rows)
    turned = {id(shift.after) for shift in shifts}
    points, height = [], 1
    for row, left, level in _levels(dated, days):
        height = max(height, level + 1)
        points.append(_point(lane.name, row, left, level, turned=id(row) in turned))
    count = write_count(len(lane.rows), "statement")
    return Markup(
        '<section class="lane"><h3 dir="auto">{}</h3>'
        '<div class="track" style="--levels:{}"{} role="group" aria-label="{}" data-arrows>{}</div>'
        '{}<details><summary>{}<span class="unseen"> of {}</span></summary>{}</details></section>'
    ).format(
        lane.name,
        height,
        Markup(" data-dense") if height > _MOST_LINES else "",
        f"{lane.name}: {count}",
        Markup("").join(points),
        Markup("").join(map(_shift, shifts)),
        count,
        lane.name,
        render_table(lane.rows, f"Statements of {lane.name}"),
    )


def _levels(rows: Iterable[Row], days: Sequence[date]) -> Iterator[tuple[Row, float, int]]:
    """Yield each statement with its place and the line on which it has room."""
    ends: list[float] = []
    for row in rows:
        if row.article.published is None:
            continue
        left = _place(row.article.published, days[0], days[-1])
        level = next((n for n, end in enumerate(ends) if left - end >= _GAP), len(ends))
        ends[level : level + 1] = [left]
        yield row, left, level


def _point(speaker: str, row: Row, left: float, level: int, *, turned: bool) -> Markup:
    day = write_day(row.article.published) if row.article.published else ""
    outlet = row.article.outlet or "outlet not given"
    said = name_stance(row.attribution) + (" (otherwise than before)" if turned else "")
    attributes = Markup(
        ' class="point" style="left:{:.2f}%;--level:{}" data-position="{}" aria-label="{}"'
        ' data-tip="{}"{}'
    ).format(
        left,
        level,
        find_position(row.attribution),
        f"{day}, {outlet}: {said}: {row.words}",
        f"{speaker} {said}: {row.words} ({outlet}, {day})",
        Markup(" data-shift") if turned else "",
    )
    return render_opener(row, Markup(""), attributes)


def _shift(shift: Shift) -> Markup:
    before, after = shift
    told = f"{_tell(before)}; {_tell(after)}."
    return Markup('<p class="shift">{} Read both: they may be about different things.</p>').format(
        told[0].upper() + told[1:]
    )


def _tell(row: Row) -> str:
    day = write_day(row.article.published) if row.article.published else "without a date"
    return f"{find_position(row.attribution)} on {day}"
