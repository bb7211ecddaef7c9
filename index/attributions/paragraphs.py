"""Paragraphs of a text, and what a reader can take in of a long one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import Span

MOST = 160
"""Words of a paragraph; a longer one is cut between sentences."""

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")


def split(text: str) -> list[Span]:
    """Return where the lines of a text are that aren't empty."""
    return [Span(*line.span()) for line in _LINE.finditer(text)]


def cut(text: str, line: Span, sentences: Sequence[Span]) -> list[Span]:
    """Return a paragraph, a long one in runs of whole sentences."""
    if _words(text, line) <= MOST:
        return [strip(text, line)]
    pieces: list[Span] = []
    for sentence in sentences:
        if not line.start <= sentence.start < line.end:
            continue
        own = Span(sentence.start, min(sentence.end, line.end))
        longer = Span(pieces[-1].start, own.end) if pieces else own
        if pieces and _words(text, longer) <= MOST // 2:
            pieces[-1] = longer
        else:
            pieces.append(own)
    return pieces


def strip(text: str, span: Span) -> Span:
    """Return a span without the white space at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _words(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, *span))
