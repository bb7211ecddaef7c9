"""Find which attributions stand inside what another one says: "Orr said that Lund had promised"."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple


class Part(NamedTuple):
    """The places, of words or characters, that an attribution's cue and content take up."""

    cue: AbstractSet[int]
    content: AbstractSet[int]


def find(parts: Sequence[Part]) -> list[int | None]:
    """Return for each attribution the number of the innermost one whose content it stands in.

    It stands there if its cue does, and if it doesn't itself hold the other one's cue: of two that
    hold each other, as a bad parse may give, neither is inside.
    """
    holders: dict[int, list[int]] = {min(part.cue): [] for part in parts if part.cue}
    for number, part in enumerate(parts):
        for place in holders.keys() & part.content:
            holders[place].append(number)
    return [_innermost(parts, holders, number) for number in range(len(parts))]


def _innermost(parts: Sequence[Part], holders: dict[int, list[int]], number: int) -> int | None:
    own = parts[number]
    if not own.cue:
        return None
    around = [
        other
        for other in holders[min(own.cue)]
        if own.cue <= parts[other].content
        and not (parts[other].cue and parts[other].cue <= own.content)
    ]
    return min(around, key=lambda other: len(parts[other].content), default=None)
