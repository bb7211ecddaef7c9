"""Names of organisations in one article: acronyms and short forms led to the full name."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..records import Entity
from .names import key
from .syntax import Syntax

BODIES = frozenset({"ORG", "GPE"})
"""Entities that speak: organisations, and places for their governments."""

_SMALL = frozenset({"of", "for", "and", "the", "on", "in", "to", "at", "de"})


def acronym(name: str) -> set[str]:
    """Return the acronyms of a name in lower case, with and without its small words."""
    words = key(name).split()
    large = [word for word in words if word not in _SMALL]
    return {"".join(w[0] for w in chosen) for chosen in (words, large) if len(chosen) > 1}


def is_short_for(short: str, full: str) -> bool:
    """Whether one name abbreviates another: "IMF", "the Times", "Global" for "Global News"."""
    a, b = key(short).split(), key(full).split()
    if not a or len(a) >= len(b):
        return False
    if len(a) == 1 and short.replace(".", "").isupper() and len(a[0]) > 1:
        return a[0] in acronym(full)
    if short.isupper():
        return "".join(a) in acronym(full)
    if b[-len(a) :] == a:
        return b[-len(a) - 1] != "and"  # "the Herald" isn't short for "the Post and Herald"
    return len(a) == 1 and b[0] == a[0]


def fullest(name: str, others: Iterable[str]) -> str:
    """Return the one name that `name` is short for, or `name` where there is none or several."""
    found = {key(other): other for other in others if is_short_for(name, other)}
    longest = [other for k, other in found.items() if not any(k != m and k in m for m in found)]
    return longest[0] if len(longest) == 1 else name


def _without_article(name: str) -> str:
    return name[4:] if name.lower().startswith("the ") else name


class Organisations:
    """The organisations of one article, each under its fullest name."""

    def __init__(self, syntax: Syntax, people: Collection[int]) -> None:
        """Take the entities that have no token of `people`, the people's names."""
        self._syntax = syntax
        entities = {
            number: entity
            for number, entity in enumerate(syntax.entities)
            if entity.label in BODIES
            and not any(place in people for place in range(entity.first, entity.last))
        }
        titled = {key(self._print(e)) for e in entities.values() if self._has_article(e)}
        printed = {
            number: name if key(name) in titled else _without_article(name)
            for number, name in ((n, self._print(entity)) for n, entity in entities.items())
        }
        bodies = {n: name for n, name in printed.items() if entities[n].label == "ORG"}
        self._distinct = frozenset(
            name
            for number, name in bodies.items()
            if not syntax.in_headline(entities[number].first)
        )
        self._names = printed | {n: self.full_name(name) for n, name in bodies.items()}
        self._acronyms = {name: self._names[n] for n, name in printed.items() if name.isupper()}

    def _print(self, entity: Entity) -> str:
        last = entity.last - 1
        owning = last > entity.first and self._syntax.tokens[last].tag == "POS"
        return self._syntax.print(entity.first, last - owning).partition(" (")[0]

    def _has_article(self, entity: Entity) -> bool:
        """Whether a name has a capital "The" inside a sentence, as newspapers' names do."""
        tokens = self._syntax.tokens
        inside = entity.first > 0 and (
            tokens[entity.first].sentence == tokens[entity.first - 1].sentence
        )
        return inside and tokens[entity.first].text == "The"

    def full_name(self, name: str) -> str:
        """Return the name that `name` is short for in this article, or `name`."""
        return fullest(name, sorted(self._distinct))

    def at(self, place: int) -> str:
        """Return the full name of the organisation that a name's token belongs to, or nothing.

        Not everywhere does the parser take an acronym for a name: where it doesn't, the other
        places tell.
        """
        token = self._syntax.tokens[place]
        if token.pos != "PROPN":
            return ""
        if token.entity < 0:
            return self._acronyms.get(token.text, "")
        return self._names.get(token.entity, "")
