"""Which words are cues, how surely in which frame, and which words go with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from .tree import Tree

Lexicon = Mapping[tuple[str, str], Mapping[str, float]]
"""Lemma and part of speech -> frame -> probability that the frame holds an attribution."""

_FILE = Path(__file__).with_name("cues.tsv")
_HELPERS = frozenset(("aux", "auxpass", "neg", "prt"))
_CALLED = frozenset(("on", "upon", "for"))
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
    if frame == "view":
        return _view(tree, cue)
    token = tree.tokens[cue]
    verb = token.head if token.pos == "ADJ" and token.dep == "acomp" else cue
    words = {cue, verb, *_helpers(tree, verb, cue, frame)}
    links = _CALLED if frame == "infinitive" else {frame}
    for kid in tree.children[cue]:
        is_link = tree.tokens[kid].dep in {"prep", "agent"} and tree.text([kid]) in links
        if is_link and (frame != "infinitive" or kid == cue + 1):
            words.add(kid)
    while (before := min(words) - 1) in tree.children[verb] and tree.tokens[before].dep == "advmod":
        words |= set(tree.branch(before))
    return tuple(sorted(words | _adverbs_between(tree, verb, range(min(words) + 1, cue))))


def _helpers(tree: Tree, verb: int, cue: int, frame: str) -> Iterator[int]:
    """Yield auxiliaries, negation, particle and "in a statement"."""
    for kid in tree.children[verb]:
        dep = tree.tokens[kid].dep
        if dep in _HELPERS:
            yield from [kid] if dep == "prt" else tree.branch(kid)
        elif dep == "prep" and kid == cue + 1 and _is_medium(tree, kid, frame):
            yield from range(kid, (tree.child(kid, "pobj") or kid) + 1)


def _adverbs_between(tree: Tree, verb: int, places: range) -> set[int]:
    return {k for k in tree.children[verb] if k in places and tree.tokens[k].dep == "advmod"}


def _view(tree: Tree, noun: int) -> tuple[int, ...]:
    """Return "in the words of", or "in ... words" round the one whose they are."""
    links = {tree.tokens[noun].head, noun}
    of = tree.child(noun, "prep")
    if tree.child(noun, "poss") is None and of is not None:
        return tuple(range(min(links), of + 1))
    return tuple(sorted(links))


def _is_medium(tree: Tree, preposition: int, frame: str) -> bool:
    """Tell "said in a statement", how it was said, from "in Ottawa" and "comment on the report"."""
    if frame in {"silence", tree.tokens[preposition].text.lower()}:
        return False
    noun = tree.child(preposition, "pobj")
    return noun is not None and tree.lemma(noun) in _MEDIA
