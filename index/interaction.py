"""Late interaction of a question with passages, and with the attributions in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .records import Attribution, Passage, Span
from .token_vectors import Runs, TokenVectors, Vectors, best_matches, max_sim, similarities

Ints = npt.NDArray[np.int64]
Scores = dict[str, float]


class Loaded(NamedTuple):
    """A passage with all that search needs of it.

    Attributes:
        codes: Its compressed token vectors.
        statements: Which tokens are an attribution's source, cue or content, grouped by its place
            in `attributions`.
        contents: Which are its content.
    """

    passage: Passage
    attributions: Sequence[Attribution]
    codes: npt.NDArray[np.uint8]
    statements: Runs
    contents: Runs


def load(passage: Passage, attributions: Sequence[Attribution], tokens: TokenVectors) -> Loaded:
    """Return a passage ready to be compared with questions."""
    return Loaded(
        passage,
        attributions,
        tokens.codes,
        _runs(tokens, passage, [(*a.source, *a.cue, *a.content) for a in attributions]),
        _runs(tokens, passage, [a.content for a in attributions]),
    )


def interact(
    question: Vectors, weights: Vectors, loaded: Sequence[Loaded]
) -> list[tuple[Scores, list[Scores]]]:
    """Return, for each passage, its own scores and those of each attribution in it; all MaxSim.

    A passage has "late", and "article": what all given passages of its article match together. An
    attribution has "within", and "content": what its content alone matches.

    Args:
        question: The question's tokens, (q, 64), unit rows.
        weights: (q,), not negative.
        loaded: At least one passage.
    """
    cosines = similarities(question, np.concatenate([one.codes for one in loaded]))
    rows = np.cumsum([0, *(len(one.codes) for one in loaded)])
    places = np.cumsum([0, *(len(one.attributions) for one in loaded)])
    whole = np.column_stack([rows[:-1], rows[1:], np.arange(len(loaded))])
    statements = _together([one.statements for one in loaded], rows, places)
    contents = _together([one.contents for one in loaded], rows, places)
    passages = best_matches(cosines, whole, len(loaded))

    def scored(**matches: Vectors) -> list[Scores]:
        columns = [max_sim(found, weights).tolist() for found in matches.values()]
        return [dict(zip(matches, row, strict=True)) for row in zip(*columns, strict=True)]

    of_passages = scored(late=passages, article=_of_articles(passages, loaded))
    of_attributions = scored(
        within=best_matches(cosines, statements, int(places[-1])),
        content=best_matches(cosines, contents, int(places[-1])),
    )
    return [
        (own, of_attributions[first:last])
        for own, (first, last) in zip(of_passages, pairwise(places), strict=True)
    ]


def _runs(tokens: TokenVectors, passage: Passage, groups: Iterable[Iterable[Span]]) -> Runs:
    """Return the passage's tokens that stand in each group of spans."""
    spans = np.array(
        [(start, end, n) for n, group in enumerate(groups) for start, end in group],
        dtype=np.int64,
    ).reshape(-1, 3)
    # What stands before the passage mustn't be looked for in its prefix.
    places = np.maximum(spans[:, :2] - passage.span.start, 0)
    spans[:, :2] = np.searchsorted(tokens.starts, places)
    return spans


def _together(runs: Iterable[Runs], rows: Ints, places: Ints) -> Runs:
    """Return each passage's runs as rows and groups of all passages."""
    return np.concatenate(
        [
            np.add(own, (row, row, place))
            for own, row, place in zip(runs, rows, places, strict=False)
        ]
    )


def _of_articles(passages: Vectors, loaded: Sequence[Loaded]) -> Vectors:
    """Return, for each passage, the best matches in all passages of its article."""
    places: dict[str, int] = {}
    which = [places.setdefault(one.passage.article_id, len(places)) for one in loaded]
    best = np.full((len(places), passages.shape[1]), -1, dtype=np.float32)
    np.maximum.at(best, which, passages)
    return np.asarray(best[which])
