"""Late interaction of a question with passages, and with the attributions in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .records import Attribution, Passage, Span
from .token_vectors import Runs, TokenVectors, Vectors, best_matches, max_sim, similarities

Ints = npt.NDArray[np.int64]
Scores = dict[str, float]


class Sought(NamedTuple):
    """A text that passages are compared with.

    Attributes:
        tokens: (q, 64), unit rows.
        weights: (q,), not negative.
    """

    tokens: Vectors
    weights: Vectors


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
    question: Sought, loaded: Sequence[Loaded], topic: Sought | None = None
) -> list[tuple[Scores, list[Scores]]]:
    """Return, for each passage, its own scores and those of each attribution in it; all MaxSim.

    A passage has "late", and "article": what all given passages of its article match together. An
    attribution has "within", and "content": what its content alone matches. Where there is a
    topic, the passage has "topic" and the attribution "topic within": the same two of that alone.

    Args:
        loaded: At least one passage.
    """
    sought = [question, *([topic] if topic else [])]
    cosines = similarities(
        np.concatenate([one.tokens for one in sought]),
        np.concatenate([one.codes for one in loaded]),
    )
    rows = np.cumsum([0, *(len(one.codes) for one in loaded)])
    places = np.cumsum([0, *(len(one.attributions) for one in loaded)])
    whole = np.column_stack([rows[:-1], rows[1:], np.arange(len(loaded))])
    statements = _together([one.statements for one in loaded], rows, places)
    contents = _together([one.contents for one in loaded], rows, places)
    ends = len(question.tokens)
    passages = best_matches(cosines, whole, len(loaded))
    stated = best_matches(cosines, statements, int(places[-1]))
    content = best_matches(cosines[:, :ends], contents, int(places[-1]))
    of_passages = {
        "late": max_sim(passages[:, :ends], question.weights),
        "article": max_sim(_of_articles(passages[:, :ends], loaded), question.weights),
    }
    of_attributions = {
        "within": max_sim(stated[:, :ends], question.weights),
        "content": max_sim(content, question.weights),
    }
    if topic:
        of_passages["topic"] = max_sim(passages[:, ends:], topic.weights)
        of_attributions["topic within"] = max_sim(stated[:, ends:], topic.weights)
    scored = _by_row(of_attributions)
    return [
        (own, scored[first:last])
        for own, (first, last) in zip(_by_row(of_passages), pairwise(places), strict=True)
    ]


def _by_row(columns: Mapping[str, Vectors]) -> list[Scores]:
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


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
