"""The name of what a phrase names, as its article would have it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..records import SpeakerKind
from .cast import Person
from .discourse import Discourse
from .lexicon import AUTHORED, ISSUED, OFFICES, PARTS, PEOPLE, SPOKEN
from .names import fold
from .nouns import kind_of
from .referents import PRONOUNS, Named, Referent, join
from .syntax import Syntax

_ASIDES = frozenset({",", "—", "–", "(", ";", ":", "“", "''", '"'})
_FROM = frozenset({"by", "from", "of"})


def describe(
    discourse: Discourse, head: int, places: Collection[int], *, part: bool = False
) -> Named:
    """Return the speaker whom the phrase at `places` names.

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
        return _person(referent.person)
    beside = _named_beside(discourse, head, inside) if not part else None
    if beside is not None and beside.person is not None:
        return _person(beside.person)
    if referent is not None and referent.members and referent.head != head:
        tree = discourse.syntax.subtree
        return join(describe(discourse, m, tree(m), part=True) for m in referent.members)
    if referent is not None and referent.head != head:
        own = discourse.modifiers(head)
        if len(own) <= len(referent.modifiers) or discourse.is_pronoun(head):
            whole = discourse.syntax.subtree(referent.head)
            return describe(discourse, referent.head, whole, part=True)
    return _describe_noun(discourse, head, inside, part=part)


def _person(person: Person) -> Named:
    return Named(person.name, "person", person)


def _describe_noun(discourse: Discourse, head: int, inside: set[int], *, part: bool) -> Named:
    kind = _kind(discourse, head)
    spoken_for = _spoken_for(discourse, head)
    if spoken_for is not None:
        return spoken_for
    name = discourse.organisations.at(head) or _name_put_to(discourse, head, kind)
    if name:
        return Named(name, "organisation")
    words = _words(discourse, head, inside, alone=part)
    named = (t for t in map(discourse.syntax.tokens.__getitem__, inside) if t.text[0].isupper())
    if kind == "organisation" and not any(t.pos == "PROPN" or t.entity >= 0 for t in named):
        words = words[:1].lower() + words[1:]  # "Federal courts" is no name
    issuer = _issuer(discourse, head) if kind == "document" else None
    if issuer is not None and not words.endswith(issuer.name):
        words += f" by {issuer.name}"
    return Named(words, kind)


def _name_put_to(discourse: Discourse, head: int, kind: SpeakerKind) -> str:
    """Return the name in "the newspaper Haaretz"; nothing where none follows at once."""
    syntax = discourse.syntax
    beside = syntax.child(head, "appos")
    if kind != "organisation" or beside is None or syntax.subtree(beside)[0] != head + 1:
        return ""
    return discourse.organisations.at(beside)


def _spoken_for(discourse: Discourse, head: int) -> Named | None:
    """Return who speaks by a noun: by "Ms. Roe's remarks" and memoir she, by "her office" that."""
    token = discourse.syntax.tokens[head]
    noun = token.lemma.lower()
    if noun not in SPOKEN | OFFICES | ISSUED | AUTHORED:
        return None
    owner = _owner(discourse, head)
    if noun in AUTHORED:
        return owner if owner is not None and owner.kind == "person" else None
    if owner is None and noun in ISSUED:
        earlier = discourse.earlier(head)
        owner = _issuer(discourse, head) or (
            _owner(discourse, earlier) if earlier is not None else None
        )
    if owner is None or noun in SPOKEN:
        return owner
    if noun in OFFICES:
        office = Named(f"{owner.name}'s {token.text.lower()}", "organisation")
        return office if owner.kind == "person" else None
    return owner if owner.kind == "organisation" else None


def _kind(discourse: Discourse, head: int) -> SpeakerKind:
    """Return the kind of a noun; of "several of them" that of the whole."""
    syntax = discourse.syntax
    of = next((c for c in syntax.children[head] if syntax.tokens[c].text == "of"), None)
    whole = syntax.child(of, "pobj") if of is not None else None
    if whole is not None and syntax.tokens[head].lemma.lower() in PARTS:
        head = whole
    if syntax.tokens[head].tag == "NNP" and not kind_of(syntax, head):
        return "organisation"  # "the FEC", which the parser took for no entity
    plural = syntax.tokens[head].tag in {"NNS", "NNPS"}
    return kind_of(syntax, head) or ("group" if plural else "unnamed")


def _owner(discourse: Discourse, head: int) -> Named | None:
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
                return Named(full, "organisation")
        below = syntax.child(child, "pobj") if token.text.lower() in _FROM else None
        owner = _speaker_at(discourse, below) if below is not None else None
        if owner is not None:
            return owner
    return None


def _issuer(discourse: Discourse, head: int) -> Named | None:
    """Return who issued a document: "a survey conducted by Roe", "the report, by the firm Roe"."""
    syntax, tokens = discourse.syntax, discourse.syntax.tokens
    last = max(syntax.subtree(head)[-1], tokens[head].head)
    for place in range(head + 1, last + 1):
        if tokens[place].text.lower() not in {"by", "from"}:
            continue
        below = syntax.child(place, "pobj")
        beside = syntax.child(below, "appos") if below is not None else None
        speakers = (_speaker_at(discourse, p) for p in (below, beside) if p is not None)
        found = next(filter(None, speakers), None)
        if found is not None:
            return found
    return None


def _speaker_at(discourse: Discourse, place: int) -> Named | None:
    """Return the person or organisation at a token, if there is one."""
    referent = discourse.at.get(place)
    if referent is None:
        return None
    if referent.person is not None:
        return _person(referent.person)
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
    while len(chosen) > 1 and _ends_badly(syntax, chosen[-1]):
        chosen.pop()
    printed = ""
    for before, place in zip([None, *chosen], chosen, strict=False):
        gap = before is not None and syntax.tokens[before].end < syntax.tokens[place].start
        printed += (" " if gap else "") + _word(discourse, place)
    return " ".join(printed.split())


def _ends_badly(syntax: Syntax, place: int) -> bool:
    """Whether no phrase ends with a token: a mark but a closing one, or a possessive ending."""
    token = syntax.tokens[place]
    mark = token.tag in {"POS", "HYPH", ":", ","} or token.text in {"-", "--", "—", "–"}
    return mark or token.pos in {"ADP", "CCONJ", "SCONJ"}


def _right(syntax: Syntax, head: int, places: Sequence[int], *, alone: bool) -> list[int]:
    """Return what belongs to a noun on its right, up to the first clause, aside or partner."""
    document = kind_of(syntax, head) == "document"
    kept: list[int] = []
    for place in places:
        token = syntax.tokens[place]
        own = token.head == head
        if alone and own and token.dep in {"cc", "conj"}:
            break
        if token.text in _ASIDES or token.tag in {"WP", "WDT", "``"}:
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
