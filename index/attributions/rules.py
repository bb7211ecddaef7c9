"""Find attributions in a parse by rules: each cue word, what it governs, and whose words it is.

The approach of Pareti's and of the Gender Gap Tracker's extractors (cue, then source and content on
the dependency tree), with the reliability of each cue in each frame counted beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import cues, frames, sources, utterances
from .cues import Lexicon
from .quotations import Quotation
from .tree import Tree

THRESHOLD = 0.5
"""Least probability of an attribution that is kept; chosen for precision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An attribution in words of the parse, in reading order.

    Attributes:
        head: The cue's main word.
    """

    head: int
    frame: str
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    probability: float


def find(
    text: str, tree: Tree, quotations: list[Quotation], lexicon: Lexicon, threshold: float = THRESHOLD
) -> list[Draft]:
    """Return the attributions found, by the place of their cue."""
    quoted = _quoted(tree, quotations)

    def worth(word: int) -> float:
        known = lexicon.get(cues.key(tree, word), {}).get("quote", 0.0)
        return known if known >= threshold else 0.0

    speech = utterances.find(text, tree, quotations, worth)
    found = []
    for word in range(len(tree.tokens)):
        known = lexicon.get(cues.key(tree, word))
        if known:
            ties = _ties(tree, word, speech)
            best = max(ties, key=lambda tie: _rank(tie, known), default=None)
            if best is not None and (probability := known.get(best.frame, 0.0)) >= threshold:
                found.append(_draft(tree, word, best, probability, quoted))
    return [draft for draft in found if draft.content]


def _rank(tie: frames.Tie, known: dict[str, float]) -> float:
    return known.get(tie.frame, 0.0) + (tie.frame == "quote")


def _ties(tree: Tree, word: int, speech: dict[int, tuple[int, ...]]) -> Iterator[frames.Tie]:
    if word in speech:
        yield frames.Tie("quote", speech[word])
    yield from frames.find(tree, word)


def _quoted(tree: Tree, quotations: list[Quotation]) -> list[range | None]:
    """Return for each word the words of the outermost quotation round it."""
    around: list[range | None] = [None] * len(tree.tokens)
    outer = (quotation for quotation in quotations if quotation.depth == 0)
    place = 0
    for quotation in outer:
        while place < len(tree.tokens) and tree.tokens[place].end <= quotation.span.start:
            place += 1
        first = place
        while place < len(tree.tokens) and tree.tokens[place].start < quotation.span.end:
            place += 1
        around[first:place] = [range(first, place)] * (place - first)
    return around


def _draft(
    tree: Tree, word: int, tie: frames.Tie, probability: float, quoted: list[range | None]
) -> Draft:
    cue = cues.extend(tree, word, tie.frame)
    source = sources.find(tree, word)
    content = tie.content if tie.frame == "quote" else _snap(tie.content, quoted[word], quoted)
    content = _trim(tree, sorted(set(content) - set(cue) - set(source)), quoted)
    return Draft(
        head=word, frame=tie.frame, source=source, cue=cue, content=content, probability=probability
    )


def _snap(
    content: Iterable[int], inside: range | None, quoted: list[range | None]
) -> set[int]:
    """Round content to whole quotations, or keep it within the one that the cue stands in."""
    words = set(content)
    if inside is not None:
        return words & set(inside)
    for around in {quoted[word] for word in words} - {None}:
        if around is not None:
            words |= set(around)
    return words


def _trim(tree: Tree, content: list[int], quoted: list[range | None]) -> tuple[int, ...]:
    """Drop marks at the edges of each run, but for quotation marks and what is inside them."""
    kept: list[int] = []
    run: list[int] = []
    for place, word in enumerate(content):
        run.append(word)
        if place + 1 == len(content) or content[place + 1] != word + 1:
            kept += _strip(tree, run, quoted)
            run = []
    return tuple(kept)


def _strip(tree: Tree, run: list[int], quoted: list[range | None]) -> list[int]:
    first, last = 0, len(run)
    while first < last and tree.is_punctuation(run[first]) and quoted[run[first]] is None:
        first += 1
    while last > first and tree.is_punctuation(run[last - 1]) and quoted[run[last - 1]] is None:
        last -= 1
    kept = run[first:last]
    return kept if any(not tree.is_punctuation(word) for word in kept) else []
