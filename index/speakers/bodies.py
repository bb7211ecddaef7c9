"""The organisations of an archive: under full names, acronyms, and their owners' names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ..records import Mention
from .genders import gender_of_name
from .names import key, parts
from .organisations import acronym
from .people import People

_OWNED = re.compile(r"(?P<owner>.+)['’]s? (?P<noun>[a-z]+)")


class Bodies:
    """The organisations of an archive: an acronym led to the one name that it can stand for.

    Args:
        mentions: One for each article and name.
    """

    def __init__(self, mentions: Iterable[Mention], people: People) -> None:
        self._people = people
        self._as: defaultdict[str, Counter[str]] = defaultdict(Counter)
        full: defaultdict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            self._as[key(mention.name)][mention.kind] += 1
            if mention.kind == "organisation":
                for short in acronym(mention.name):
                    full[short].add(key(mention.name))
        self._full = {short: min(names) for short, names in full.items() if len(names) == 1}

    def holds(self, mention: Mention) -> bool:
        """Whether most articles take a name for an organisation's, against `mention.kind`.

        A name that begins with a given name is left to its own article.
        """
        counts = self._as[key(mention.name)]
        named = gender_of_name((parts(mention.name) or ("",))[0])
        return not named and counts["organisation"] > counts["person"]

    def find(self, name: str, article: str) -> str:
        """Return what all names of the organisation share."""
        owned = _OWNED.fullmatch(name)
        if owned:
            owner = self._people.find(owned["owner"], article) or key(owned["owner"])
            return f"{owner} {owned['noun']}"
        folded = key(name)
        short = name.removeprefix("The ").removeprefix("the ").replace(".", "")
        return self._full.get(folded.replace(" ", ""), folded) if short.isupper() else folded
