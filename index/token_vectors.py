"""Token vectors in 32 bytes each, and late interaction over them.

A passage is compared with a question token by token: each token of the question looks for its
best match in the passage (MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020). The vectors are cut
to 64 dimensions and 4 bits, after PLAID and ColBERTv2 (Santhanam et al., 2022), which cost little
there and here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Runs = npt.NDArray[np.int64]
"""Runs of rows, (r, 3): the first row, the one after the last, and the group it is of; by group."""

DIMENSION = 64
_PROJECTIONS = Path(__file__).parent / "projections"
_LEVELS = 7  # codes 1 to 15 stand for -7 to 7

_PAIRS = np.stack([(np.arange(256) >> 4) - 8, (np.arange(256) & 15) - 8], axis=1)
_PAIRS = _PAIRS.astype(np.float32).view(np.complex64)[:, 0]
"""The two levels that each byte stands for, as one number of 8 bytes: so they are read at once."""


class TokenVectors(NamedTuple):
    """One passage's tokens, compressed.

    Attributes:
        codes: uint8, (n, 32): two dimensions a byte.
        ids: int32, (n,): places in the model's vocabulary.
        starts: int32, (n,): where each token begins in the passage; negative in its prefix.
    """

    codes: npt.NDArray[np.uint8]
    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]

    def to_bytes(self) -> bytes:
        """Return ids, starts and codes, one after another, little-endian."""
        return (
            self.ids.astype("<i4").tobytes()
            + self.starts.astype("<i4").tobytes()
            + self.codes.tobytes()
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> TokenVectors:
        """Undo `to_bytes`."""
        count = len(data) // (8 + DIMENSION // 2)
        ids, starts = np.frombuffer(data, "<i4", 2 * count).reshape(2, count)
        codes = np.frombuffer(data, np.uint8, offset=8 * count).reshape(count, DIMENSION // 2)
        return cls(codes, ids, starts)


def fit_projection(tokens: Iterable[Vectors]) -> Vectors:
    """Return the (d, 64) directions that keep most of `tokens`, arrays of (n, d), d >= 64.

    No centring: a dot product of two projected vectors then stays close to that of the vectors.
    """
    gram = sum(rows.T @ rows for rows in tokens)
    _, directions = np.linalg.eigh(gram)
    return np.ascontiguousarray(directions[:, : -DIMENSION - 1 : -1], dtype=np.float32)


def known_projection(fingerprint: str) -> Vectors | None:
    """Return the directions shipped for a model's weights, (d, 64); None for another model.

    Those of the bundled model were fitted to 500 news passages. An archive whose first build is
    small would fit poor ones: the cosines kept of unseen tokens correlate with the true ones at
    .83 after one passage, at .94 after 263.
    """
    path = _PROJECTIONS / f"{fingerprint[:12]}.npy"
    return np.load(path, allow_pickle=False).astype(np.float32) if path.is_file() else None


def project(tokens: Vectors, projection: Vectors) -> Vectors:
    """Return unit rows, (n, 64)."""
    cut = tokens @ projection
    return np.asarray(cut / np.maximum(np.linalg.norm(cut, axis=1, keepdims=True), 1e-12))


def compress(tokens: Vectors, projection: Vectors) -> npt.NDArray[np.uint8]:
    """Return 4-bit codes of the projected `tokens`, uint8, (n, 32)."""
    cut = tokens @ projection
    scale = np.maximum(np.abs(cut).max(axis=1, keepdims=True), 1e-12)
    codes = np.rint(cut / scale * _LEVELS).astype(np.int16) + 8
    return np.asarray((codes[:, 0::2] << 4) | codes[:, 1::2], dtype=np.uint8)


def decompress(codes: npt.NDArray[np.uint8]) -> Vectors:
    """Return unit rows, (n, 64); a zero vector stays one."""
    rows, lengths = _levels(codes)
    return np.asarray(rows / lengths[:, None])


def _levels(codes: npt.NDArray[np.uint8]) -> tuple[Vectors, Vectors]:
    """Return rows of levels, (n, 64), and their lengths, (n,), above 0."""
    rows = np.take(_PAIRS, codes).view(np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", rows, rows))
    return rows, np.maximum(lengths, 1e-12)


def similarities(question: Vectors, codes: npt.NDArray[np.uint8]) -> Vectors:
    """Return the cosines of compressed tokens and a question's, (n, q).

    Args:
        question: Unit rows, (q, 64), as `project` makes them.
        codes: (n, 32), of one passage or of many, one after another.
    """
    rows, lengths = _levels(codes)
    return np.asarray(rows @ question.T / lengths[:, None])


def best_matches(cosines: Vectors, runs: Runs, count: int) -> Vectors:
    """Return, for each group of tokens, the best match in it of each of the question's tokens.

    Args:
        cosines: (n, q) from `similarities`.
        runs: The tokens of each group, as rows of `cosines`.
        count: How many groups there are.

    Returns:
        (count, q), -1 to 1; 0 for a group without tokens.
    """
    found = np.zeros((count, cosines.shape[1]), dtype=np.float32)
    runs = runs[runs[:, 0] < runs[:, 1]]
    if not len(runs):
        return found
    # `reduceat` takes what lies between each two places, so every second result is a run's. Its
    # places must be rows: one is added below the last.
    padded = np.vstack([cosines, np.zeros_like(cosines[:1])])
    best = np.maximum.reduceat(padded, runs[:, :2].ravel())[::2]
    first = np.flatnonzero(np.diff(runs[:, 2], prepend=-1))
    found[runs[first, 2]] = np.maximum.reduceat(best, first)
    return found


def max_sim(matches: Vectors, weights: Vectors) -> Vectors:
    """Return the weighted mean of each group's best matches, (count,), -1 to 1.

    Args:
        matches: (count, q) from `best_matches`.
        weights: (q,), not negative; inverse document frequencies, say. All 0 give 0.
    """
    return matches @ (weights / (weights.sum() or 1.0))
