"""Say what a cue does with its content (denies, promises ...) and whether it took place at all.

Reads words of the parse only, so that it serves whatever finds the attributions. `stances.tsv` is
the lexicon; what follows is the little grammar that a lexicon can't hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import cast, get_args

from ..records import Polarity, Stance
from . import polarity
from .tree import Tree

_FILE = Path(__file__).with_name("stances.tsv")
_SILENT = frozenset(("respond", "reply", "return", "answer", "comment", "reach"))
"""Verbs that with a negation say that nobody commented: did not respond, could not be reached."""
_COMMENT = frozenset((
    "comment", "request", "call", "message", "email", "question", "inquiry", "enquiry"
))  # fmt: skip
_DOCUMENTS = frozenset((
    "report", "document", "study", "poll", "survey", "memo", "record", "filing", "letter",
    "transcript", "analysis", "audit", "statement", "lawsuit", "indictment", "affidavit",
    "complaint", "data", "paper", "book", "email", "release", "article", "story", "statistic",
    "figure", "review", "ruling", "judgment", "judgement", "minute", "notice", "contract",
    "agreement", "warrant", "census", "forecast", "leaflet", "brochure", "poster", "sign", "plaque",
    "note", "diary", "memoir", "biography", "editorial", "bulletin", "dossier", "file", "log",
    "ledger", "invoice", "label", "website", "map", "recording", "guideline", "rule", "bylaw", "law"
))  # fmt: skip
_REFUSALS = frozenset(("no comment", "no comments", "no further comment"))
_PARTICLES = frozenset(("back", "out", "down", "up", "off"))
_LINKS = frozenset(("ADP", "ADV", "PART"))


@cache
def load() -> Mapping[str, Stance]:
    """Return the lexicon: a lemma, or lemma+frame, -> its stance.

    Raises:
        ValueError: The file names a stance that there isn't.
    """
    lexicon: dict[str, Stance] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            stance, lemmas = line.split("\t")
            if stance not in get_args(Stance):
                raise ValueError(f"{_FILE.name}: {stance} is no stance")
            lexicon |= dict.fromkeys(lemmas.split(), cast("Stance", stance))
    return lexicon


def judge(
    tree: Tree, *, source: Sequence[int], cue: Sequence[int], content: Sequence[int]
) -> tuple[Stance, Polarity]:
    """Return the stance and the polarity of an attribution, given as words of the parse."""
    if all(map(tree.is_punctuation, cue)):
        return ("asks" if _is_question(tree, content) else "says"), "asserted"
    if _spoken(tree, content) in _REFUSALS:
        return "declines", "asserted"
    verb = _verb(tree, cue)
    negated = polarity.is_negated(tree, verb, source)
    if negated and _is_silence(tree, verb, (*cue, *content)):
        return "declines", "asserted"
    does = _stance(tree, source, cue, content)
    if negated:
        return does, "negated"
    return does, "hypothetical" if polarity.is_hypothetical(tree, verb) else "asserted"


def _spoken(tree: Tree, content: Sequence[int]) -> str:
    """Return the content in small letters, without marks."""
    words = (word for word in content if not tree.is_punctuation(word))
    return " ".join(tree.tokens[word].text.lower() for word in words)


def _is_question(tree: Tree, content: Sequence[int]) -> bool:
    """Tell a turn of a transcript that ends in a question."""
    marks = takewhile(tree.is_punctuation, reversed(content))
    return any(tree.tokens[word].text == "?" for word in marks)


def _verb(tree: Tree, cue: Sequence[int]) -> int:
    """Return the cue's main word."""
    top = tree.top(cue)
    return cue[0] if top is None else top


def _is_silence(tree: Tree, verb: int, around: Iterable[int]) -> bool:
    """Tell whether a verb that is negated says that nobody commented."""
    lemma = tree.lemma(verb)
    if lemma not in _SILENT:
        return False
    known = {tree.lemma(word) for word in (*around, *tree.branch(verb))}
    return lemma in {"comment", "reach", "reply"} or not known.isdisjoint(_COMMENT)


def _stance(
    tree: Tree, source: Sequence[int], cue: Sequence[int], content: Sequence[int]
) -> Stance:
    lexicon = load()
    first = tree.tokens[content[0]].text.lower() if content else ""
    frames = _frames(tree, cue, first)
    for word in sorted(cue, key=lambda w: (tree.tokens[w].pos not in {"VERB", "NOUN", "ADJ"}, w)):
        lemma = tree.lemma(word)
        for entry in (*(f"{lemma}+{frame}" for frame in frames), lemma):
            if lexicon.get(entry, "says") != "says" and tree.tokens[word].pos not in _LINKS:
                return lexicon[entry]
    top = tree.top(source)
    return "reports" if top is not None and tree.lemma(top) in _DOCUMENTS else "says"


def _frames(tree: Tree, cue: Sequence[int], first: str) -> list[str]:
    """Return the names of the frames, as the lexicon needs them, that the words could stand in."""
    links = [
        word
        for word in cue
        if tree.tokens[word].tag in {"IN", "TO", "RP"} or tree.text([word]) in _PARTICLES
    ]
    frames = [tree.tokens[word].text.lower() for word in links]
    if first == "to":
        return [*frames, "infinitive"]
    return [*frames, "clause"] if first == "that" else frames
