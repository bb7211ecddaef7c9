"""The vector index finds what a plain product with every vector finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArchiveFormatError
from index.vectors import Ids, VectorIndex, Vectors, draw

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


# What follows is of the approximate index: a few thousand vectors, and a limit below them.

MANY, LOW = 4000, 1000


def clustered(count: int, seed: int) -> Vectors:
    """Return unit rows in 60 clusters, as texts have topics."""
    rng = np.random.default_rng(seed)
    rows = unit_rows(60, 99)[rng.integers(60, size=count)] + 0.1 * rng.normal(
        size=(count, DIMENSION)
    )
    rows = rows.astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def many() -> tuple[Ids, Vectors, VectorIndex]:
    ids, vectors = scattered(MANY, 5), clustered(MANY, 5)
    return ids, vectors, VectorIndex.of(ids, vectors, exact=LOW)


def recall(
    index: VectorIndex, ids: Ids, vectors: Vectors, *, allowed: Ids | None = None, limit: int = 10
) -> float:
    """Return the share of the truly nearest, of 100 means of two vectors, that is found."""
    kept = np.isin(ids, ids if allowed is None else allowed)
    ids, rows = ids[kept], vectors[kept]
    probes = vectors[:100] + vectors[100:200]
    probes /= np.linalg.norm(probes, axis=1, keepdims=True)
    found = 0
    for probe in probes:
        true = set(ids[np.argsort(-(rows @ probe))[:limit]].tolist())
        found += len(true & index.nearest(probe, limit, allowed=allowed).keys())
    return found / (100 * limit)


def test_few_vectors_are_all_compared_and_many_are_not(
    many: tuple[Ids, Vectors, VectorIndex],
) -> None:
    ids, vectors, index = many
    assert VectorIndex.of(ids[:LOW], vectors[:LOW], exact=LOW).setting is None
    setting = index.setting
    assert setting is not None
    assert setting.trained == len(index) == MANY
    assert 1 <= setting.probed < setting.lists


def test_the_approximate_index_finds_what_it_says_it_finds(
    many: tuple[Ids, Vectors, VectorIndex],
) -> None:
    ids, vectors, index = many
    assert index.setting is not None
    assert index.setting.recall >= 0.98
    assert recall(index, ids, vectors) >= 0.97
    assert f"recall@10 {index.setting.recall:.3f}" in index.describe()


@pytest.mark.parametrize("share", [0.5, 0.05, 0.005])
def test_however_few_are_allowed_the_nearest_of_them_are_found(
    many: tuple[Ids, Vectors, VectorIndex], share: float
) -> None:
    ids, vectors, index = many
    allowed = np.sort(ids[np.random.default_rng(1).random(MANY) < share])
    assert recall(index, ids, vectors, allowed=allowed) >= 0.97
    assert set(index.nearest(vectors[0], MANY, allowed=allowed)) <= set(allowed.tolist())


def test_its_cosines_are_true_ones_to_three_digits(
    many: tuple[Ids, Vectors, VectorIndex],
) -> None:
    ids, vectors, index = many
    place = {int(number): row for row, number in enumerate(ids)}
    found = index.nearest(vectors[7], 20)
    assert next(iter(found)) == ids[7]
    for number, cosine in found.items():
        assert cosine == pytest.approx(float(vectors[place[number]] @ vectors[7]), abs=1e-3)


def test_vectors_given_in_batches_make_the_same_index(
    many: tuple[Ids, Vectors, VectorIndex],
) -> None:
    ids, vectors, index = many
    batches = ((ids[n : n + 700], vectors[n : n + 700]) for n in range(0, MANY, 700))
    sample = vectors[draw(MANY, exact=LOW)]
    made = VectorIndex.make(MANY, DIMENSION, sample, batches, exact=LOW)
    assert made.setting == index.setting
    assert made.nearest(vectors[3], 30) == pytest.approx(index.nearest(vectors[3], 30))


@pytest.mark.parametrize("mapped", [True, False])
def test_it_is_read_again_from_memory_or_from_the_disk(
    many: tuple[Ids, Vectors, VectorIndex], tmp_path: Path, *, mapped: bool
) -> None:
    ids, vectors, index = many
    index.write(tmp_path / "vectors.faiss")
    again = VectorIndex.read(tmp_path / "vectors.faiss", mapped=mapped)
    assert (len(again), again.setting) == (MANY, index.setting)
    for vector in vectors[:5]:
        assert again.nearest(vector, 50) == index.nearest(vector, 50)
        allowed = np.sort(ids[::3])
        assert again.nearest(vector, 50, allowed=allowed) == index.nearest(
            vector, 50, allowed=allowed
        )


@pytest.mark.parametrize("mapped", [True, False])
@pytest.mark.parametrize("kept", [0, 40, 0.5, -1])
def test_a_torn_approximate_index_is_our_error_and_ends_no_process(
    many: tuple[Ids, Vectors, VectorIndex], tmp_path: Path, kept: float, *, mapped: bool
) -> None:
    path = tmp_path / "vectors.faiss"
    many[2].write(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept) if 0 < kept < 1 else int(kept)])
    with pytest.raises(ArchiveFormatError, match="vector index is damaged"):
        VectorIndex.read(path, mapped=mapped)


def test_vectors_come_and_go_until_it_is_outgrown(tmp_path: Path) -> None:
    ids, vectors = np.arange(MANY, dtype=np.int64), clustered(MANY, 6)
    VectorIndex.of(ids[:1500], vectors[:1500], exact=LOW).write(tmp_path / "vectors.faiss")
    index = VectorIndex.read(tmp_path / "vectors.faiss", exact=LOW)
    index.change(range(100), ids[1500:3000], vectors[1500:3000])
    assert (len(index), index.outgrown) == (2900, False)
    assert recall(index, ids[100:3000], vectors[100:3000]) >= 0.95
    assert not set(index.nearest(vectors[5], 2900)) & set(range(100))
    index.change([], ids[3000:], vectors[3000:])
    assert index.outgrown
    small = VectorIndex.of(ids[:900], vectors[:900], exact=LOW)
    small.change([], ids[900:LOW], vectors[900:LOW])
    assert not small.outgrown
    small.change([], ids[LOW : LOW + 1], vectors[LOW : LOW + 1])
    assert small.outgrown
