"""Fit the ranker's weights to questions with gold: `python -m rag.training QUESTIONS ARCHIVE`.

A listwise softmax (Cao and others, ListNet, ICML 2007): of all statements that a search finds,
those that cover a piece of gold should get the probability. Prints the weights for `rag.ranking`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .assistant import Assistant
from .evaluation import Gold, covers, options_of, place, read_questions
from .ranking import WEIGHTS, features
from .records import Message

Floats = npt.NDArray[np.float64]

STEPS = 400
RATE = 0.05
_LATE = 4
"""The first so many weights are of late interaction."""

PRIOR = 1.0
"""Pull of every standardised weight towards 0, against one question's worth of gold."""


def collect(assistant: Assistant, questions: Iterable[Gold]) -> list[tuple[Floats, Floats]]:
    """Return, for each question whose gold is found, features (n, f) and relevance (n,), 0 or 1."""
    rows = []
    for gold in questions:
        if not gold["answerable"]:
            continue
        history = [Message(turn["role"], turn["content"]) for turn in gold.get("history") or ()]
        asked, hits = assistant.retrieve(
            gold["question"], history=history, options=options_of(gold)
        )
        stated = [hit for hit in hits if hit.attribution]
        pieces = [place(assistant, piece) for group in gold["evidence"] for piece in group]
        relevant = [
            float(any(covers(hit.article.id, hit.span, p) for p in pieces)) for hit in stated
        ]
        if any(relevant):
            rows.append((features(asked, stated, assistant.archive.speakers), np.array(relevant)))
    return rows


def fit(rows: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Return a weight for each feature, in the features' own units, by Adam from zero."""
    stacked = np.vstack([features_ for features_, _ in rows])
    scale = stacked.std(axis=0) + 1e-9
    lists = [(features_ / scale, relevant / relevant.sum()) for features_, relevant in rows]
    weights, first, second = (np.zeros(len(scale)) for _ in range(3))
    for step in range(1, STEPS + 1):
        gradient = PRIOR * weights / len(lists)
        for found, wanted in lists:
            scores = found @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            likely = chances * (wanted > 0)
            gradient += found.T @ (chances - likely / likely.sum()) / len(lists)
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights / scale)


def main(questions: Path, archive: Path) -> None:
    """Print the weights, those of late interaction adding up to what they do today.

    A weight of what no question has stays as it is.
    """
    rows = collect(Assistant.open(archive), read_questions(questions))
    weights, today = fit(rows), np.array(list(WEIGHTS.values()))
    weights *= sum(today[:_LATE]) / sum(weights[:_LATE])
    seen = np.any([np.any(found != 0, axis=0) for found, _ in rows], axis=0)
    weights = np.where(seen, weights, today)
    scaled = dict(zip(WEIGHTS, weights.round(3).tolist(), strict=True))
    print(json.dumps(scaled, indent=1))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
