"""What the articles around two names tell of whether they are one person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..records import Gender, Mention
from .lexicon import PEOPLE
from .names import key
from .roles import PAST, Origin, role_words

ENOUGH = 2
"""Least evidence, in points, on which two names are led together: a telling role, for example."""

_WEEK = timedelta(days=7)
_RARE = 0.02
"""Share of an archive's articles in which a name may be that is company worth counting."""

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
    mentions: Iterable[tuple[str, Mention]], origins: Mapping[str, Origin]
) -> list[Appearance]:
    """Return the people of the mentions, each name once for each article that has it."""
    people: dict[tuple[str, str], list[Mention]] = {}
    company: dict[str, set[str]] = {}
    for article, mention in mentions:
        if mention.kind == "person":
            people.setdefault((article, mention.name), []).append(mention)
        if mention.kind in {"person", "organisation"}:
            company.setdefault(article, set()).add(key(mention.name))
    frequent = _frequent(company.values())
    return [
        Appearance(
            name=name,
            article=article,
            origin=origins.get(article, Origin()),
            gender=next((m.gender for m in found if m.gender), ""),
            roles=frozenset(words for m in found for r in m.roles if (words := role_words(r))),
            company=frozenset(company[article] - frequent - {key(name)}),
        )
        for (article, name), found in people.items()
    ]


def _frequent(companies: Collection[set[str]]) -> set[str]:
    """Return the names that are in so many articles that they tell nothing."""
    counts = Counter(name for names in companies for name in names)
    return {name for name, count in counts.items() if count > max(3, _RARE * len(companies))}


def weigh(some: Sequence[Appearance], others: Sequence[Appearance]) -> int:
    """Return the points for the one's being the other; below 0 where it can't be.

    Points are given for a role of two words or more that both are in (2) or for a plainer one (1),
    for others whom both are quoted beside (1 each, 2 at most), and for articles of one outlet
    within a week of each other (1). Whom one article names apart are two people, and so are a man
    and a woman.
    """
    if {a.article for a in some} & {a.article for a in others}:
        return -1
    genders = {_gender(some), _gender(others)} - {""}
    if len(genders) > 1:
        return -1
    beside = frozenset[str]().union(*(a.company for a in some))
    company = beside & frozenset[str]().union(*(a.company for a in others))
    return _shared_role(some, others) + min(2, len(company)) + _close(some, others)


def _gender(appearances: Sequence[Appearance]) -> Gender:
    found = Counter[Gender](a.gender for a in appearances if a.gender)
    return max(found, key=lambda gender: (found[gender], gender), default="")


def _shared_role(some: Sequence[Appearance], others: Sequence[Appearance]) -> int:
    """Return 2 where both have one telling role, 1 where it is a plain one ("senator")."""
    mine, theirs = (
        {role - PAST for a in appearances for role in a.roles} for appearances in (some, others)
    )
    shared = [role for role in mine if any(role <= other or other <= role for other in theirs)]
    telling = any(len(role) > 1 and role & PEOPLE for role in shared if role in theirs)
    return 2 if telling else 1 if shared else 0


def _close(some: Sequence[Appearance], others: Sequence[Appearance]) -> int:
    """Return 1 where one outlet has both within a week."""
    days = {(a.origin.outlet, a.origin.published) for a in some}
    near = any(
        outlet and outlet == a.origin.outlet and day and a.origin.published
        and abs(day - a.origin.published) <= _WEEK
        for outlet, day in days
        for a in others
    )  # fmt: skip
    return int(near)
