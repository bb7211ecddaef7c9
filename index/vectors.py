"""Nearest passages by cosine, with FAISS; its only importer.

Up to `EXACT` vectors every one is compared. Beyond, they lie in lists, each around a centre, and
only the lists nearest to the question are looked at (inverted file: Jégou and others, PAMI 2011),
in half precision and mapped from the disk. How many lists is measured when the index is made.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .errors import ArchiveFormatError

if TYPE_CHECKING:
    import faiss

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

EXACT = 100_000
"""Most vectors that are all compared with a question: 12 ms on one core."""

RECALL, NEAREST = 0.98, 10
"""The share of the truly nearest that must be found of so many, on vectors held out."""

_PROBES = 200
_TRAINED = 40  # vectors a list that its centre is the mean of; FAISS warns below 39
_ROUNDS = 8  # of k-means


class Setting(NamedTuple):
    """How an approximate index was made, and what it finds.

    Attributes:
        lists, probed: How many lists there are, and are looked at for a question.
        recall: Share of the 10 truly nearest that was found, on vectors held out.
        trained: How many vectors there were then.
    """

    lists: int
    probed: int
    recall: float
    trained: int


class VectorIndex:
    """An index of unit vectors, each under a number of its own; safe to search from many threads.

    Args:
        index: A FAISS index with ids and inner product.
        setting: None for an exact one.
        exact: Most vectors of an exact index.
    """

    def __init__(
        self, index: faiss.Index, setting: Setting | None = None, exact: int = EXACT
    ) -> None:
        self._index = index
        self._exact = exact
        self.setting = setting

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def of(cls, ids: Ids, vectors: Vectors, *, exact: int = EXACT) -> VectorIndex:
        """Index `vectors`, float32, (n, d), unit rows, under `ids`, int64, (n,)."""
        count, dimension = vectors.shape
        sample = vectors[draw(count, exact=exact)]
        return cls.make(count, dimension, sample, [(ids, vectors)], exact=exact)

    @classmethod
    def make(
        cls,
        count: int,
        dimension: int,
        sample: Vectors,
        batches: Iterable[tuple[Ids, Vectors]],
        *,
        exact: int = EXACT,
    ) -> VectorIndex:
        """Index vectors that needn't be in memory all at once.

        Args:
            count: How many there are.
            sample: Those in the places that `draw` names.
            batches: Ids and vectors as `of` takes them.
            exact: Most of them that are compared one by one.
        """
        import faiss

        if _is_exact(count, exact):
            flat = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
            for ids, vectors in batches:
                flat.add_with_ids(np.ascontiguousarray(vectors), ids)
            return cls(flat, exact=exact)
        trial = _Trial(sample[: 3 * _PROBES])
        lists = _lists(count)
        index = _train(sample[3 * _PROBES :], lists)
        for ids, vectors in batches:
            index.add_with_ids(np.ascontiguousarray(vectors), ids)
            trial.add(ids, vectors)
        probed, recall = trial.choose(index, lists)
        return cls(index, Setting(lists, probed, round(recall, 4), count), exact)

    @property
    def outgrown(self) -> bool:
        """Whether it should be made anew.

        It holds more than an exact one may, or twice what an approximate one was trained for.
        """
        return len(self) > (2 * self.setting.trained if self.setting else self._exact)

    def change(self, gone: Sequence[int], ids: Ids, vectors: Vectors) -> None:
        """Drop the vectors of the ids `gone`, and add others as `of` takes them.

        The index mustn't be mapped.
        """
        import faiss

        if len(gone):
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(gone, np.int64)))
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors), ids)

    @classmethod
    def read(cls, path: Path, *, mapped: bool = False, exact: int = EXACT) -> VectorIndex:
        """Read what `write` wrote.

        Args:
            mapped: Leave an approximate index on the disk; it can't be changed then.

        Raises:
            ArchiveFormatError: The file is damaged.
        """
        import faiss

        try:
            noted = json.loads(_beside(path).read_text(encoding="utf-8"))
            setting = Setting(**noted["setting"]) if noted["setting"] else None
            # A mapped file that was cut off would end the process when it is searched.
            is_whole = noted["bytes"] == path.stat().st_size
            is_mapped = mapped and setting is not None and os.name != "nt"
            index: Any = None
            if is_whole:
                index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP if is_mapped else 0)
        except (RuntimeError, OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(path) from error
        if not is_whole:
            raise _damaged(path)
        if is_mapped:
            # Threads that read ahead cost more than they save where the file is in memory.
            lists: Any = faiss.downcast_InvertedLists(index.invlists)
            lists.prefetch_nthread = 0
        return cls(index, setting, exact)

    def write(self, path: Path) -> None:
        """Write to `path`, and beside it, as JSON, the setting and how long the file is."""
        import faiss

        faiss.write_index(self._index, str(path))
        noted = {
            "bytes": path.stat().st_size,
            "setting": self.setting._asdict() if self.setting else None,
        }
        _beside(path).write_text(json.dumps(noted, indent=2), encoding="utf-8")

    def describe(self) -> str:
        """Say in a few words how it searches."""
        if self.setting is None:
            return "exact"
        lists, probed, recall, _ = self.setting
        return f"{probed} of {lists} lists, recall@{NEAREST} {recall:.3f} on held-out vectors"

    def nearest(
        self, vector: Vectors, limit: int, *, allowed: Sequence[int] | Ids | None = None
    ) -> dict[int, float]:
        """Return the ids nearest to `vector`, (d,), with their cosines, best first.

        Args:
            allowed: The only ids to look at, none negative; None for all.
        """
        import faiss

        limit = min(limit, len(self))
        if limit == 0 or (allowed is not None and len(allowed) == 0):
            return {}
        # FAISS's stubs don't know that its parameters are given as keywords.
        chosen: dict[str, Any] = {}
        if allowed is not None:
            bitmap: Any = faiss.IDSelectorBitmap
            chosen["sel"] = bitmap(_bits(np.asarray(allowed, np.int64)))
        kind = faiss.SearchParameters
        if self.setting is not None:
            kind = faiss.SearchParametersIVF
            # The fewer of a list's vectors are allowed, the more lists are looked at.
            share = 1.0 if allowed is None else min(1.0, len(allowed) / len(self))
            chosen["nprobe"] = min(self.setting.lists, round(self.setting.probed / share))
        cosines, ids = self._index.search(vector[None], limit, params=kind(**chosen))
        return {int(i): float(c) for i, c in zip(ids[0], cosines[0], strict=True) if i >= 0}


def draw(count: int, *, exact: int = EXACT) -> Ids:
    """Return the places, of `count`, of the vectors that `VectorIndex.make` takes as a sample.

    They are drawn by chance, always the same; none for an exact index.
    """
    wanted = 0 if _is_exact(count, exact) else 3 * _PROBES + _TRAINED * _lists(count)
    return np.random.default_rng(0).permutation(count)[:wanted].astype(np.int64)


def _is_exact(count: int, exact: int) -> bool:
    return count <= max(exact, 5 * _PROBES)  # fewer can't be trained and tried


def _lists(count: int) -> int:
    return int(1.6 * math.sqrt(count))


def _train(sample: Vectors, lists: int) -> faiss.IndexIVFScalarQuantizer:
    import faiss

    dimension = sample.shape[1]
    # Half precision: with eight bits, recall ends at .986 however many lists are looked at.
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,  # noqa: FBT003 (the vectors themselves, not what is left after their centre)
    )
    index.cp.niter = _ROUNDS
    index.cp.min_points_per_centroid = 1  # no warning of a test's few
    index.train(np.ascontiguousarray(sample))
    return index


class _Trial:
    """What is truly nearest to some probes, gathered batch by batch, and how much of it is found.

    A probe is the mean of three vectors held out: about as far from any one passage as questions
    are, and as hard. A vector of the archive's own would be found in the first list.
    """

    def __init__(self, held: Vectors) -> None:
        mean = held.reshape(-1, 3, held.shape[1]).sum(axis=1)
        self._probes = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
        self._ids = np.full((len(mean), NEAREST), -1, np.int64)
        self._cosines = np.full((len(mean), NEAREST), -2, np.float32)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Look through some more vectors for what is nearest."""
        cosines = np.hstack([self._cosines, self._probes @ vectors.T])
        among = np.hstack([self._ids, np.broadcast_to(ids, (len(self._ids), len(ids)))])
        best = np.argpartition(-cosines, NEAREST - 1, axis=1)[:, :NEAREST]
        self._ids = np.take_along_axis(among, best, axis=1)
        self._cosines = np.take_along_axis(cosines, best, axis=1)

    def choose(self, index: faiss.IndexIVF, lists: int) -> tuple[int, float]:
        """Return how many lists to look at, the fewest that reach `RECALL`, and the recall."""
        probed, recall = 1, self._recall(index, 1)
        while recall < RECALL and probed < lists:
            probed = min(lists, max(probed + 1, round(probed * 1.4)))
            recall = self._recall(index, probed)
        return probed, recall

    def _recall(self, index: faiss.IndexIVF, probed: int) -> float:
        index.nprobe = probed
        _, found = index.search(self._probes, NEAREST)
        return float(np.mean([np.isin(a, b).mean() for a, b in zip(self._ids, found, strict=True)]))


def _bits(ids: Ids) -> npt.NDArray[np.uint8]:
    """Return a bit for each number up to the largest, set for `ids`."""
    chosen = np.zeros(int(ids.max()) + 1, dtype=np.bool_)
    chosen[ids] = True
    return np.packbits(chosen, bitorder="little")


def _damaged(path: Path) -> ArchiveFormatError:
    return ArchiveFormatError(
        "the vector index is damaged; delete this file, it is remade from the archive", path=path
    )


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")
