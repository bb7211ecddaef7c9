"""What the articles around two names tell of whether they are one person's."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..records import Gender, Naming
from .lexicon import PEOPLE
from .names import key
from .roles import PAST, Origin, role_words

ENOUGH = 2
"""Least evidence, in points, on which two names are led together: a telling role, for example."""

_WEEK = timedelta(days=7)
_RARE = 0.02
"""Share of an archive's articles in which a name may be that is company worth counting."""

COMPANY = frozenset({"person", "organisation"})
"""Kinds of those who are company to one another."""

_Role = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A name in one article, and what that article tells of who bears it.

    Attributes:
        roles: The words of each role; see `role_words`.
        company: Who else speaks there, by the key of his, her or its name.
    """

    name: str
    article: str
    origin: Origin
    gender: Gender
    roles: frozenset[_Role]
    company: frozenset[str]


def appear(
    namings: Iterable[Naming],
    origins: Mapping[str, Origin],
    company: Mapping[str, Collection[str]],
) -> list[Appearance]:
    """Return the people among the namings, each name once for each article that has it.

    Args:
        company: Who else speaks in each article; see `keep_company`.
    """
    return [
        Appearance(
            name=one.name,
            article=one.article,
            origin=origins.get(one.article, Origin()),
            gender=one.gender,
            roles=frozenset(words for role in one.roles if (words := role_words(role))),
            company=frozenset(company.get(one.article, ())) - {key(one.name)},
        )
        for one in namings
        if one.kind == "person"
    ]


def keep_company(namings: Iterable[Naming]) -> dict[str, set[str]]:
    """Return whom each article names, by key, but for those whom many name: they tell nothing.

    Take all namings of an archive: what is frequent is frequent in all of it.
    """
    company: dict[str, set[str]] = {}
    for one in namings:
        if one.kind in COMPANY:
            company.setdefault(one.article, set()).add(key(one.name))
    counts = Counter(name for names in company.values() for name in names)
    least = too_many(len(company))
    frequent = {name for name, count in counts.items() if count > least}
    return {article: names - frequent for article, names in company.items()}


def too_many(articles: int) -> float:
    """Return the number of articles beyond which a name is company to nobody, of so many."""
    return max(3, _RARE * articles)


class Known:
    """What all appearances of somebody together tell."""

    def __init__(self, appearances: Iterable[Appearance] = ()) -> None:
        self.count = 0
        self.articles: set[str] = set()
        self.company: set[str] = set()
        self.roles: set[_Role] = set()
        self._genders = Counter[Gender]()
        self._days: dict[str, list[date]] = {}
        self.add(appearances)

    def add(self, appearances: Iterable[Appearance]) -> None:
        """Take in more appearances."""
        for one in appearances:
            self.count += 1
            self.articles.add(one.article)
            self.company |= one.company
            self.roles |= {role - PAST for role in one.roles}
            if one.gender:
                self._genders[one.gender] += 1
            if one.origin.outlet and one.origin.published:
                insort(self._days.setdefault(one.origin.outlet, []), one.origin.published)

    @property
    def gender(self) -> Gender:
        """The one that most articles tell; empty where none does."""
        found = self._genders
        return max(found, key=lambda gender: (found[gender], gender), default="")

    def is_close(self, other: Known) -> bool:
        """Say whether one outlet has both within a week."""
        return any(
            _is_near(day, other._days[outlet])
            for outlet, days in self._days.items()
            if outlet in other._days
            for day in days
        )


def _is_near(day: date, days: Sequence[date]) -> bool:
    """Say whether a day is within a week of any of `days`, which are in order."""
    place = bisect_left(days, day - _WEEK)
    return place < len(days) and days[place] <= day + _WEEK


def weigh(some: Known, others: Known) -> int:
    """Return the points for the one's being the other; below 0 where it can't be.

    Points are given for a role of two words or more that both are in (2) or for a plainer one (1),
    for others whom both are quoted beside (1 each, 2 at most), and for articles of one outlet
    within a week of each other (1). Whom one article names apart are two people, and so are a man
    and a woman.
    """
    if not some.articles.isdisjoint(others.articles):
        return -1
    if some.gender and others.gender and some.gender != others.gender:
        return -1
    company = len(some.company & others.company)
    return _shared_role(some, others) + min(2, company) + some.is_close(others)


def _shared_role(some: Known, others: Known) -> int:
    """Return 2 where both have one telling role, 1 where it is a plain one ("senator")."""
    mine, theirs = some.roles, others.roles
    shared = [role for role in mine if any(role <= other or other <= role for other in theirs)]
    telling = any(len(role) > 1 and role & PEOPLE for role in shared if role in theirs)
    return 2 if telling else 1 if shared else 0
