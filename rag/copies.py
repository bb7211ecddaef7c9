"""Copies of one text: what several papers print of one agency's is one statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from index.records import Article, Attribution, Span

from .extents import around
from .records import Copy, Evidence

ALIKE = 0.6
"""Least share of words in common, in order, for one statement in two wordings."""

_WORD = re.compile(r"\w+")


def fold(
    evidence: Iterable[Evidence],
    copies_of: Callable[[str], Iterable[str]],
    article_of: Callable[[str], Article],
    attributions_of: Callable[[str], Sequence[Attribution]],
    most: int,
) -> list[Evidence]:
    """Return the first `most` pieces, each with the copies of its article that have it too.

    What a copy says is left out where the piece before has said it, in whichever words.

    Args:
        evidence: Best first.
        copies_of: Returns the ids of the articles that are copies of one, by its id.
        article_of: Returns an article by its id.
        attributions_of: Returns an article's attributions by its id.
    """
    kept: list[Evidence] = []
    for piece in evidence:
        if len(kept) == most:
            break
        if any(_repeats(piece, other) for other in kept):
            continue
        others = map(article_of, copies_of(piece.article.id))
        found = (_find(piece, other, attributions_of) for other in others)
        kept.append(replace(piece, copies=tuple(copy for copy in found if copy)))
    return kept


def _repeats(piece: Evidence, other: Evidence) -> bool:
    return piece.speaker == other.speaker and any(
        copy.article.id == piece.article.id
        and piece.span.start < copy.span.end
        and copy.span.start < piece.span.end
        for copy in other.copies
    )


def _find(
    piece: Evidence, other: Article, attributions_of: Callable[[str], Sequence[Attribution]]
) -> Copy | None:
    """Return where another article has a piece's statement, in the same words or in others."""
    stated = [[piece.article.quote(span) for span in one.content] for one in piece.statements]
    places = [[_place(words, other.text) for words in content] for content in stated]
    if places and all(places[0]):
        return Copy(other, around([span for found in places for span in found if span]), same=True)
    words = _words(*stated[0]) if stated else []
    theirs = [
        (SequenceMatcher(None, words, _words(*map(other.quote, one.content))).ratio(), one)
        for one in attributions_of(other.id)
        if piece.speaker and one.speaker_id == piece.speaker.id
    ]
    share, closest = max(theirs, key=lambda found: found[0], default=(0.0, None))
    if closest is None or share < ALIKE:
        return None
    return Copy(other, around(list(closest.content)), same=False)


def _place(words: str, text: str) -> Span | None:
    """Return where a text has the same words, whatever marks stand between them."""
    found = re.search(r"\b" + r"\W+".join(map(re.escape, _words(words))) + r"\b", text)
    return Span(*found.span()) if found else None


def _words(*texts: str) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text)]
