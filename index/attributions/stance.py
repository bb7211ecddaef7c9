"""Say what a cue does with its content (denies, promises ...) and whether it took place at all.

Reads words of the parse only, so that it serves whatever finds the attributions. `stances.tsv` is
the lexicon; what follows is the little grammar that a lexicon can't hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import cast, get_args

from ..records import Polarity, Stance
from .tree import SUBJECTS, Tree

_FILE = Path(__file__).with_name("stances.tsv")
_SILENT = frozenset(("respond", "reply", "return", "answer", "comment", "reach"))
"""Verbs that with a negation say that nobody commented: did not respond, could not be reached."""
_COMMENT = frozenset((
    "comment", "request", "call", "message", "email", "question", "inquiry", "enquiry"
))  # fmt: skip
_DOCUMENTS = frozenset((
    "report", "document", "study", "poll", "survey", "memo", "record", "filing", "letter",
    "transcript", "analysis", "audit", "statement", "lawsuit", "indictment", "affidavit",
    "complaint", "data", "paper", "book", "email", "release", "article", "story", "statistic"
))  # fmt: skip
_NOBODY = frozenset(("no", "nobody", "none", "neither", "nothing"))
_NEVER = frozenset(("never", "hardly", "barely", "rarely"))
_FAILING = frozenset((
    "refuse", "decline", "fail", "avoid", "stop", "without", "unable", "unwilling", "instead"
))  # fmt: skip
_CONDITIONS = frozenset(("if", "unless", "whether", "should", "suppose", "lest"))
_MODALS = frozenset((
    "would", "'d", "’d", "could", "might", "may", "should", "will", "'ll", "’ll", "can", "must",
    "shall", "wo", "ca"
))  # fmt: skip


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
    if not cue:
        return "says", "asserted"
    verb = _verb(tree, cue)
    if _is_silence(tree, verb, cue, content):
        return "declines", "asserted"
    return _stance(tree, source, cue, content), _polarity(tree, source, verb)


def _verb(tree: Tree, cue: Sequence[int]) -> int:
    """Return the cue's main word."""
    top = tree.top(cue)
    return cue[0] if top is None else top


def _is_silence(tree: Tree, verb: int, cue: Sequence[int], content: Sequence[int]) -> bool:
    lemma = tree.lemma(verb)
    if lemma not in _SILENT or tree.child(verb, "neg") is None:
        return False
    around = {tree.lemma(word) for word in (*cue, *content, *tree.branch(verb))}
    return lemma in {"comment", "reach", "reply"} or bool(around & _COMMENT)


def _stance(
    tree: Tree, source: Sequence[int], cue: Sequence[int], content: Sequence[int]
) -> Stance:
    lexicon = load()
    first = tree.tokens[content[0]].text.lower() if content else ""
    frames = _frames(tree, cue, first)
    for word in sorted(cue, key=lambda w: (tree.tokens[w].pos not in {"VERB", "NOUN", "ADJ"}, w)):
        lemma = tree.lemma(word)
        for entry in (*(f"{lemma}+{frame}" for frame in frames), lemma):
            if entry in lexicon and tree.tokens[word].pos != "ADP":
                return lexicon[entry]
    top = tree.top(source)
    return "reports" if top is not None and tree.lemma(top) in _DOCUMENTS else "says"


def _frames(tree: Tree, cue: Sequence[int], first: str) -> list[str]:
    """Return the names of the frames, as the lexicon needs them, that the words could stand in."""
    links = [word for word in cue if tree.tokens[word].tag in {"IN", "TO", "RP"}]
    frames = [tree.tokens[word].text.lower() for word in links]
    if first == "to":
        return [*frames, "infinitive"]
    return [*frames, "clause"] if first == "that" else frames


def _polarity(tree: Tree, source: Sequence[int], verb: int) -> Polarity:
    if _is_negated(tree, source, verb):
        return "negated"
    return "hypothetical" if _is_hypothetical(tree, verb) else "asserted"


def _is_negated(tree: Tree, source: Sequence[int], verb: int) -> bool:
    """Tell "did not say", "never said", "nobody said" and "refused to say"."""
    token, kids = tree.tokens[verb], tree.children[verb]
    if any(tree.tokens[k].dep == "neg" or tree.text([k]) in _NEVER for k in kids):
        return True
    subject = tree.child(verb, *SUBJECTS)
    opening = source[0] if source else subject
    if opening is not None and tree.tokens[opening].text.lower() in _NOBODY:
        return True
    head = token.head
    if token.dep in {"xcomp", "pcomp"} and tree.lemma(head) not in _FAILING and head != verb:
        return tree.tokens[head].pos != "ADP" and tree.child(head, "neg") is not None
    return token.dep in {"xcomp", "pcomp"} and (
        tree.lemma(head) in _FAILING or tree.lemma(tree.tokens[head].head) in {"stop", "refrain"}
    )


def _is_hypothetical(tree: Tree, verb: int) -> bool:
    """Tell "if he says", "would say", "might say" and "did he say?"."""
    kids = tree.children[verb]
    if tree.marker(verb, "mark", "advmod") in _CONDITIONS:
        return True
    helpers = [kid for kid in kids if tree.tokens[kid].dep == "aux"]
    if any(tree.tokens[kid].text.lower() in _MODALS for kid in helpers):
        return True
    subject = tree.child(verb, "nsubj")
    inverted = subject is not None and bool(helpers) and helpers[0] < subject < verb
    return inverted and _ends_in_question(tree, verb)


def _ends_in_question(tree: Tree, verb: int) -> bool:
    sentence = tree.tokens[verb].sentence
    rest = takewhile(
        lambda word: tree.tokens[word].sentence == sentence, range(verb, len(tree.tokens))
    )
    return any(tree.tokens[word].text == "?" for word in rest)
