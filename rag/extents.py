"""How far a statement reaches in its article, and the paragraphs in which it stands."""

from __future__ import annotations

from index.records import Attribution, Span

LONGEST = 1000
"""Most characters that are shown as one piece."""


def extent(stated: Attribution) -> Span:
    """Return the span of direct speech, or of the whole reporting statement with source and cue."""
    spans = list(stated.content)
    if stated.kind != "direct":
        spans += (*stated.source, *stated.cue)
    return around(spans)


def around(spans: list[Span]) -> Span:
    """Return the span from the first to the last character of some spans."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def paragraphs(text: str, span: Span) -> Span:
    """Widen a span to the lines that it touches, without white space at their ends.

    A span whose lines hold more than `LONGEST` characters stays as it is.
    """
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    words = text[start : end if end >= 0 else len(text)]
    first = start + len(words) - len(words.lstrip())
    whole = around([span, Span(first, first + len(words.strip()))])
    return whole if whole.end - whole.start <= LONGEST else span
