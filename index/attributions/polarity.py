"""Say whether an act of speech took place: the verb's negation, modality and mood."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from .tree import SUBJECTS, Tree

_NOBODY = frozenset(("no", "nobody", "none", "neither", "nothing"))
_NEVER = frozenset(("never", "hardly", "barely", "rarely", "neither", "nor"))
_FAILING = frozenset((
    "refuse", "decline", "fail", "avoid", "stop", "without", "unable", "unwilling", "instead",
    "deny", "refrain", "short", "shy", "forget", "neglect", "hesitate", "reluctant"
))  # fmt: skip
_INTENDED = frozenset((
    "want", "plan", "expect", "intend", "hope", "wish", "prepare", "ready", "due", "likely",
    "going", "need", "threaten"
))  # fmt: skip
"""What an infinitive may hang on that hasn't come about: "plans to announce"."""
_CONDITIONS = frozenset(("if", "unless", "whether", "should", "suppose", "lest"))


def is_negated(tree: Tree, verb: int, source: Sequence[int] = ()) -> bool:
    """Tell "did not say", "never said", "nobody said", "no claim" and "refused to say"."""
    token, kids = tree.tokens[verb], tree.children[verb]
    if any(tree.tokens[k].dep == "neg" or (k < verb and tree.text([k]) in _NEVER) for k in kids):
        return True
    if any(tree.tokens[k].dep == "advmod" and tree.child(k, "neg") is not None for k in kids):
        return True  # no longer
    if token.pos == "NOUN" and tree.marker(verb, "det") in _NOBODY:
        return True
    subject = tree.child(verb, *SUBJECTS)
    opening = source[0] if source else None if subject is None else tree.left[subject]
    if opening is not None and tree.tokens[opening].text.lower() in _NOBODY:
        return True
    if token.dep == "conj" and tree.marker(token.head, "cc") == "nor":
        return True
    return token.dep in {"xcomp", "pcomp", "acomp"} and _is_undone(tree, verb)


def _is_undone(tree: Tree, verb: int) -> bool:
    """Tell "failed to say", "stopped short of saying", "has yet to say" and "didn't try to say"."""
    head = tree.tokens[verb].head
    if tree.tokens[head].pos != "ADP" and tree.child(head, "neg") is not None:
        return tree.lemma(head) not in _FAILING
    if tree.lemma(head) in {"have", "be"} and tree.marker(head, "advmod") == "yet":
        return True
    above = [head, *tree.ancestors(head)][: 1 if tree.tokens[head].pos != "ADP" else 3]
    return any(tree.lemma(word) in _FAILING for word in above)


def is_hypothetical(tree: Tree, verb: int) -> bool:
    """Tell "if he says", "would say", "plans to say", "say so" and "did he say?"."""
    kids, token = tree.children[verb], tree.tokens[verb]
    if tree.marker(verb, "mark", "advmod") in _CONDITIONS:
        return True
    helpers = [kid for kid in kids if tree.tokens[kid].dep == "aux"]
    if any(tree.tokens[kid].tag == "MD" for kid in helpers):
        return True
    if token.dep in {"xcomp", "acomp"} and tree.lemma(token.head) in _INTENDED:
        return any(tree.tokens[kid].tag == "TO" for kid in helpers)
    subject = tree.child(verb, *SUBJECTS)
    if subject is None:
        return token.tag == "VB" and token.dep == "ROOT" and not helpers
    return bool(helpers) and helpers[0] < subject < verb and _ends_in_question(tree, verb)


def _ends_in_question(tree: Tree, verb: int) -> bool:
    sentence = tree.tokens[verb].sentence
    rest = takewhile(
        lambda word: tree.tokens[word].sentence == sentence, range(verb, len(tree.tokens))
    )
    return any(tree.tokens[word].text == "?" for word in rest)
