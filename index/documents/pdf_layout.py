"""Put the lines of a PDF together to paragraphs, by where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_MARGIN = 0.08
"""Share of a page's height, above and below, where running heads and page numbers stand."""

_BREAKS = "\x02\u2010\u00ad"
"""A hyphen at which a word may have been broken: PDFium's sign, and those of some typesetters."""

_PREFIXES = frozenset(
    "all anti co cross ex half high long low mid mis non pre re self so vice well".split()
)
"""Before these a hyphen at a line's end is the word's own more often than not."""

_BROKEN = re.compile(rf"(?<!\w)(\w*)[{_BREAKS}]\s*(\w*)")
_NUMBER = re.compile(r"\W*(page\s+)?\d{1,4}(\s*(of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:…][\"”’')\]]*$|[”\"]$")


class Line(NamedTuple):
    """A line and where it stands, in points from the left and from below.

    Attributes:
        base: Baseline of its first character.
        last: That of its last one: PDFium makes one line of two where a word is broken.
        size: Height of its font.
    """

    text: str
    left: float
    right: float
    base: float
    last: float
    size: float


class Page(NamedTuple):
    """A page: its height in points, and its lines in reading order."""

    height: float
    lines: Sequence[Line]


def join_lines(pages: Sequence[Page]) -> list[str]:
    """Return the paragraphs, without running heads and page numbers."""
    columns = [column for page in _drop_margins(pages) for column in _columns(page)]
    leading = _leading(columns)
    paragraphs: list[list[str]] = []
    before: Line | None = None
    for column in columns:
        left, right = _edges(column)
        for line in column:
            if before is None or _begins(before, line, left, right, leading):
                paragraphs.append([])
            paragraphs[-1].append(line.text)
            before = line
    joined = ["\n".join(lines) for lines in paragraphs]
    words = Counter(re.findall(r"[\w-]+", " ".join(joined).lower()))
    return [text for one in joined if (text := _mend(one, words))]


def _drop_margins(pages: Sequence[Page]) -> Iterator[list[Line]]:
    sizes = sorted((line.size, len(line.text)) for page in pages for line in page.lines)
    half, body = sum(length for _, length in sizes) / 2, 0.0
    for size, length in sizes:
        half -= length
        if half <= 0:
            body = size
            break
    heads = Counter(key for page in pages for key in {_key(line) for line in page.lines})
    for page in pages:
        yield [
            line
            for line in page.lines
            if _MARGIN * page.height <= line.base <= (1 - _MARGIN) * page.height
            or not (heads[_key(line)] > 1 or line.size < 0.8 * body or _NUMBER.fullmatch(line.text))
        ]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.base / 4)


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the runs of lines that go down the page."""
    columns: list[list[Line]] = []
    for line in lines:
        if not columns or line.base > columns[-1][-1].last + line.size / 2:
            columns.append([])
        columns[-1].append(line)
    return columns


def _leading(columns: Sequence[Sequence[Line]]) -> float:
    """Return the commonest distance between a line and the next, but no more than 1.5 sizes."""
    gaps = Counter(
        round(2 * (before.last - line.base)) / 2
        for column in columns
        for before, line in pairwise(column)
        if before.last > line.base
    )
    most = 1.5 * median([line.size for column in columns for line in column] or [0.0])
    return min(min(gaps, key=lambda gap: (-gaps[gap], gap), default=most), most)


def _edges(column: Sequence[Line]) -> tuple[float, float]:
    """Return the left edge that most lines share, and the right one that few go beyond."""
    left = Counter(round(line.left) for line in column).most_common(1)[0][0]
    rights = sorted(line.right for line in column)
    return left, rights[int(0.9 * (len(rights) - 1))]


def _begins(before: Line, line: Line, left: float, right: float, leading: float) -> bool:
    """Say whether a paragraph begins with `line`; `left` and `right` are its column's edges."""
    down = before.last - line.base
    ends = _ENDS.search(before.text) is not None
    if before.text[-1] in _BREAKS or abs(down) < 0.3 * line.size:  # one word, or one line
        return False
    if abs(before.size - line.size) > 0.15 * line.size or down > 1.3 * leading:
        return True
    if down < 0:  # the next column
        return ends
    indented = 0.5 * leading < line.left - left < 5 * leading
    if indented and abs(before.left - line.left) > 2:
        return True
    word = line.text.partition(" ")[0]
    room = right - before.right
    return ends and room > len(word + " ") * (line.right - line.left) / max(1, len(line.text))


def _mend(text: str, words: Counter[str]) -> str:
    """Join the lines of a paragraph, and the words that their ends broke."""
    text = _BROKEN.sub(lambda found: found[1] + _hyphen(found[1], found[2], words) + found[2], text)
    text = re.sub(r"(?<=\w-)\n(?=\w)", "", text)
    return " ".join(text.split())


def _hyphen(first: str, second: str, words: Counter[str]) -> str:
    """Return the hyphen of a word that a line end broke, or nothing if it isn't the word's own."""
    whole, apart = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if words[whole] != words[apart]:
        return "-" if words[apart] > words[whole] else ""
    return "-" if first.lower() in _PREFIXES or not second.isalpha() else ""
