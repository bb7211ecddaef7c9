"""What an article talks about, one record for each, and which pronouns may stand for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..records import SpeakerKind
from .cast import Person
from .genders import Gender

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
