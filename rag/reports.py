"""Reports within reports: of "A says that B told her", both A and B are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from index.records import Attribution, Span, Speaker

from .records import Evidence


def unfold(
    pieces: Sequence[Evidence],
    attributions_of: Callable[[str], Sequence[Attribution]],
    speaker_of: Mapping[str, Speaker],
    following: int,
) -> list[Evidence]:
    """Return the pieces, the first that reports another one's words in front, those words next.

    Args:
        attributions_of: Returns an article's attributions by its id.
        following: The first number that no evidence has yet.
    """
    for piece in pieces:
        found = _partners(piece, attributions_of(piece.article.id), speaker_of)
        if found:
            beside = [
                _piece(piece, stated, speaker_of, following + n) for n, stated in enumerate(found)
            ]
            return [piece, *beside, *(other for other in pieces if other is not piece)]
    return list(pieces)


def _partners(
    piece: Evidence, stated: Sequence[Attribution], speaker_of: Mapping[str, Speaker]
) -> list[Attribution]:
    """Return what others are told to say in a piece, and then who tells what it tells."""
    own = piece.attribution
    if own is None:
        return []
    others = [
        other
        for other in stated
        if other.speaker_id in speaker_of and other.speaker_id != own.speaker_id
    ]
    told = [other for other in others if _holds(own, other)]
    return told + [other for other in others if _holds(other, own) and other not in told]


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Say whether one statement reports another, as all of an opinion piece does those in it."""
    if outer.kind != "written" or inner.kind == "written":
        return inner.within == outer.id
    return any(start <= inner.content[0].start < end for start, end in outer.content)


def _piece(
    piece: Evidence, stated: Attribution, speaker_of: Mapping[str, Speaker], number: int
) -> Evidence:
    return replace(
        piece,
        number=number,
        span=Span(stated.content[0].start, stated.content[-1].end),
        attribution=stated,
        speaker=speaker_of[str(stated.speaker_id)],
        beside=(),
    )
