"""Find who speaks: the noun phrase that a cue word has for its subject, agent or owner."""

from __future__ import annotations

from .tree import SUBJECTS, Tree

_RELATIVE = frozenset(("who", "that", "which"))
_EXPLETIVES = frozenset(("it", "there", "this"))
_CARRIERS = frozenset(("make", "have", "issue", "express", "voice", "raise", "repeat", "reiterate", "offer", "give", "release", "announce", "level", "level", "launch", "publish", "deliver", "send", "post", "reject", "withdraw", "share", "take", "defend", "abandon"))  # fmt: skip
"""Verbs whose subject is the source of a noun cue: "made allegations", "voiced concern"."""
_CLIMBED = frozenset(("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"))


def find(tree: Tree, cue: int) -> tuple[int, ...]:
    """Return the words of the source, in reading order; none where the sentence names no one."""
    token = tree.tokens[cue]
    if token.text.lower() == "according":
        return _according(tree, cue)
    if token.pos in {"NOUN", "PROPN"}:
        return _of_noun(tree, cue)
    return _of_verb(tree, token.head if token.pos == "ADJ" and token.dep == "acomp" else cue)


def _according(tree: Tree, cue: int) -> tuple[int, ...]:
    link = tree.child(cue, "prep")
    inner = None if link is None else tree.child(link, "pobj")
    return () if inner is None else _phrase(tree, inner, cue)


def _of_noun(tree: Tree, cue: int) -> tuple[int, ...]:
    owner = tree.child(cue, "poss")
    if owner is not None:
        return tuple(w for w in tree.branch(owner) if tree.tokens[w].tag != "POS")
    for kid in tree.children[cue]:
        if tree.tokens[kid].text.lower() in {"by", "from"} and tree.tokens[kid].dep == "prep":
            inner = tree.child(kid, "pobj")
            return () if inner is None else tuple(tree.branch(inner))
    named = [w for w in tree.branch(cue) if w < cue and tree.tokens[w].entity >= 0 and tree.tokens[w].pos == "PROPN"]  # fmt: skip
    if named and named[-1] == cue - 1:
        return tuple(named)
    head = tree.tokens[cue].head
    if tree.tokens[cue].dep == "dobj" and tree.lemma(head) in _CARRIERS:
        return _of_verb(tree, head)
    return ()


def _of_verb(tree: Tree, verb: int) -> tuple[int, ...]:
    """Return the subject, looked for upwards where the verb has none of its own."""
    for _ in range(5):
        agent = tree.child(verb, "agent")
        if agent is not None:
            inner = tree.child(agent, "pobj")
            return () if inner is None else tuple(tree.branch(inner))
        subject = tree.child(verb, *SUBJECTS)
        token = tree.tokens[verb]
        if subject is not None:
            if tree.tokens[subject].dep == "nsubjpass" or tree.text([subject]) in _EXPLETIVES:
                return ()
            if token.dep == "relcl" and tree.text([subject]) in _RELATIVE:
                return _phrase(tree, token.head, verb)
            return _phrase(tree, subject, verb)
        if token.dep in {"acl", "relcl"} and tree.tokens[token.head].pos not in {"VERB", "AUX"}:
            return _phrase(tree, token.head, verb) if token.tag == "VBG" else ()
        if token.dep not in _CLIMBED:
            return ()
        verb = token.head
    return ()


def _phrase(tree: Tree, noun: int, cue: int) -> tuple[int, ...]:
    """Return the noun's whole phrase, less the clause that the cue stands in and edge marks."""
    inner = [kid for kid in tree.children[noun] if tree.left[kid] <= cue <= tree.right[kid]]
    words = tree.branch(noun, without=inner)
    before = [w for w in words if w < cue]
    words = before if noun < cue else [w for w in words if w > cue]
    while words and tree.is_punctuation(words[-1]) and tree.tokens[words[-1]].text != ")":
        words.pop()
    while words and tree.is_punctuation(words[0]):
        words.pop(0)
    return tuple(words)
