"""The name of what a phrase names, as its article would have it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..records import SpeakerKind
from .discourse import Discourse
from .lexicon import ISSUED, OFFICES, PARTS, PEOPLE, SPOKEN
from .names import fold
from .nouns import kind_of
from .referents import PRONOUNS, Referent
from .syntax import Syntax

_FROM = frozenset({"by", "from", "of"})


def describe(
    discourse: Discourse, head: int, places: Collection[int], *, part: bool = False
) -> tuple[str, SpeakerKind]:
    """Return the name and kind of the speaker whom the phrase at `places` names.

    Args:
        discourse: The article.
        head: The phrase's head.
        places: Its tokens.
        part: Whether only the head's own part of the phrase is meant, without what is joined to
            it or said of it.
    """
    inside = set(places)
    referent = discourse.at.get(head)
    if referent is not None and referent.person is not None:
        return referent.person.name, "person"
    beside = _named_beside(discourse, head, inside) if not part else None
    if beside is not None and beside.person is not None:
        return beside.person.name, "person"
    if referent is not None and referent.members and referent.head != head:
        tree = discourse.syntax.subtree
        names = [describe(discourse, m, tree(m), part=True)[0] for m in referent.members]
        return " and ".join(dict.fromkeys(names)), "group"
    if referent is not None and referent.head != head:
        own = discourse.modifiers(head)
        if len(own) <= len(referent.modifiers) or discourse.is_pronoun(head):
            return describe(discourse, referent.head, discourse.syntax.subtree(referent.head))
    return _describe_noun(discourse, head, inside, part=part)


def _describe_noun(
    discourse: Discourse, head: int, inside: set[int], *, part: bool
) -> tuple[str, SpeakerKind]:
    token = discourse.syntax.tokens[head]
    kind = _kind(discourse, head)
    noun = token.lemma.lower()
    owner = _owner(discourse, head)
    if owner is None and noun in ISSUED:
        earlier = discourse.earlier(head)
        owner = _owner(discourse, earlier) if earlier is not None else None
    if owner is not None and noun in SPOKEN | OFFICES | ISSUED:
        name, owner_kind = owner
        if noun in SPOKEN:
            return name, owner_kind
        if noun in OFFICES and owner_kind == "person":
            return f"{name}'s {token.text.lower()}", "organisation"
        if noun in ISSUED and owner_kind == "organisation":
            return name, owner_kind
    name = discourse.organisations.at(head)
    if name:
        return name, "organisation"
    return _words(discourse, head, inside, alone=part), kind


def _kind(discourse: Discourse, head: int) -> SpeakerKind:
    """Return the kind of a noun; of "several of them" that of the whole."""
    syntax = discourse.syntax
    of = next((c for c in syntax.children[head] if syntax.tokens[c].text == "of"), None)
    whole = syntax.child(of, "pobj") if of is not None else None
    if whole is not None and syntax.tokens[head].lemma.lower() in PARTS:
        head = whole
    plural = syntax.tokens[head].tag in {"NNS", "NNPS"}
    return kind_of(discourse.syntax, head) or ("group" if plural else "unnamed")


def _owner(discourse: Discourse, head: int) -> tuple[str, SpeakerKind] | None:
    """Return whom a phrase belongs to: "Ms. Roe's office", "the Roe campaign", "her office"."""
    syntax = discourse.syntax
    for dep in ("poss", "compound", "nmod"):
        child = syntax.child(head, dep)
        owner = _speaker_at(discourse, child) if child is not None else None
        if owner is not None:
            return owner
    for child in syntax.children[head]:
        token = syntax.tokens[child]
        if child < head and token.dep in {"amod", "compound"} and token.text[0].isupper():
            full = discourse.organisations.full_name(token.text)
            if full != token.text:
                return full, "organisation"
        below = syntax.child(child, "pobj") if token.text.lower() in _FROM else None
        owner = _speaker_at(discourse, below) if below is not None else None
        if owner is not None:
            return owner
    return None


def _speaker_at(discourse: Discourse, place: int) -> tuple[str, SpeakerKind] | None:
    """Return the person or organisation at a token, if there is one."""
    referent = discourse.at.get(place)
    if referent is None:
        return None
    if referent.person is not None:
        return referent.person.name, "person"
    if referent.kind == "organisation":
        return describe(discourse, place, discourse.syntax.subtree(place))
    return None


def _named_beside(discourse: Discourse, head: int, inside: set[int]) -> Referent | None:
    """Return the one person named in a phrase about a person ("the chief, Ann Roe,")."""
    token = discourse.syntax.tokens[head]
    if token.tag in {"NNS", "NNPS"} or not {token.lemma.lower(), fold(token.text)} & PEOPLE:
        return None
    named = [
        place
        for place in sorted(inside)
        if place in discourse.at
        and discourse.at[place].person is not None
        and discourse.syntax.tokens[place].dep not in {"poss", "pobj", "compound", "conj"}
    ]
    people = {id(discourse.at[place]) for place in named}
    return discourse.at[named[0]] if len(people) == 1 else None


def _words(discourse: Discourse, head: int, inside: set[int], *, alone: bool = False) -> str:
    """Return the phrase as printed, without article and clauses, its pronouns named."""
    syntax = discourse.syntax
    phrase = [p for p in syntax.subtree(head) if p in inside] or [head]
    right = _right(syntax, head, [p for p in phrase if p > head], alone=alone)
    chosen = [p for p in phrase if p <= head] + right
    while len(chosen) > 1 and syntax.tokens[chosen[0]].text.lower() in {"the", "a", "an"}:
        chosen.pop(0)
    while len(chosen) > 1 and syntax.tokens[chosen[0]].pos == "PUNCT":
        chosen.pop(0)
    if len(chosen) > 1 and syntax.tokens[chosen[-1]].tag == "POS":
        chosen.pop()
    printed = ""
    for before, place in zip([None, *chosen], chosen, strict=False):
        gap = before is not None and syntax.tokens[before].end < syntax.tokens[place].start
        printed += (" " if gap else "") + _word(discourse, place)
    return " ".join(printed.split())


def _right(syntax: Syntax, head: int, places: Sequence[int], *, alone: bool) -> list[int]:
    """Return what belongs to a noun on its right, up to the first clause, aside or partner."""
    document = kind_of(syntax, head) == "document"
    kept: list[int] = []
    for place in places:
        token = syntax.tokens[place]
        own = token.head == head
        if alone and own and token.dep in {"cc", "conj"}:
            break
        if token.text in {",", "—", "–", "(", ";", ":"} or token.tag in {"WP", "WDT"}:
            break
        if document and own and token.dep == "acl":
            break  # "a study published on Tuesday" is the study
        kept.append(place)
    return kept


def _word(discourse: Discourse, place: int) -> str:
    token = discourse.syntax.tokens[place]
    referent = discourse.at.get(place)
    if token.text.lower() not in PRONOUNS or referent is None:
        return token.text
    if referent.person is not None:
        return referent.person.name + ("'s" if token.tag == "PRP$" else "")
    return token.text
