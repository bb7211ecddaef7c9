"""Words of an article as HTML, in paragraphs, the cited ones marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from index.records import Article, Span
from rag.records import Citation

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_MARK = Markup("<mark>")
_FIRST_MARK = Markup('<mark data-arrive="center">')


def excerpt(
    article: Article, span: Span, highlights: Iterable[Span], *, arrive: bool = False
) -> Markup:
    """Render the words at `span` as paragraphs, those at `highlights` marked.

    The marked characters are those of the highlights within the span, in the order of the text,
    but for white space around blank lines. With `arrive`, the page scrolls to the first.
    """
    marks = sorted(highlights)
    pieces = []
    for paragraph in _paragraphs(article.text, span):
        pieces += [Markup("<p>"), *_marked(article.text, paragraph, marks), Markup("</p>")]
    html = Markup("").join(pieces)
    return html.replace(_MARK, _FIRST_MARK, 1) if arrive else html


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    ends = [gap.span() for gap in _BLANK_LINE.finditer(text, span.start, span.end)]
    for end, following in [*ends, (span.end, span.end)]:
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        if words.strip():
            yield Span(first, first + len(words.strip()))
        start = following


def _marked(text: str, span: Span, marks: Sequence[Span]) -> Iterator[Markup]:
    at = span.start
    for mark in marks:
        start, end = max(mark.start, at), min(mark.end, span.end)
        if start < end:
            yield escape(text[at:start])
            yield _MARK + escape(text[start:end]) + Markup("</mark>")
            at = end
    yield escape(text[at : span.end])


def cited_paragraphs(citation: Citation) -> Span:
    """Return the cited paragraphs as far as they are in the passage, and the cited words."""
    passage, cited = citation.passage.span, citation.span
    whole = Span(min(passage.start, cited.start), max(passage.end, cited.end))
    paragraphs = [
        paragraph
        for paragraph in _paragraphs(citation.article.text, whole)
        if paragraph.start < cited.end and cited.start < paragraph.end
    ]
    return Span(paragraphs[0].start, paragraphs[-1].end) if paragraphs else whole
