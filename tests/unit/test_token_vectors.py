"""Compressed token vectors, against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import SentenceEmbedder
from index.token_vectors import (
    DIMENSION,
    TokenVectors,
    Vectors,
    best_matches,
    compress,
    decompress,
    fit_projection,
    known_projection,
    max_sim,
    project,
    similarities,
)


def unit_rows(count: int, dimension: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def passage(count: int, seed: int = 0) -> TokenVectors:
    codes = compress(unit_rows(count, DIMENSION, seed), np.eye(DIMENSION, dtype=np.float32))
    return TokenVectors(
        codes, np.arange(count, dtype=np.int32) + 1000, np.arange(count, dtype=np.int32) * 5 - 7
    )


@given(st.integers(0, 40))
def test_bytes_and_back_loses_nothing_and_takes_40_bytes_a_token(count: int) -> None:
    before = passage(count, seed=count)
    data = before.to_bytes()
    after = TokenVectors.from_bytes(data)
    assert len(data) == 40 * count
    for had, has in zip(before, after, strict=True):
        assert (has.shape, has.dtype) == (had.shape, had.dtype)
        assert np.array_equal(had, has)


def test_a_vector_comes_back_in_nearly_the_same_direction() -> None:
    rows = unit_rows(500, DIMENSION)
    codes = compress(rows, np.eye(DIMENSION, dtype=np.float32))
    assert (codes.shape, codes.dtype) == ((500, 32), np.uint8)
    back = decompress(codes)
    assert np.allclose(np.linalg.norm(back, axis=1), 1, atol=1e-5)
    assert (rows * back).sum(axis=1).min() > 0.98


def test_levels_come_back_exactly() -> None:
    levels = np.tile(np.arange(-7, 8), 64)[: 14 * DIMENSION].reshape(14, DIMENSION)
    rows = levels / np.linalg.norm(levels, axis=1, keepdims=True)
    back = decompress(compress(rows.astype(np.float32), np.eye(DIMENSION, dtype=np.float32)))
    assert np.allclose(back, rows, atol=1e-6)


def test_a_zero_vector_stays_zero() -> None:
    zero = np.zeros((1, DIMENSION), dtype=np.float32)
    identity = np.eye(DIMENSION, dtype=np.float32)
    assert np.array_equal(decompress(compress(zero, identity)), zero)
    assert np.array_equal(project(zero, identity), zero)


def test_the_projection_keeps_dot_products_of_what_it_was_fitted_to() -> None:
    # 384 dimensions, but all rows lie in 64 of them: nothing need be lost.
    rows = unit_rows(300, DIMENSION) @ np.linalg.qr(unit_rows(384, DIMENSION, seed=1))[0].T
    projection = fit_projection([rows[:100], rows[100:]])
    assert (projection.shape, projection.dtype) == ((384, DIMENSION), np.float32)
    assert np.allclose(projection.T @ projection, np.eye(DIMENSION), atol=1e-4)
    projected = project(rows, projection)
    assert np.allclose(projected @ projected.T, rows @ rows.T, atol=1e-4)


def test_the_projection_keeps_the_strongest_directions() -> None:
    strengths = np.repeat([3.0, 1.0], [DIMENSION, 36])
    projection = fit_projection([(unit_rows(4000, 100) * strengths).astype(np.float32)])
    kept = np.linalg.norm(projection, axis=1)  # of each axis, 0 to 1
    assert kept[:DIMENSION].min() > 0.98
    assert kept[DIMENSION:].max() < 0.2


def test_similarities_are_the_cosines_of_all_tokens() -> None:
    question, one = unit_rows(4, DIMENSION, seed=9), passage(8)
    found = similarities(question, one.codes)
    assert found.shape == (8, 4)
    assert np.allclose(found, decompress(one.codes) @ question.T, atol=1e-6)


def test_no_tokens_have_no_similarities() -> None:
    assert similarities(unit_rows(4, DIMENSION), passage(0).codes).shape == (0, 4)


COSINES = np.array([[0.1, -0.5], [0.9, -0.4], [-0.2, -0.9]], dtype=np.float32)
"""Of three tokens of a passage and two of a question."""


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([(0, 3)], (0.9, -0.4)),
        ([(0, 1), (2, 3)], (0.1, -0.5)),
        ([(2, 3), (0, 1)], (0.1, -0.5)),
        ([(1, 3), (1, 1), (0, 2)], (0.9, -0.4)),
        ([(1, 1)], (0, 0)),
        ([], (0, 0)),
    ],
)
def test_each_token_of_the_question_gets_its_best_match(
    runs: list[tuple[int, int]], expected: tuple[float, float]
) -> None:
    places = np.array([(*run, 0) for run in runs], dtype=np.int64).reshape(-1, 3)
    assert best_matches(COSINES, places, 1)[0].tolist() == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4)), max_size=12))
def test_each_group_has_the_matches_of_its_own_tokens(runs: list[tuple[int, int, int]]) -> None:
    cosines = unit_rows(9, 3)
    by_group = sorted(runs, key=lambda run: run[2])
    found = best_matches(cosines, np.array(by_group, dtype=np.int64).reshape(-1, 3), 5)
    for group in range(5):
        rows = [n for first, last, of in runs if of == group for n in range(first, last)]
        expected = cosines[rows].max(axis=0) if rows else np.zeros(3)
        assert np.array_equal(found[group], expected)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [([1, 1], (0.9 - 0.4) / 2), ([3, 1], (3 * 0.9 - 0.4) / 4), ([1, 0], 0.9), ([0, 0], 0)],
)
def test_max_sim_is_the_weighted_mean_of_the_best_matches(
    weights: list[float], expected: float
) -> None:
    matches = COSINES.max(axis=0, keepdims=True)
    found = max_sim(matches, np.array(weights, dtype=np.float32))
    assert found.tolist() == pytest.approx([expected])


def test_the_bundled_model_has_directions_of_its_own(embedder: SentenceEmbedder) -> None:
    """They keep unseen tokens' cosines far better than directions fitted to one small text."""
    projection = known_projection(embedder.fingerprint)
    assert projection is not None
    assert projection.shape == (embedder.dimension, DIMENSION)
    texts = [
        "Mayor Brandvold said the ferry would be free of charge until the bridge opened again.",
        "Farmers near Osk fear that the new reservoir will drown their oldest orchards.",
    ]
    tokens = np.concatenate([encoding.tokens for encoding in embedder.encode(texts)])
    true = (tokens @ tokens.T).ravel()
    kept = project(tokens, projection)
    assert np.corrcoef(true, (kept @ kept.T).ravel())[0, 1] > 0.9
    assert known_projection("another model") is None
