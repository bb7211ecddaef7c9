"""Keep evidence within a budget of tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .records import Evidence


def fit(
    evidence: Sequence[Evidence], limit: int, count: Callable[[str], int]
) -> tuple[Evidence, ...]:
    """Return the best pieces whose passages, each counted once, hold at most `limit` tokens.

    The first piece is kept however long it is: an answer needs something to cite.
    """
    kept: list[Evidence] = []
    seen: set[str] = set()
    spent = 0
    for piece in evidence:
        if piece.passage.id not in seen:
            spent += count(piece.article.quote(piece.passage.span))
            seen.add(piece.passage.id)
        if kept and spent > limit:
            break
        kept.append(piece)
    return tuple(kept)
