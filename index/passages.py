"""Cut an article into passages of whole sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from .options import BuildOptions
from .records import Article, Passage, Span

Counter = Callable[[str], int]

_WORD = re.compile(r"\S+")
_OPENS_OR_CLOSES = re.compile(r"[“”«»\"]")


def cut(
    article: Article,
    sentences: Sequence[Span],
    options: BuildOptions,
    *,
    count: Counter,
    fits: Callable[[str], bool],
) -> list[Passage]:
    """Return passages that cover all sentences, in order, without overlap.

    A passage is whole sentences, as many as fit. It isn't ended inside a quotation where the
    quotation fits into one passage. A sentence too long for a passage is cut between words.

    Args:
        count: Tokens of a text, by the tokenizer that `options.passage_tokens` counts in.
        fits: Whether the embedder reads all of a text.
    """

    def good(span: Span) -> bool:
        text = article.quote(span)
        return count(text) <= options.passage_tokens and fits(text)

    pieces = [p for s in sentences for p in ([s] if good(s) else _cut_sentence(article, s, good))]
    return [
        Passage(id=f"{article.id}#{span.start}-{span.end}", article_id=article.id, span=span)
        for span in _pack(article, pieces, good)
    ]


def _pack(article: Article, pieces: Sequence[Span], good: Callable[[Span], bool]) -> Iterator[Span]:
    """Join neighbouring pieces greedily, ending at the last piece that leaves no quotation open."""
    inside = _inside_quotation(article, pieces)
    first = 0
    while first < len(pieces):
        last = first
        while last + 1 < len(pieces) and good(Span(pieces[first].start, pieces[last + 1].end)):
            last += 1
        closed = last
        while closed >= first and inside[closed] and last + 1 < len(pieces):
            closed -= 1
        last = closed if closed >= first else last
        yield Span(pieces[first].start, pieces[last].end)
        first = last + 1


def _inside_quotation(article: Article, pieces: Sequence[Span]) -> list[bool]:
    """Say of each piece whether a quotation is open at its end; a new paragraph closes all."""
    states = []
    is_open = False
    for number, piece in enumerate(pieces):
        for mark in _OPENS_OR_CLOSES.findall(article.quote(piece)):
            is_open = mark in "“«" if mark != '"' else not is_open
        following = pieces[number + 1].start if number + 1 < len(pieces) else piece.end
        if "\n\n" in article.text[piece.end : following]:
            is_open = False
        states.append(is_open)
    return states


def _cut_sentence(article: Article, sentence: Span, good: Callable[[Span], bool]) -> Iterator[Span]:
    """Cut between words; a single word that is too long is cut in halves until it fits."""
    words = [Span(*found.span()) for found in _WORD.finditer(article.text, *sentence)]
    words = [part for word in words for part in _halve(word, good)]
    first = 0
    while first < len(words):
        # The largest run that fits, by bisection: `good` costs a tokenisation.
        low, high = first, len(words) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if good(Span(words[first].start, words[middle].end)):
                low = middle
            else:
                high = middle - 1
        yield Span(words[first].start, words[low].end)
        first = low + 1


def _halve(word: Span, good: Callable[[Span], bool]) -> Iterator[Span]:
    if word.end - word.start <= 1 or good(word):
        yield word
        return
    middle = (word.start + word.end) // 2
    yield from _halve(Span(word.start, middle), good)
    yield from _halve(Span(middle, word.end), good)
