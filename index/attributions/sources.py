"""Find who speaks: the noun phrase that a cue word has for its subject, agent or owner."""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile

from .tree import SUBJECTS, Tree

_RELATIVE = frozenset(("who", "that", "which"))
_EXPLETIVES = frozenset(("it", "there", "this"))
_IMPERSONAL = frozenset(("be", "seem", "appear", "emerge", "turn"))
_TIMES = frozenset(("year", "month", "week", "night", "morning", "afternoon", "evening"))
_TITLES = frozenset((
    "sgt", "supt", "det", "insp", "lt", "gen", "col", "capt", "maj", "cmdr", "adm", "rev", "sen",
    "rep", "gov", "dr", "prof", "mr", "mrs", "ms"
))  # fmt: skip
_BETWEEN = frozenset(("AUX", "ADV", "PART"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_CARRIERS = frozenset((
    "make", "have", "issue", "express", "voice", "raise", "repeat", "reiterate", "offer",
    "give", "release", "announce", "level", "launch", "publish", "deliver", "send", "post",
    "reject", "withdraw", "share", "take", "defend", "abandon", "leave", "circulate"
))  # fmt: skip
"""Verbs whose subject is the source of a noun cue: "made allegations", "voiced concern"."""
_MARKS = frozenset((",", "“", '"', "‘", "'", "«"))
_CLIMBED = frozenset(("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"))


def find(tree: Tree, cue: int) -> tuple[int, ...]:
    """Return the words of the source, in reading order; none where the sentence names no one."""
    token = tree.tokens[cue]
    if token.text.lower() == "according":
        return _according(tree, cue)
    if token.pos in {"NOUN", "PROPN"}:
        return _of_noun(tree, cue)
    return _of_verb(tree, token.head if token.pos == "ADJ" and token.dep == "acomp" else cue)


def find_beside(tree: Tree, cue: int, speech: Collection[int]) -> tuple[int, ...]:
    """Return the noun phrase next to a cue whose subject, by the parse, is in the speech itself."""
    for step in (-1, 1):
        word = cue + step
        while 0 <= word < len(tree.tokens) and tree.tokens[word].pos in _BETWEEN:
            word += step
        if 0 <= word < len(tree.tokens) and tree.tokens[word].pos in _NOMINAL:
            return tuple(w for w in tree.branch(word, without=[cue]) if w not in speech)
    return ()


def find_viewer(tree: Tree, noun: int) -> tuple[int, ...]:
    """Return whose words or view it is: "in the words of [Orr]", "in [Orr]'s view"."""
    owner = tree.child(noun, "poss")
    of = tree.child(noun, "prep")
    if owner is None and of is not None:
        inner = tree.child(of, "pobj")
        words = () if inner is None else _phrase(tree, inner, noun)
        return tuple(takewhile(lambda word: tree.tokens[word].text not in _MARKS, words))
    return _of_noun(tree, noun)


def find_silent(tree: Tree, verb: int) -> tuple[int, ...]:
    """Return who did not comment: the subject, of a passive verb too ("could not be reached")."""
    subject = _subject(tree, verb)
    if subject is None and tree.tokens[verb].dep == "xcomp":  # "has yet to comment"
        subject = _subject(tree, tree.tokens[verb].head)
    return () if subject is None else _phrase(tree, subject, verb)


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
    named = [w for w in tree.branch(cue) if w < cue and _is_name(tree, w)]
    if named and named[-1] == cue - 1:
        return tuple(named)
    head = tree.tokens[cue].head
    if tree.tokens[cue].dep == "dobj" and tree.lemma(head) in _CARRIERS:
        return _of_verb(tree, head)
    return ()


def _is_name(tree: Tree, word: int) -> bool:
    return tree.tokens[word].entity >= 0 and tree.tokens[word].pos == "PROPN"


def _of_verb(tree: Tree, verb: int) -> tuple[int, ...]:
    """Return the subject, looked for upwards where the verb has none of its own."""
    for _ in range(5):
        agent = tree.child(verb, "agent")
        if agent is not None:
            inner = tree.child(agent, "pobj")
            return () if inner is None else tuple(tree.branch(inner))
        subject = _subject(tree, verb)
        token = tree.tokens[verb]
        if subject is not None:
            return _of_subject(tree, verb, subject)
        if token.dep in {"acl", "relcl"} and tree.tokens[token.head].pos not in {"VERB", "AUX"}:
            return _phrase(tree, token.head, verb) if token.tag == "VBG" else ()
        if token.dep not in _CLIMBED or (token.tag == "VBN" and token.dep == "advcl"):
            return ()
        verb = token.head
        controller = tree.child(verb, "dobj")
        if token.dep == "xcomp" and controller is not None and not _is_time(tree, controller):
            return _phrase(tree, controller, token.head)
    return ()


def _subject(tree: Tree, verb: int) -> int | None:
    """Return a verb's subject; of several, the nearest before it: the first may be a dateline."""
    subjects = [kid for kid in tree.children[verb] if tree.tokens[kid].dep in SUBJECTS]
    before = [kid for kid in subjects if kid < verb]
    return before[-1] if before else next(iter(subjects), None)


def _is_time(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is a time, which never speaks: "spent the week asking"."""
    return tree.lemma(noun) in _TIMES or tree.text([noun]).endswith("day")


def _of_subject(tree: Tree, verb: int, subject: int) -> tuple[int, ...]:
    """Return the subject's phrase; a relative pronoun brings along the noun that it stands for."""
    if tree.tokens[subject].dep == "nsubjpass" or (
        tree.text([subject]) in _EXPLETIVES and tree.lemma(verb) in _IMPERSONAL
    ):
        return ()
    if tree.tokens[subject].tag in {"WDT", "WP"} and tree.text([subject]) in _RELATIVE:
        is_attached = tree.tokens[verb].dep == "relcl"
        noun = tree.tokens[verb].head if is_attached else max(subject - 1, 0)
        phrase = _phrase(tree, _antecedent(tree, noun), subject)
        return tuple(range(min(*phrase, subject), subject + 1)) if phrase else (subject,)
    return _phrase(tree, subject, verb)


def _antecedent(tree: Tree, noun: int) -> int:
    """Return the noun that a relative clause is about: never the date that stands between."""
    found = noun
    while _is_time(tree, found):
        head = tree.tokens[found].head
        found = tree.left[head if tree.tokens[head].pos == "ADP" else found] - 1
        if found < 0 or tree.tokens[found].sentence != tree.tokens[noun].sentence:
            return noun
    return found if tree.tokens[found].pos in _NOMINAL else noun


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
    return (*words, *_after_title(tree, words))


def _after_title(tree: Tree, words: list[int]) -> range:
    """Return the name that a parser cuts off after a title's full stop: "Sgt. Ann Roe"."""
    if not words or tree.text(words[-1:]) not in _TITLES:
        return range(0)
    stop = words[-1] + 1
    name = stop + 1
    if name >= len(tree.tokens) or tree.tokens[stop].text != "." or not _is_capital(tree, name):
        return range(0)
    last = name
    while last + 1 < len(tree.tokens) and _is_capital(tree, last + 1):
        last += 1
    return range(stop, last + 1)


def _is_capital(tree: Tree, word: int) -> bool:
    return tree.tokens[word].pos == "PROPN" and tree.tokens[word].text[:1].isupper()
