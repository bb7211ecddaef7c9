"""From what the network finds for each cue to attributions that can stand beside one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

SHARED = 0.5
"""Of two cues that claim the same content, the surer keeps it if this share of it is common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One attribution, as places in `Parse.tokens`, each in order.

    Attributes:
        head: The cue's head.
        chance: The probability that it is one.
    """

    head: int
    chance: float
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


def snap(found: Found, quotations: Iterable[range]) -> Found:
    """Take a quotation whole, marks included, where half of it or more is in the content."""
    content = set(found.content)
    taken = {*found.source, *found.cue}
    for whole in quotations:
        inside = content.intersection(whole)
        if inside and 2 * len(inside) >= len(whole) and not taken.intersection(whole):
            content.update(whole)
    return replace(found, content=tuple(sorted(content)))


def choose(found: Iterable[Found]) -> list[Found]:
    """Keep the surest: no cue stands in another's content, no content is mostly another's."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-one.chance, one.head)):
        if not any(one.head in other.content for other in kept):
            kept.append(one)
    outer = [
        one
        for one in kept
        if not any(one.head in other.content and other.head not in one.content for other in kept)
    ]
    taken: set[int] = set()
    free = []
    for one in outer:
        if len(taken.intersection(one.content)) <= SHARED * len(one.content):
            taken.update(one.content)
            free.append(one)
    return sorted(free, key=lambda one: one.head)
