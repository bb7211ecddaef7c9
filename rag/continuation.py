"""What a speaker goes on to say: statements of one speaker side by side are one piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from index.records import Attribution, Span

from .extents import LONGEST, around, extent
from .records import Evidence

GAP = 350
"""Most characters between two statements of one speaker that are shown as one piece."""


def join(
    evidence: Iterable[Evidence], attributions_of: Callable[[str], Sequence[Attribution]]
) -> Iterator[Evidence]:
    """Yield the pieces, each with what its speaker says right before and after it.

    A piece that stands in an earlier one is left out, as is one without an attribution. What an
    author writes stands alone, and between nobody's statements.

    Args:
        evidence: Best first.
        attributions_of: Returns an article's attributions by its id.
    """
    held: set[str] = set()
    for piece in evidence:
        if piece.attribution is None or piece.attribution.id in held:
            continue
        beside = _beside(piece.attribution, attributions_of(piece.article.id))
        held |= {piece.attribution.id, *(stated.id for stated in beside)}
        yield replace(piece, beside=tuple(beside))


def _beside(first: Attribution, stated: Sequence[Attribution]) -> list[Attribution]:
    """Return the statements that continue `first` or lead up to it, in reading order."""
    ordered = sorted((one for one in stated if one.kind != "written"), key=extent)
    place = next((n for n, other in enumerate(ordered) if other.id == first.id), None)
    if place is None or first.speaker_id is None:
        return []
    span = extent(first)
    later, span = _walk(ordered[place + 1 :], first.speaker_id, span)
    earlier, span = _walk(ordered[:place][::-1], first.speaker_id, span)
    return [*earlier[::-1], *later]


def _walk(
    others: Iterable[Attribution], speaker_id: str, span: Span
) -> tuple[list[Attribution], Span]:
    """Take the speaker's statements one after another, until somebody else speaks between."""
    taken: list[Attribution] = []
    for other in others:
        reach = extent(other)
        whole = around([span, reach])
        if other.speaker_id == speaker_id:
            apart = max(reach.start - span.end, span.start - reach.end)
            if apart > GAP or whole.end - whole.start > LONGEST:
                break
            taken.append(other)
            span = whole
        elif other.within is None and (reach.start >= span.end or reach.end <= span.start):
            break
    return taken, span
