"""What an article talks about, one record for each, and which pronouns may stand for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..records import Gender, SpeakerKind
from .cast import Person

PRONOUNS: Mapping[str, str] = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "they", "them": "they", "their": "they", "themselves": "they", "theirs": "they",
    "it": "it", "its": "it", "itself": "it",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something that an article names, describes or points to.

    Attributes:
        head: The token that first named it.
        person: Its names, where it is a person whom the article names.
        modifiers: Folded words before its noun that tell it from others ("Roe" in "Roe campaign").
        members: Heads of those whom it joins ("Roe and Doe"); empty for one alone.
        places: Every token that stands for it, in order.
    """

    head: int
    kind: SpeakerKind
    gender: Gender = ""
    plural: bool = False
    person: Person | None = None
    modifiers: frozenset[str] = frozenset()
    members: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class Named(NamedTuple):
    """Whom a phrase names, as its article would have it.

    Attributes:
        person: Set where it is a person whom the article names.
        members: Those who speak together, each by himself or herself, as far as they have names.
    """

    name: str
    kind: SpeakerKind
    person: Person | None = None
    members: tuple[Named, ...] = ()


def join(parts: Iterable[Named]) -> Named:
    """Return as one speaker those who speak together ("Ann Roe and Jo Doe"); one alone as is."""
    each = list({part.name: part for part in parts}.values())
    if len(each) == 1:
        return each[0]
    singly = (one for part in each for one in part.members or (part,))
    named = {one.name: one for one in singly if one.kind in {"person", "organisation"}}
    return Named(" and ".join(part.name for part in each), "group", members=tuple(named.values()))


def agrees(referent: Referent, pronoun: str) -> bool:
    """Whether a pronoun ("m", "f", "they", "it") can stand for a referent."""
    if pronoun in {"m", "f"}:
        human = referent.kind in {"person", "unnamed"} and not referent.plural
        return human and fits(referent.gender, pronoun)
    if pronoun == "they":
        return referent.plural or referent.kind in {"group", "organisation"}
    return not referent.plural and referent.kind in {"organisation", "document", "group"}


def fits(one: str, other: str) -> bool:
    """Whether two genders are the same, or one isn't known."""
    return not one or not other or one == other
