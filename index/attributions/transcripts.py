"""Find who speaks in a transcript: lines of the form "NAME: words", or "Q: ..." and "A: ..."."""

from __future__ import annotations

from typing import NamedTuple

from .tree import Tree

_LONGEST_NAME = 6
"""Words before the colon; a longer run is the beginning of a sentence."""
_FEWEST = 2
"""Turns that make a transcript; a single one may be a heading or a place."""

_LABELS = frozenset((
    "flash", "alert", "breaking", "urgent", "update", "correction", "exclusive", "photo", "note",
    "watch", "listen", "related"
))  # fmt: skip
"""What a desk prints before a line: none of it speaks."""


class Turn(NamedTuple):
    """What one speaker says, until the next one; words of the parse."""

    name: tuple[int, ...]
    colon: int
    content: tuple[int, ...]


def find(text: str, tree: Tree) -> list[Turn]:
    """Return the turns of a transcript; none for any other article."""
    turns = []
    start = 0
    for place, token in enumerate(tree.tokens):
        following = tree.tokens[place + 1].start if place + 1 < len(tree.tokens) else len(text)
        if "\n" in text[token.end : following] or place + 1 == len(tree.tokens):
            turn = _turn(tree, start, place + 1)
            if turn is not None:
                turns.append(turn)
            start = place + 1
    return turns if len(turns) >= _FEWEST else []


def _turn(tree: Tree, first: int, last: int) -> Turn | None:
    """Read the words of one line as a turn."""
    places = range(first, min(first + _LONGEST_NAME + 1, last - 1))
    colon = next((place for place in places if tree.tokens[place].text == ":"), None)
    if colon is None or colon == first or not _is_name(tree, range(first, colon)):
        return None
    if tree.tokens[first].text.lower() in _LABELS:
        return None
    return Turn(tuple(range(first, colon)), colon, tuple(range(colon + 1, last)))


def _is_name(tree: Tree, words: range) -> bool:
    """Tell a speaker's name in capitals ("MAYOR ORR", "Q") from the beginning of a sentence."""
    letters = "".join(tree.tokens[word].text for word in words if not tree.is_punctuation(word))
    return bool(letters) and letters.isupper()
