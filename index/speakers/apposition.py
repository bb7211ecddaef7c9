"""What an article says that somebody is: nouns before a name, beside it, and joined by "is"."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .genders import gender_of_name
from .lexicon import BODILY, PARTS, PEOPLE, TITLES, TRADES
from .names import fold
from .syntax import SUBJECTS, Syntax

_BODIES = frozenset({"ORG", "GPE", "NORP", "LOC"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "NORP"})
NAMED = frozenset({"named", "called"})
"""Participles that put a name to a noun."""


def names(syntax: Syntax, verb: int) -> bool:
    """Whether a participle names its noun; in "one lawmaker called Roe a clown" it doesn't."""
    tokens = syntax.tokens
    after = [c for c in syntax.children[verb] if c > verb and tokens[c].pos != "PUNCT"]
    return tokens[verb].text in NAMED and tokens[verb].tag == "VBN" and len(after) == 1


def is_role(word: str) -> bool:
    """Whether a word says what a person is, as a title before a name does."""
    return fold(word) in TITLES or fold(word) in PEOPLE


def roles(syntax: Syntax, first: int, last: int) -> tuple[str, ...]:
    """Return the nouns that say what the person named at `first` to `last` is, each once."""
    return tuple(dict.fromkeys((*_before(syntax, first), *_beside(syntax, first, last))))


def is_somebody(syntax: Syntax, first: int, last: int, sources: Collection[int] = ()) -> bool:
    """Whether what is said of a run of capitals makes it a person, whatever entity it is.

    "The harbour master, Xyla Roe", "one of them, Xyla Roe", "Xyla Roe, a baker", "Xyla Roe, who".
    """
    tokens, head = syntax.tokens, _head(syntax, first, last)
    labels = {syntax.entities[t.entity].label for t in tokens[first : last + 1] if t.entity >= 0}
    if labels & _TIMES or has_article(syntax, first, last):
        return False
    above = tokens[head].head
    if tokens[head].dep == "oprd" and names(syntax, above):
        return _is_human(syntax, tokens[above].head, labels)
    if tokens[head].dep == "appos" and _is_human(syntax, above, labels):
        return last > first or syntax.child(above, "poss") is not None  # "her son, Roe"
    if last == first:
        speaker = not labels & _PLACES and (not labels or tokens[head].dep in SUBJECTS)
        return speaker and any(
            tokens[c].dep == "appos" and _is_human(syntax, c, labels) for c in syntax.children[head]
        )
    speaks = head in sources and (not labels or bool(gender_of_name(fold(tokens[first].text))))
    who = any(t.text.lower() == "who" for t in tokens[last + 1 : last + 3])
    beside = (c for c in syntax.children[head] if tokens[c].dep == "appos")
    if speaks:
        return True
    return not labels & _BODIES and (who or any(_is_human(syntax, c, labels) for c in beside))


def has_article(syntax: Syntax, first: int, last: int) -> bool:
    """Whether a name has an article of its own, as people's hardly ever do."""
    return syntax.child(_head(syntax, first, last), "det") is not None


def _head(syntax: Syntax, first: int, last: int) -> int:
    inside = range(first, last + 1)
    return next((p for p in reversed(inside) if syntax.tokens[p].head not in inside), last)


def _is_human(syntax: Syntax, noun: int, labels: set[str]) -> bool:
    """Whether a noun is one person's: "the captain", "one of them"; a body's "owner" is not."""
    token = syntax.tokens[noun]
    word = token.lemma.lower()
    if token.tag in {"NNS", "NNPS"}:
        return False
    if word in PARTS:
        return word == "one"
    if word.endswith(TRADES):
        return True
    return word in PEOPLE and not (word in BODILY and labels & _BODIES)


def _before(syntax: Syntax, first: int) -> Iterator[str]:
    tokens = syntax.tokens
    place = first - 1
    if place >= 0 and tokens[place].tag == "NNS" and not is_role(tokens[place].lemma):
        return  # "Mayor rebuffs Roe": a headline's verb, which the parser took for a noun
    while place >= 0 and tokens[place].sentence == tokens[first].sentence:
        token = tokens[place]
        if token.pos not in {"NOUN", "PROPN", "ADJ"} and token.text not in {"-", "."}:
            break
        word = fold(token.text)
        yield TITLES.get(word, word)
        place -= 1


def _beside(syntax: Syntax, first: int, last: int) -> Iterator[str]:
    tokens = syntax.tokens
    for noun in linked(syntax, first, last):
        if tokens[noun].pos == "NOUN" or is_role(tokens[noun].text):
            yield tokens[noun].lemma.lower()
            for child in syntax.children[noun]:
                if tokens[child].dep in {"amod", "compound"}:
                    yield fold(tokens[child].text)


def linked(syntax: Syntax, first: int, last: int) -> list[int]:
    """Return the nouns that apposition, "named", "is" or "who is" puts beside a name."""
    tokens, head = syntax.tokens, _head(syntax, first, last)
    linked = [c for c in syntax.children[head] if tokens[c].dep == "appos"]
    linked += [c for clause in syntax.children[head] for c in _said_by(syntax, clause)]
    above = tokens[tokens[head].head]
    if tokens[head].dep == "appos" and above.pos in {"NOUN", "PROPN"}:
        linked.append(tokens[head].head)
    if tokens[head].dep == "oprd" and names(syntax, tokens[head].head):
        linked.append(above.head)
    if tokens[head].dep == "nsubj" and above.lemma in {"be", "become", "serve"}:
        linked += [c for c in syntax.children[tokens[head].head] if tokens[c].dep == "attr"]
    return linked


def _said_by(syntax: Syntax, clause: int) -> list[int]:
    """Return what "who is the mayor" says of its noun."""
    tokens = syntax.tokens
    who = syntax.child(clause, "nsubj")
    if tokens[clause].dep != "relcl" or tokens[clause].lemma != "be" or who is None:
        return []
    return [
        c
        for c in syntax.children[clause]
        if tokens[c].dep == "attr" and tokens[who].text.lower() == "who"
    ]
