"""What a cue word may govern: every way in which English grammar ties content to a cue.

A frame names the tie: `clause` (said that ...), `question` (asked whether ...), `infinitive`
(promised to ...), `gerund` (denied doing ...), `object` (denied the claims), `relative` (which he
denies), `passive` (the plan was condemned), `raising` (the plan is said to ...; what is said is
the subject too), `parenthesis` (the plan, he said, ...), `as` (as he put it), `view` (in his
words), `silence` (did not respond to a request), or the preposition (`of`, `for`: warned of ...,
calls for ...). Direct speech, the frame `quote`, is left to `utterances`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import polarity
from .tree import Tree

_QUESTIONS = frozenset((
    "whether", "if", "what", "who", "whom", "whose", "why", "how", "where", "when", "which"
))  # fmt: skip
_NOUN_CLAUSES = frozenset(("acl", "relcl"))
_AFTER_OBJECT = frozenset(("oprd", "ccomp", "xcomp"))
_OBJECT_PREPOSITIONS = frozenset((
    "of", "as", "for", "with", "from", "against", "to", "over", "about", "into"
))  # fmt: skip
_RELATIVE = frozenset(("WDT", "WP", "WP$"))
_SILENT = frozenset(("respond", "reply", "return", "reach", "answer", "comment"))
_REQUESTS = frozenset(("comment", "request", "call", "message", "email", "inquiry", "enquiry"))
_RAISING = frozenset(("seem", "appear"))
_RAISED = frozenset((
    "expect", "say", "believe", "think", "report", "know", "allege", "suppose", "see",
    "consider", "rumor", "rumour", "estimate", "understand"
))  # fmt: skip
_VIEWED = frozenset(("in", "by"))
_CALLED = frozenset(("on", "upon", "for"))
_OWN = frozenset(("my", "our", "your"))
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
        yield from _viewed(tree, cue)
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
    if tree.lemma(cue) in _SILENT and polarity.is_negated(tree, cue):
        yield from _silence(tree, cue)
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


def _silence(tree: Tree, cue: int) -> Iterator[Tie]:
    """Yield what was not answered: "to a request for comment", "calls", "for comment"."""
    for kid in tree.children[cue]:
        if kid > cue and tree.tokens[kid].dep in {"prep", "dobj"}:
            words = tree.branch(kid)
            if any(tree.lemma(word) in _REQUESTS for word in (cue, *words)):
                yield Tie("silence", tuple(words))


def _complements(tree: Tree, cue: int) -> Iterator[Tie]:
    """Yield clauses: finite, infinitive, gerund; a noun's clause hangs on it as `acl`."""
    is_noun = tree.tokens[cue].pos in {"NOUN", "PROPN"}
    for kid in tree.children[cue]:
        relation = tree.tokens[kid].dep
        if relation in {"ccomp", "xcomp"} or (is_noun and kid > cue and relation in _NOUN_CLAUSES):
            frame = _clause(tree, cue, kid)
            if is_noun and not _completes(tree, kid, frame):
                continue
            words = tree.branch(kid) + _partner(tree, cue, kid, frame)
            words += _rest(tree, cue, kid)
            words.sort()
            first = words[0] - 1
            if first > cue and tree.tokens[first].dep == "mark":  # hung on the cue by mistake
                words.insert(0, first)
                frame = _frame_of(tree, first) or frame
            yield Tie(frame, tuple(words))


def _completes(tree: Tree, kid: int, frame: str) -> bool:
    """Tell a noun's complement (a claim that he lied) from a relative clause (a claim he made).

    Without "that" it is a complement if nothing is missing in it: "a claim he broke the law".
    """
    if frame == "infinitive" or tree.marker(kid, "mark") == "that":
        return True
    subject = tree.child(kid, "nsubj", "nsubjpass")
    if (
        subject is None
        or tree.tokens[subject].tag in _RELATIVE
        or tree.left[kid] != tree.left[subject]
    ):
        return False
    whole = tree.child(kid, "dobj", "attr", "acomp", "ccomp", "xcomp", "auxpass")
    return whole is not None and tree.tokens[whole].tag not in _RELATIVE


def _rest(tree: Tree, cue: int, kid: int) -> list[int]:
    """Return the clause after a clause: "said [it rained], [the road was closed]"."""
    words: list[int] = []
    for other in tree.children[cue]:
        first = tree.left[other]
        follows = tree.right[kid] < first <= tree.right[kid] + 2
        if tree.tokens[other].dep == "ccomp" and follows:
            words += [] if tree.tokens[first].tag in _RELATIVE else tree.branch(other)
    return words


def _partner(tree: Tree, cue: int, kid: int, frame: str) -> list[int]:
    """Return the noun phrase that does what an infinitive says: "asked [Lund] to stay"."""
    partner = None
    if frame == "raising":
        partner = tree.child(cue, "nsubj", "nsubjpass")
    elif frame == "infinitive" and tree.tokens[kid].dep == "xcomp" and tree.lemma(cue) != "tell":
        partner = tree.child(cue, "dobj")
        link = tree.child(cue, "prep")
        if partner is None and link == cue + 1 and tree.text([link]) in _CALLED:
            partner = tree.child(link, "pobj")  # called on him to go
    return [] if partner is None else tree.branch(partner)


def _clause(tree: Tree, cue: int, verb: int) -> str:
    kids = tree.children[verb]
    if opening := _frame_of(tree, tree.left[verb]):
        return opening
    if any(tree.tokens[kid].dep == "aux" and tree.tokens[kid].tag == "TO" for kid in kids):
        raised = tree.child(cue, "auxpass") is not None and tree.lemma(cue) in _RAISED
        return "raising" if raised or tree.lemma(cue) in _RAISING else "infinitive"
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
        frame = "parenthesis" if tree.child(cue, "nsubj") is not None else ""
    elif token.dep == "advcl" and tree.marker(cue, "mark", "advmod") == "as":
        frame = "as"
    elif token.text.lower() == "according" and token.dep in {"prep", "advcl"}:
        frame = "to"
    else:
        frame = ""
    if not frame or head == cue or tree.child(cue, "ccomp", "dobj") is not None:
        return
    while frame == "to" and tree.tokens[head].dep == "conj" and head < cue:
        head = tree.tokens[head].head
    if frame == "to" or tree.tokens[head].pos in {"VERB", "AUX"}:
        words = tree.branch(head, without=[cue])
        yield Tie(frame, tuple(words[tree.tokens[words[0]].dep == "cc" :]))


def _viewed(tree: Tree, cue: int) -> Iterator[Tie]:
    """Yield what is so "in the words of Orr", "in Orr's view" and "by Orr's account"."""
    link = tree.tokens[cue].head
    if tree.tokens[cue].dep != "pobj" or tree.text([link]) not in _VIEWED:
        return
    owner = tree.child(cue, "poss")
    is_owned = owner is not None or tree.child(cue, "prep") == cue + 1
    head = tree.tokens[link].head
    if not is_owned or (owner is not None and tree.text([owner]) in _OWN) or head == link:
        return
    words = tree.branch(head, without=[link])
    yield Tie("view", tuple(words[tree.tokens[words[0]].dep == "cc" :]))


def _object(tree: Tree, cue: int, own: int) -> tuple[int, ...]:
    """Return an object with what is said of it: "him of theft", "the plan reckless"."""
    words = tree.branch(own)
    for kid in tree.children[cue]:
        token = tree.tokens[kid]
        if kid > max(own, cue) and (
            token.dep in _AFTER_OBJECT
            or (token.dep == "advcl" and token.tag == "VB")
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
