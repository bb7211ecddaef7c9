"""Which words are cues, how surely in which frame, and which words go with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .tree import Tree

Lexicon = Mapping[tuple[str, str], Mapping[str, float]]
"""Lemma and part of speech -> frame -> probability that the frame holds an attribution."""

_FILE = Path(__file__).with_name("cues.tsv")
_HELPERS = frozenset(("aux", "auxpass", "neg", "prt"))
_MEDIA = frozenset((
    "statement", "interview", "email", "e-mail", "tweet", "letter", "speech", "report",
    "release", "post", "memo", "filing", "testimony", "note", "article", "column", "news",
    "affidavit", "briefing"
))  # fmt: skip


@cache
def load() -> Lexicon:
    """Return the lexicon that ships with the package; `cues.tsv` says how it was made."""
    lexicon: dict[tuple[str, str], dict[str, float]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, pos, frame, percent = line.split("\t")
            lexicon.setdefault((lemma, pos), {})[frame] = int(percent) / 100
    return lexicon


def key(tree: Tree, word: int) -> tuple[str, str]:
    """Return what the lexicon knows a word by: its lemma, and V, N, A or P for part of speech."""
    pos = tree.tokens[word].pos
    letter = {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}.get(pos, "P")
    if letter == "P" or tree.tokens[word].text.lower() == "according":
        return tree.tokens[word].text.lower(), "P"
    return tree.lemma(word), letter


def extend(tree: Tree, cue: int, frame: str) -> tuple[int, ...]:
    """Return the cue with its auxiliaries, negation, adverbs next to it, and the medium named."""
    token = tree.tokens[cue]
    words = {cue}
    verb = cue
    if token.pos == "ADJ" and token.dep == "acomp":
        verb = token.head
        words.add(verb)
    for kid in tree.children[verb]:
        if tree.tokens[kid].dep in _HELPERS:
            words |= set(tree.branch(kid)) if tree.tokens[kid].dep != "prt" else {kid}
        elif tree.tokens[kid].dep == "prep" and kid == cue + 1 and _is_medium(tree, kid):
            words |= set(range(kid, (tree.child(kid, "pobj") or kid) + 1))
    for kid in tree.children[cue]:
        if tree.tokens[kid].dep in {"prep", "agent"} and tree.tokens[kid].text.lower() == frame:
            words.add(kid)
    while (before := min(words) - 1) in tree.children[verb] and tree.tokens[before].dep == "advmod":
        words.add(before)
    words |= {
        kid
        for kid in tree.children[verb]
        if tree.tokens[kid].dep == "advmod" and min(words) < kid < cue
    }
    return tuple(sorted(words))


def _is_medium(tree: Tree, preposition: int) -> bool:
    """Tell "in a statement", which says how it was said, from "in Ottawa", which doesn't."""
    noun = tree.child(preposition, "pobj")
    return noun is not None and tree.lemma(noun) in _MEDIA
