"""Find articles that are copies of one another: one agency's text in several papers.

Two texts are compared by the words that they share in runs of five, estimated from signatures
(MinHash: Broder, 1997) made by datasketch; this is its only importer. Which pairs to compare at
all is told by bands of the signatures (Indyk and Motwani, STOC 1998).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

RUN = 5
"""Words in a run; shorter ones are shared by articles that merely are of one matter."""
SIZE = 126
ROWS = 3
"""Hashes in a signature, and in each of its bands: copies of one half are met with .996."""
ALIKE = 0.5
"""Least share of common runs: a copy may have lost a third of the text at its end."""
APART = timedelta(days=30)
"""Most days between two copies; a yearly notice is no copy of the last one."""

_WORD = re.compile(r"\w+")


def sign(text: str) -> bytes:
    """Return a text's signature: `SIZE` numbers of 4 bytes, little-endian."""
    from datasketch import MinHash

    words = [word.encode() for word in _WORD.findall(text.casefold())]
    runs = {b" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
    made = MinHash(num_perm=SIZE, seed=1, scheme="affine32")
    made.update_batch(sorted(runs))
    return bytes(made.hashvalues.astype("<u4").tobytes())


def bands(signature: bytes) -> list[int]:
    """Return the keys, 64 bits with a sign, of which copies share at least one."""
    width = 4 * ROWS
    return [
        int.from_bytes(
            blake2b(
                place.to_bytes(4, "little") + signature[place : place + width], digest_size=8
            ).digest(),
            "little",
            signed=True,
        )
        for place in range(0, len(signature), width)
    ]


def find_story(
    signature: bytes,
    published: str | None,
    others: Iterable[tuple[bytes, str | None, int]],
) -> int | None:
    """Return the story of the most similar article; None where none is a copy.

    Args:
        published: Day in ISO 8601.
        others: (signature, day, story) of articles that share a band.
    """
    best, found = ALIKE, None
    for other, day, story in others:
        share = float(np.mean(_numbers(signature) == _numbers(other)))
        if share >= best and not (published and day and _are_apart(published, day)):
            best, found = share, story
    return found


def _numbers(signature: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(signature, "<u4")


def _are_apart(one: str, other: str) -> bool:
    return abs(date.fromisoformat(one) - date.fromisoformat(other)) > APART
