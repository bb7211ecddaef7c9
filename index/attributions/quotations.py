"""Find what stands between quotation marks: “ ”, " ", '' '', « », and single marks used as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..records import Span


class Quotation(NamedTuple):
    """Text between quotation marks.

    Attributes:
        span: From the opening to the closing mark, both included.
        closed: False where the paragraph ends first; the speech then goes on in the next one.
        depth: 0 for an outermost quotation, 1 for one within it, and so on.
    """

    span: Span
    closed: bool
    depth: int


_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"''|``|[\"“”„«»‘’'‹›]")
_PAIRS = {"“": "”", "„": "”“", "«": "»", "‘": "’", "‹": "›", "``": "''"}
_DOUBLE = frozenset('“”"')
_SINGLE = frozenset("‘’'‹›")
_ELISION = re.compile(r"['‘’](?:\d\ds?\b|(?:em|tis|twas|til|cause|cos|bout|n)\b)", re.IGNORECASE)
_OPENING_SINGLE = re.compile(r"(?<![^\s(])['‘](?=\w)")
_CLOSING_SINGLE = re.compile(r"(?<!\s)['’](?!\w)")
_LONGEST_SINGLE = 1500
"""Characters: a single mark that closes later than this is taken for an apostrophe."""


def find(text: str) -> list[Quotation]:
    """Return the quotations of `text`, by their opening mark; nested ones follow their outer one.

    A double mark that is never closed runs to the end of its paragraph; a single one is no mark.
    """
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _pair(text, Span(*paragraph.span()))
    return sorted(found, key=lambda quotation: (quotation.span.start, -quotation.span.end))


def _pair(text: str, paragraph: Span) -> Iterator[Quotation]:
    """Yield the quotations of a paragraph, whose marks are matched with a stack."""
    waiting: list[tuple[str, int]] = []
    for match in _MARK.finditer(text, *paragraph):
        mark, start, end = match.group(), match.start(), match.end()
        place = _closes(text, waiting, mark, Span(start, end), paragraph)
        if place is not None:
            yield Quotation(Span(waiting[place][1], end), closed=True, depth=place)
            del waiting[place:]
        elif _opens(text, mark, Span(start, end), paragraph):
            waiting.append((mark, start))
    kept = [start for mark, start in waiting if mark not in _SINGLE]
    if kept:
        yield Quotation(Span(kept[0], paragraph.end), closed=False, depth=0)


def _closes(
    text: str, waiting: list[tuple[str, int]], mark: str, at: Span, paragraph: Span
) -> int | None:
    """Return the place in `waiting` of the mark that this one closes."""
    for place in range(len(waiting) - 1, -1, -1):
        opening, start = waiting[place]
        if _fits(text, opening, mark, at) and (
            mark not in _SINGLE or _ends_single(text, start, at, paragraph)
        ):
            return place
    return None


def _fits(text: str, opening: str, mark: str, at: Span) -> bool:
    """Tell whether a mark may close another; double marks are mixed up in many articles."""
    if opening in _DOUBLE and mark in _DOUBLE:
        return mark != "“" or not text[at.end : at.end + 1].strip()
    return mark in _PAIRS.get(opening, opening)


def _opens(text: str, mark: str, at: Span, paragraph: Span) -> bool:
    """Tell whether a mark that closes nothing opens a quotation."""
    before = text[at.start - 1] if at.start > paragraph.start else " "
    after = text[at.end] if at.end < paragraph.end else " "
    if mark in "”»›" or (after.isspace() and mark not in "“„«"):
        return False
    if mark not in _SINGLE:
        return True
    if not (before.isspace() or before in '([—–-"“«'):
        return False
    return mark != "’" and not _ELISION.match(text, at.start)


def _ends_single(text: str, start: int, at: Span, paragraph: Span) -> bool:
    """Tell whether a single mark can close the quotation opened at `start`.

    "the workers' plan" could; so a mark after an s counts only where a stop or a comma is near it
    or no later mark could close.
    """
    before = text[at.start - 1]
    after = text[at.end] if at.end < paragraph.end else " "
    if before.isspace() or after.isalnum() or at.start - start > _LONGEST_SINGLE:
        return False
    if before not in "sS" or not after.isspace():
        return True
    closing = _CLOSING_SINGLE.search(text, at.end, paragraph.end)
    opening = _OPENING_SINGLE.search(text, at.end, paragraph.end)
    return closing is None or (opening is not None and opening.start() < closing.start())
