"""What a cue word may govern: every way in which English grammar ties content to a cue.

A frame names the tie: `clause` (said that ...), `question` (asked whether ...), `infinitive`
(promised to ...), `gerund` (denied doing ...), `object` (denied the claims), `relative` (which he
denies), `passive` (the plan was condemned), `parenthesis` (the plan, he said, ...), or the
preposition (`of`, `for`: warned of ..., calls for ...).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .tree import Tree

_QUESTIONS = frozenset(("whether", "if", "what", "who", "whom", "whose", "why", "how", "where", "when", "which"))  # fmt: skip
_AFTER_OBJECT = frozenset(("oprd", "ccomp", "xcomp"))
_OBJECT_PREPOSITIONS = frozenset(("of", "as", "for", "with", "from", "against", "to", "over", "about", "into"))  # fmt: skip
_RELATIVE = frozenset(("WDT", "WP", "WP$"))
_LINKS = frozenset(("be", "seem", "appear", "become", "remain", "feel", "sound"))


class Tie(NamedTuple):
    """A frame and the words that stand in it, in reading order."""

    frame: str
    content: tuple[int, ...]


def find(tree: Tree, cue: int) -> Iterator[Tie]:
    """Yield every tie of the cue word, the closest kind first."""
    token = tree.tokens[cue]
    if token.pos in {"VERB", "AUX"}:
        yield from _of_verb(tree, cue)
    elif token.pos in {"NOUN", "PROPN"}:
        yield from _complements(tree, cue)
        yield from _prepositional(tree, cue)
    elif token.pos == "ADJ":
        yield from _complements(tree, cue)
        yield from _prepositional(tree, cue)
        head = token.head
        if token.dep == "acomp" and tree.lemma(head) in _LINKS:
            yield from (tie for tie in _complements(tree, head) if tie.content[0] > cue)
    elif token.text.lower() == "according":
        yield from _parenthetical(tree, cue)


def _of_verb(tree: Tree, cue: int) -> Iterator[Tie]:
    if (own := tree.child(cue, "dobj")) is not None and tree.tokens[own].tag in _RELATIVE:
        yield Tie("relative", (own,))
    yield from _complements(tree, cue)
    yield from _parenthetical(tree, cue)
    if own is not None and tree.tokens[own].tag not in _RELATIVE:
        yield Tie("object", _object(tree, cue, own))
    elif (subject := tree.child(cue, "nsubjpass")) is not None:
        yield Tie("passive", _object(tree, cue, subject))
        yield from _prepositional(tree, cue)
    else:
        yield from _prepositional(tree, cue)


def _complements(tree: Tree, cue: int) -> Iterator[Tie]:
    """Yield clauses: finite, infinitive, gerund; a noun's clause hangs on it as `acl`."""
    is_noun = tree.tokens[cue].pos in {"NOUN", "PROPN"}
    for kid in tree.children[cue]:
        relation = tree.tokens[kid].dep
        if relation in {"ccomp", "xcomp"} or (is_noun and relation in {"acl", "relcl"} and kid > cue):
            frame = _clause(tree, kid)
            if is_noun and not _completes(tree, kid, frame):
                continue
            words = tree.branch(kid)
            first = words[0] - 1
            if first > cue and tree.tokens[first].dep == "mark":  # hung on the cue by mistake
                words.insert(0, first)
                frame = _frame_of(tree, first) or frame
            yield Tie(frame, tuple(words))


def _completes(tree: Tree, kid: int, frame: str) -> bool:
    """Tell a noun's complement (the claim that he lied) from a relative clause (the claim he made)."""
    return frame == "infinitive" or tree.marker(kid, "mark") == "that"


def _clause(tree: Tree, verb: int) -> str:
    kids = tree.children[verb]
    if opening := _frame_of(tree, tree.left[verb]):
        return opening
    if any(tree.tokens[kid].dep == "aux" and tree.tokens[kid].tag == "TO" for kid in kids):
        return "infinitive"
    if tree.tokens[verb].tag == "VBG" and tree.child(verb, "aux") is None:
        return "gerund"
    return "clause"


def _frame_of(tree: Tree, opening: int) -> str:
    return "question" if tree.tokens[opening].text.lower() in _QUESTIONS else ""


def _parenthetical(tree: Tree, cue: int) -> Iterator[Tie]:
    """Yield the clause round "..., he said, ...", "as he put it" and "according to"."""
    token = tree.tokens[cue]
    head = token.head
    if token.dep == "parataxis" or (token.dep == "ccomp" and tree.left[cue] > tree.left[head]):
        frame = "parenthesis"
    elif token.dep == "advcl" and tree.marker(cue, "mark", "advmod") == "as":
        frame = "as"
    elif token.text.lower() == "according" and token.dep in {"prep", "advcl"}:
        frame = "to"
    else:
        return
    if tree.child(cue, "ccomp", "dobj") is None and head != cue:
        words = tree.branch(head, without=[cue])
        if tree.tokens[head].pos in {"VERB", "AUX"} or token.text.lower() == "according":
            yield Tie(frame, tuple(words))


def _object(tree: Tree, cue: int, own: int) -> tuple[int, ...]:
    """Return an object with what is said of it: "him of theft", "the plan reckless"."""
    words = tree.branch(own)
    for kid in tree.children[cue]:
        token = tree.tokens[kid]
        if kid > max(own, cue) and (
            token.dep in _AFTER_OBJECT
            or (token.dep == "prep" and token.text.lower() in _OBJECT_PREPOSITIONS)
        ):
            words += tree.branch(kid)
    return tuple(sorted(words))


def _prepositional(tree: Tree, cue: int) -> Iterator[Tie]:
    for kid in tree.children[cue]:
        if kid > cue and tree.tokens[kid].dep == "prep":
            inner = tree.child(kid, "pobj", "pcomp", "prep")
            if inner is not None:
                yield Tie(tree.tokens[kid].text.lower(), tuple(tree.branch(inner)))
