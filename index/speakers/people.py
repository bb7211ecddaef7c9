"""The people of an archive: every name led to one that stands for the person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from .evidence import ENOUGH, Appearance, Known, weigh
from .genders import gender_of_name
from .names import (
    alike,
    compatible,
    generation,
    is_full,
    key,
    parts,
    same_given,
    surname,
)

DOMINANT = 10
"""How many times more often than all namesakes someone must be quoted to own a bare surname."""


class _Person:
    """One person: all names that are led together, the one that stands for them first."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.known = Known()

    def add(self, name: str, appearances: Iterable[Appearance]) -> None:
        self.names.append(name)
        self.known.add(appearances)


class People:
    """The people of an archive, by their full names and by what these may be cut to.

    Full names are led together where they are compatible and fit one person only, or where the
    articles around them tell that they are one person's (`evidence.weigh`). A surname alone goes
    to the one person who has it, to the one of whom the articles around it tell, or to one who is
    quoted `DOMINANT` times as often as all others of the name together.
    """

    def __init__(self, appearances: Sequence[Appearance]) -> None:
        self._seen: defaultdict[str, list[Appearance]] = defaultdict(list)
        self._at: dict[tuple[str, str], list[Appearance]] = {}
        for appearance in appearances:
            self._seen[appearance.name].append(appearance)
            self._at[appearance.name, appearance.article] = [appearance]
        self._by_surname: defaultdict[str, list[_Person]] = defaultdict(list)
        self._by_tail: defaultdict[tuple[str, ...], list[_Person]] = defaultdict(list)
        self._by_given: defaultdict[str, list[_Person]] = defaultdict(list)
        self._of: dict[str, _Person] = {}
        self._found: dict[tuple[str, str], str] = {}
        self.by_given: set[str] = set()
        """Those whom a given name alone was led to, by the name that stands for them."""
        self._given = _given_names(self._seen)
        full = {name for name in self._seen if is_full(name)}
        tails = {parts(n)[start:] for n in full for start in range(1, len(parts(n)) - 1)}
        self._short = {n for n in full if parts(n) in tails and not gender_of_name(parts(n)[0])}
        for name in sorted(full - self._short, key=self._strength):
            self._place(name)
        for found in self._by_surname.values():
            for person in found:
                self._index(person)

    def _strength(self, name: str) -> tuple[int, int, int, str]:
        """Rank names by how well they tell people apart: a given name before an initial."""
        words = parts(name)
        return (
            -(len(words[0]) > 1),
            -sum(len(w) > 1 for w in words),
            -len(self._seen[name]),
            name,
        )

    def _place(self, name: str) -> None:
        """Put a full name to the person whose name it can be, or to a new one."""
        same = self._by_surname[surname(name)]
        fitting = [p for p in same if all(compatible(n, name) for n in p.names)]
        # A nickname is evidence only where nobody else of the archive has the surname.
        alone = _alone(self._given[surname(name)])
        if len(fitting) != 1 or not (alone or _close(fitting[0].names[0], name)):
            possible = [p for p in same if alike(p.names[0], name)]
            fitting = _likeliest(Known(self._seen[name]), possible) if possible else []
        if not fitting:
            fitting = [_Person()]
            same.append(fitting[0])
        fitting[0].add(name, self._seen[name])
        self._of[key(name)] = fitting[0]

    def _index(self, person: _Person) -> None:
        tails = {parts(n)[start:] for n in person.names for start in range(1, len(parts(n)))}
        for tail in tails:
            self._by_tail[tail].append(person)
        for given in {parts(name)[0] for name in person.names}:
            self._by_given[given].append(person)

    def find(self, name: str, article: str = "") -> str:
        """Return the name that stands for the one person of `name`; nothing where none is.

        Args:
            name: Full or short.
            article: Where it stands, whose other words may tell whose it is.
        """
        known = self._of.get(key(name))
        if known:
            return known.names[0]
        if (name, article) not in self._found:
            found = self._owners(name, article)
            self._found[name, article] = found[0].names[0] if len(found) == 1 else ""
            if len(found) == 1 and parts(name)[-1] != surname(found[0].names[0]):
                self.by_given.add(found[0].names[0])
        return self._found[name, article]

    def candidates(self, name: str) -> list[str]:
        """Return the names that stand for those whom a surname may mean."""
        same = [] if key(name) in self._of else self._bearers(name)
        return [person.names[0] for person in same if surname(name) == surname(person.names[0])]

    def _bearers(self, name: str) -> list[_Person]:
        if generation(name) or (is_full(name) and name not in self._short):
            return []
        words = parts(name)
        same = self._by_tail.get(words, [])
        given = len(words) == 1 and not same and gender_of_name(words[0])
        return self._by_given.get(words[0], []) if given else same

    def _owners(self, name: str, article: str) -> list[_Person]:
        """Return the one who goes by a short name, or all who may where that isn't clear."""
        same = self._bearers(name)
        if not same:
            return []
        here = Known(self._at.get((name, article), ()))
        possible = [p for p in same if not here.count or weigh(here, p.known) >= 0]
        is_given = parts(name)[-1:] != parts(same[0].names[0])[-1:]
        if len(possible) == 1 and not is_given:
            return possible
        found = _likeliest(here, possible) if here.count else []
        if found or not possible:
            return found
        main = max(possible, key=lambda person: person.known.count)
        others = sum(p.known.count for p in possible if p is not main)
        enough = main.known.count >= DOMINANT * max(others, int(is_given))
        return [main] if enough else possible


def _likeliest(known: Known, people: Sequence[_Person]) -> list[_Person]:
    """Return the one of `people` for whom there is enough evidence, and most; else none."""
    points = [weigh(known, person.known) for person in people]
    best = max(points, default=0)
    if best < ENOUGH or points.count(best) > 1:
        return []
    return [people[points.index(best)]]


def _given_names(names: Iterable[str]) -> defaultdict[str, set[str]]:
    """Return the given names that go with each surname."""
    given: defaultdict[str, set[str]] = defaultdict(set)
    for name in filter(is_full, names):
        given[surname(name)].add(parts(name)[0])
    return given


def _alone(given: Collection[str]) -> bool:
    """Whether the given names that go with one surname can all be one person's."""
    return all(same_given(a, b) for a, b in combinations(sorted(given), 2))


def _close(one: str, other: str) -> bool:
    """Whether two compatible names have the same given name or its initial, not a nickname."""
    a, b = parts(one)[0], parts(other)[0]
    return a == b or 1 in (len(a), len(b))
