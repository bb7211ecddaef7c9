"""The organisations of an archive: under full names, acronyms, and their owners' names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ..records import Naming
from .genders import gender_of_name
from .names import key, parts
from .organisations import acronym
from .people import People

OWNED = re.compile(r"(?P<owner>.+)['’]s? (?P<noun>[a-z]+)")


class Bodies:
    """The organisations of an archive: an acronym led to the one name that it can stand for.

    Args:
        namings: Each once, though an article may have one alone and as a member.
    """

    def __init__(self, namings: Iterable[Naming], people: People) -> None:
        self._people = people
        self._as: defaultdict[str, Counter[str]] = defaultdict(Counter)
        full: defaultdict[str, set[str]] = defaultdict(set)
        for naming in namings:
            self._as[key(naming.name)][naming.kind] += 1
            if naming.kind == "organisation":
                for short in acronym(naming.name):
                    full[short].add(key(naming.name))
        self._full = {short: min(names) for short, names in full.items() if len(names) == 1}

    def holds(self, name: str) -> bool:
        """Whether more articles take a name for an organisation's than for a person's.

        A name that begins with a given name is left to its own article.
        """
        counts = self._as[key(name)]
        named = gender_of_name((parts(name) or ("",))[0])
        return not named and counts["organisation"] > counts["person"]

    def find(self, name: str, article: str) -> str:
        """Return what all names of the organisation share."""
        owned = OWNED.fullmatch(name)
        if owned:
            owner = self._people.find(owned["owner"], article) or key(owned["owner"])
            return f"{owner} {owned['noun']}"
        return self._full.get(capitals(name), key(name))


def capitals(name: str) -> str:
    """Return a name that is an acronym, in small letters; nothing for another name."""
    short = name.removeprefix("The ").removeprefix("the ").replace(".", "")
    return key(name).replace(" ", "") if short.isupper() else ""
