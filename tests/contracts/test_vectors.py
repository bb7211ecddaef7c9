"""The vector index finds what a plain product with every vector finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArchiveFormatError
from index.vectors import Ids, VectorIndex, Vectors

DIMENSION = 24


def unit_rows(count: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))


def scattered(count: int, seed: int) -> Ids:
    """Return ids in no order, with gaps."""
    return np.random.default_rng(seed).permutation(5 * count)[:count].astype(np.int64)


def brute_force(
    ids: Ids, vectors: Vectors, vector: Vectors, limit: int, allowed: list[int] | None
) -> list[tuple[int, float]]:
    scored = [(int(i), float(row @ vector)) for i, row in zip(ids, vectors, strict=True)]
    kept = [pair for pair in scored if allowed is None or pair[0] in allowed]
    return sorted(kept, key=lambda pair: -pair[1])[:limit]


@settings(max_examples=150)
@given(st.integers(0, 40), st.integers(0, 50), st.integers(0, 10**6), st.data())
def test_nearest_is_what_brute_force_finds(
    count: int, limit: int, seed: int, data: st.DataObject
) -> None:
    ids, vectors = scattered(count, seed), unit_rows(count, seed)
    anything = st.lists(st.integers(0, 5 * count), unique=True)
    allowed = data.draw(st.none() | anything | st.just([int(i) for i in ids[::2]]))
    vector = unit_rows(1, seed + 1)[0]
    found = VectorIndex.of(ids, vectors).nearest(vector, limit, allowed=allowed)
    expected = brute_force(ids, vectors, vector, limit, allowed)
    assert list(found) == [number for number, _ in expected]
    assert list(found.values()) == pytest.approx([cosine for _, cosine in expected], abs=1e-6)


def test_a_vector_is_nearest_to_itself_with_cosine_one() -> None:
    ids, vectors = scattered(50, 1), unit_rows(50, 1)
    index = VectorIndex.of(ids, vectors)
    assert len(index) == 50
    for number, vector in zip(ids, vectors, strict=True):
        found = index.nearest(vector, 1)
        assert list(found) == [number]
        assert found[int(number)] == pytest.approx(1)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    ids, vectors = scattered(50, 2), unit_rows(50, 2)
    index = VectorIndex.of(ids, vectors)
    index.write(tmp_path / "vectors.faiss")
    again = VectorIndex.read(tmp_path / "vectors.faiss")
    assert len(again) == 50
    for vector in unit_rows(5, 3):
        assert again.nearest(vector, 50) == index.nearest(vector, 50)


@pytest.mark.parametrize("allowed", [None, [], [3]])
def test_an_empty_index_finds_nothing_before_and_after_it_is_written(
    tmp_path: Path, allowed: list[int] | None
) -> None:
    index = VectorIndex.of(np.zeros(0, np.int64), np.zeros((0, DIMENSION), np.float32))
    index.write(tmp_path / "vectors.faiss")
    for one in (index, VectorIndex.read(tmp_path / "vectors.faiss")):
        assert len(one) == 0
        assert one.nearest(unit_rows(1, 0)[0], 5, allowed=allowed) == {}


@pytest.mark.parametrize("kept", [0, 1, 40, 0.5, -1])
def test_a_torn_file_is_our_error(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "vectors.faiss"
    VectorIndex.of(scattered(50, 4), unit_rows(50, 4)).write(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept) if 0 < kept < 1 else int(kept)])
    with pytest.raises(ArchiveFormatError, match="vector index is damaged") as caught:
        VectorIndex.read(path)
    assert caught.value.path == path


def test_a_missing_file_and_one_of_another_kind_are_our_errors(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_bytes(b"The ferry is late. " * 500)
    for name in ("missing", "news.txt"):
        with pytest.raises(ArchiveFormatError):
            VectorIndex.read(tmp_path / name)


def test_after_a_change_the_index_finds_what_one_made_anew_finds() -> None:
    vectors, ids = unit_rows(30, 1), np.arange(30, dtype=np.int64)
    changed = VectorIndex.of(ids[:20], vectors[:20])
    changed.change([3, 7], ids[20:], vectors[20:])
    kept = np.array([n for n in range(30) if n not in {3, 7}])
    anew = VectorIndex.of(ids[kept], vectors[kept])
    assert changed.nearest(vectors[3], 30) == pytest.approx(anew.nearest(vectors[3], 30))
    assert len(changed) == 28
