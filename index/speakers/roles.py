"""What somebody is, over time: the roles that an archive's articles give to one speaker."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..records import Role
from .lexicon import TITLES
from .names import fold

MOST = 20
"""Roles kept of one speaker, those that most articles give."""

_SMALL = frozenset("of the a an for at in on to and with from by its his her their s".split())
PAST = frozenset({"former", "ex", "late", "then", "onetime", "ousted", "retired"})
"""Words that say that somebody is something no more."""


class Origin(NamedTuple):
    """When and where an article was published."""

    published: date | None = None
    outlet: str = ""


@lru_cache(maxsize=65536)
def role_words(role: str) -> frozenset[str]:
    """Return what two ways to print one role share: "director of the FBI", "F.B.I. Director"."""
    words = (re.sub(r"['’]s?$", "", word) for word in re.findall(r"[^\s—–/-]+", role))
    folded = (re.sub(r"[^\w]+", "", fold(word)) for word in words)
    return frozenset(TITLES.get(word, word) for word in folded if word and word not in _SMALL)


def gather(given: Iterable[tuple[str, Origin, str]]) -> tuple[Role, ...]:
    """Return the roles of one speaker, the one that most articles give first.

    Args:
        given: Article's id and origin, and the role as printed there.
    """
    printed: defaultdict[frozenset[str], Counter[str]] = defaultdict(Counter)
    origins: defaultdict[frozenset[str], dict[str, Origin]] = defaultdict(dict)
    for article, origin, role in given:
        words = role_words(role)
        if article not in origins[words]:
            printed[words][role] += 1
        origins[words][article] = origin
    roles = [_role(printed[words], list(origins[words].values())) for words in printed]
    return tuple(sorted(roles, key=lambda role: (-role.articles, role.name))[:MOST])


def _role(printed: Counter[str], origins: list[Origin]) -> Role:
    days = sorted(origin.published for origin in origins if origin.published)
    return Role(
        name=min(printed, key=lambda name: (-printed[name], name)),
        articles=len(origins),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        outlets=tuple(sorted({origin.outlet for origin in origins if origin.outlet})),
    )
