"""Nearest passages by cosine, with FAISS; its only importer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .errors import ArchiveFormatError

if TYPE_CHECKING:
    import faiss

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


class VectorIndex:
    """An exact index of unit vectors, each under a number of its own.

    Args:
        index: A FAISS index with ids and inner product.
    """

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def of(cls, ids: Ids, vectors: Vectors) -> VectorIndex:
        """Index `vectors`, float32, (n, d), unit rows, under `ids`, int64, (n,)."""
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(np.ascontiguousarray(vectors), ids)
        return cls(index)

    def change(self, gone: Sequence[int], ids: Ids, vectors: Vectors) -> None:
        """Drop the vectors of the ids `gone`, and add others as `of` takes them."""
        import faiss

        if gone:
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(gone, np.int64)))
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors), ids)

    @classmethod
    def read(cls, path: Path) -> VectorIndex:
        """Read what `write` wrote.

        Raises:
            ArchiveFormatError: The file is damaged.
        """
        import faiss

        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise ArchiveFormatError(
                "the vector index is damaged; delete this file, it is remade from the archive",
                path=path,
            ) from error

    def write(self, path: Path) -> None:
        """Write to `path`."""
        import faiss

        faiss.write_index(self._index, str(path))

    def nearest(
        self, vector: Vectors, limit: int, *, allowed: Sequence[int] | None = None
    ) -> dict[int, float]:
        """Return the ids nearest to `vector`, (d,), with their cosines, best first.

        Args:
            allowed: The only ids to look at; None for all.
        """
        import faiss

        limit = min(limit, len(self))
        if limit == 0:
            return {}
        chosen = None
        if allowed is not None:
            # FAISS's stubs don't know that its parameters are given as keywords.
            selector: dict[str, Any] = {"sel": faiss.IDSelectorBatch(np.asarray(allowed, np.int64))}
            chosen = faiss.SearchParameters(**selector)
        cosines, ids = self._index.search(vector[None], limit, params=chosen)
        return {int(i): float(c) for i, c in zip(ids[0], cosines[0], strict=True) if i >= 0}
