"""Words of an article as HTML, in paragraphs, some of them marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from rag import Article, Citation, Span

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_MARK = Markup("<mark>")
_FIRST_MARK = Markup('<mark data-arrive="center">')


class Voice(NamedTuple):
    """A statement to be marked as somebody's.

    Attributes:
        hue: Which of the page's colours its speaker has.
        label: Who says it, and how: "Teo Marchetti warned".
    """

    spans: tuple[Span, ...]
    speaker: str
    label: str
    hue: int


def excerpt(
    article: Article,
    span: Span,
    highlights: Iterable[Span],
    *,
    voices: Sequence[Voice] = (),
    arrive: bool = False,
) -> Markup:
    """Render the words at `span` as paragraphs, those at `highlights` marked.

    The marked characters are those of the highlights within the span, in the order of the text,
    but for white space around blank lines. Of statements inside one another, the innermost is
    marked. With `arrive`, the page scrolls to the first highlight.
    """
    layers = _Layers(sorted(highlights), voices)
    pieces = []
    for paragraph in find_paragraphs(article.text, span):
        pieces += [Markup("<p>"), *layers.mark(article.text, paragraph), Markup("</p>")]
    html = Markup("").join(pieces)
    return html.replace(_MARK, _FIRST_MARK, 1) if arrive else html


class _Layers:
    """The highlights of a text, and under them its statements.

    A statement names its speaker where it begins, unless the paragraph has just named the same.
    """

    def __init__(self, highlights: Sequence[Span], voices: Sequence[Voice]) -> None:
        self._highlights = highlights
        self._voices = [
            (span, number, voice) for number, voice in enumerate(voices) for span in voice.spans
        ]
        self._met: set[int] = set()
        self._speaker = ""

    def mark(self, text: str, paragraph: Span) -> Iterator[Markup]:
        """Yield a paragraph's words, cut wherever a mark begins or ends."""
        spans = [*self._highlights, *(span for span, _, _ in self._voices)]
        inside = {place for span in spans for place in span if paragraph.start < place}
        cuts = sorted(place for place in inside if place < paragraph.end)
        highlighted: list[Markup] = []
        self._speaker = ""
        for start, end in zip([paragraph.start, *cuts], [*cuts, paragraph.end], strict=True):
            words = escape(text[start:end])
            if any(span.start <= start < span.end for span in self._highlights):
                highlighted.append(words)
                continue
            yield from _join(highlighted)
            yield self._attribute(words, start)
        yield from _join(highlighted)

    def _attribute(self, words: Markup, start: int) -> Markup:
        around = [found for found in self._voices if found[0].start <= start < found[0].end]
        if not around:
            return words
        _, number, voice = min(around, key=lambda found: (found[0].end - found[0].start, found[1]))
        who = name = Markup("")
        if number not in self._met:
            self._met.add(number)
            who = Markup(' data-who="{}"').format(voice.speaker)
            if voice.speaker != self._speaker:
                name = Markup(" data-named")
            self._speaker = voice.speaker
        return Markup('<span class="said" data-hue="{}" title="{}"{}{}>{}</span>').format(
            voice.hue, voice.label, who, name, words
        )


def _join(highlighted: list[Markup]) -> Iterator[Markup]:
    """Yield what was highlighted without a gap as one mark, and forget it."""
    if highlighted:
        yield _MARK + Markup("").join(highlighted) + Markup("</mark>")
        highlighted.clear()


def find_paragraphs(text: str, span: Span) -> Iterator[Span]:
    """Yield the paragraphs within `span`, without the white space around them."""
    start = span.start
    ends = [gap.span() for gap in _BLANK_LINE.finditer(text, span.start, span.end)]
    for end, following in [*ends, (span.end, span.end)]:
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        if words.strip():
            yield Span(first, first + len(words.strip()))
        start = following


def cited_paragraphs(citation: Citation) -> Span:
    """Return the cited paragraphs as far as they are in the passage, and the cited words."""
    passage, cited = citation.passage.span, citation.span
    whole = Span(min(passage.start, cited.start), max(passage.end, cited.end))
    paragraphs = [
        paragraph
        for paragraph in find_paragraphs(citation.article.text, whole)
        if paragraph.start < cited.end and cited.start < paragraph.end
    ]
    return Span(paragraphs[0].start, paragraphs[-1].end) if paragraphs else whole
