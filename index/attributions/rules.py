"""Find attributions in a parse by rules: each cue word, what it governs, and whose words it is.

The approach of Pareti's and of the Gender Gap Tracker's extractors (cue, then source and content on
the dependency tree), with the reliability of each cue in each frame counted beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import cues, frames, sources, transcripts, utterances
from .cues import Lexicon
from .quotations import Quotation
from .tree import Tree

_CLAUSES = frozenset(("clause", "question", "infinitive", "gerund"))
_MARKS = frozenset(("”", '"', "''", "’", "'", "»"))
_COMMAS = frozenset((",", "--", "—", "–"))
_REMARKS = frozenset(("relcl", "appos", "acl"))
TURN, ASKED = "turn", "asked"
"""Frames of the turns of a transcript; an interviewer's question is kept for its edges alone."""
THRESHOLD = 0.4
"""Least probability of an attribution that is kept; chosen for precision."""
SPEECH = 0.3
"""The same for a word that stands next to direct speech, where the best of several is taken."""
OWNED, UNOWNED = 0.1, -0.05
"""What a noun gains where it is somebody's ("Orr's plan") and loses where it is nobody's."""
_SPOKEN = {"quote": 0.5}
"""What a verb that no lexicon holds is worth where it stands by direct speech as a cue does."""


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
    text: str,
    tree: Tree,
    quotations: list[Quotation],
    lexicon: Lexicon,
    threshold: float = THRESHOLD,
) -> list[Draft]:
    """Return the attributions found, by the place of their cue."""
    quoted = _quoted(tree, quotations)

    def worth(word: int) -> float:
        known = lexicon.get(cues.key(tree, word), {}).get("quote", 0.0)
        return known if known >= SPEECH else 0.0

    speech = utterances.find(text, tree, quotations, worth)
    claimed = {place: cue for cue, words in speech.items() for place in words}
    found = [
        Draft(
            head=(turn.mark or turn.name)[0],
            frame=ASKED if turn.asks else TURN,
            source=turn.name,
            cue=turn.mark,
            content=turn.content,
            probability=1.0,
        )
        for turn in transcripts.find(text, tree)
    ]
    for word in range(len(tree.tokens)):
        known = lexicon.get(cues.key(tree, word)) or (_SPOKEN if word in speech else None)
        if known:
            ties = _ties(tree, word, speech, claimed)
            best = max(ties, key=lambda tie: _rank(tie, known), default=None)
            if best is None:
                continue
            draft = _draft(tree, word, best, known.get(best.frame, 0.0), quoted)
            if draft.probability >= (SPEECH if best.frame == "quote" else threshold):
                found.append(draft)
    return [draft for draft in found if draft.content]


def _rank(tie: frames.Tie, known: Mapping[str, float]) -> float:
    return known.get(tie.frame, 0.0) + (tie.frame == "quote")


def _ties(
    tree: Tree, word: int, speech: dict[int, tuple[int, ...]], claimed: dict[int, int]
) -> Iterator[frames.Tie]:
    """Yield the word's ties, but for direct speech that another cue introduces."""
    if word in speech:
        yield frames.Tie("quote", speech[word])
    for tie in frames.find(tree, word):
        owners = {claimed.get(place, word) for place in tie.content}
        if word in owners or word in claimed:
            yield tie


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
    source = _source(tree, word, tie)
    if tie.frame == "quote":
        words = _widen(tree, word, tie.content)
    else:
        words = _snap(_shorten(tree, tie.content, quoted), quoted[word], quoted)
    content = _trim(tree, sorted(words - set(cue) - set(source)), quoted)
    if tree.tokens[word].pos == "NOUN":
        probability += OWNED if source else UNOWNED
    return Draft(
        head=word, frame=tie.frame, source=source, cue=cue, content=content, probability=probability
    )


def _source(tree: Tree, word: int, tie: frames.Tie) -> tuple[int, ...]:
    if tie.frame == "raising":
        return ()
    if tie.frame == "silence":
        return sources.find_silent(tree, word)
    if tie.frame == "view":
        return sources.find_viewer(tree, word)
    source = sources.find(tree, word)
    if tie.frame == "quote" and not set(source).isdisjoint(tie.content):
        return sources.find_beside(tree, word, frozenset(tie.content))
    return source


def _widen(tree: Tree, word: int, speech: tuple[int, ...]) -> set[int]:
    """Add to direct speech the rest of its own clause: said "I am tired" of the delays."""
    words = set(speech)
    last = next((w for w in reversed(speech) if tree.tokens[w].text not in _MARKS), speech[-1])
    if tree.is_punctuation(last):
        return words
    for tie in frames.find(tree, word):
        if tie.frame in _CLAUSES and not words.isdisjoint(tie.content[:1]):
            words |= set(tie.content)
    return words


def _shorten(tree: Tree, content: tuple[int, ...], quoted: list[range | None]) -> tuple[int, ...]:
    """Drop a last remark after a comma, which is mostly the article's own: ", who is 80"."""
    last = content[-1]
    cuts = [
        tree.left[word]
        for word in content
        if tree.right[word] == last
        and tree.tokens[word].dep in _REMARKS
        and tree.left[word] - 1 > content[0]
        and tree.tokens[tree.left[word] - 1].text in _COMMAS
        and quoted[tree.left[word]] is None
    ]
    return tuple(word for word in content if word < min(cuts, default=last + 1))


def _snap(content: Iterable[int], inside: range | None, quoted: list[range | None]) -> set[int]:
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
