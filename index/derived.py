"""The files derived from the records: nearest vectors, words, and the weights of tokens."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .errors import ArchiveFormatError
from .store import Reader
from .vectors import VectorIndex
from .words import WordIndex

Floats = npt.NDArray[np.float32]


class Derived(NamedTuple):
    """What search needs beside the records.

    Attributes:
        weights: float32, one for each place in the model's vocabulary; last, for any other place.
    """

    vectors: VectorIndex
    words: WordIndex
    weights: Floats


def read(folder: Path, reader: Reader) -> Derived:
    """Return the files derived from a generation; what is missing or torn is made again first."""
    made = _derive(folder, reader)
    try:
        return _load(made)
    except (ArchiveFormatError, OSError, EOFError, ValueError):
        # Torn by a crash, or deleted in part. Nothing is lost: SQLite holds all of it.
        shutil.rmtree(made, ignore_errors=True)
        return _load(_derive(folder, reader))


def _load(made: Path) -> Derived:
    return Derived(
        VectorIndex.read(made / "vectors.faiss"),
        WordIndex(made / "words"),
        np.load(made / "weights.npy", allow_pickle=False),
    )


def _derive(folder: Path, reader: Reader) -> Path:
    """Return the folder of the files derived from this generation; make it where it isn't.

    It is made under another name and moved into place whole, so that no reader sees half of it.
    """
    wanted = folder / f"derived-{reader.generation}-{reader.meta.get('stamp', '')[:12]}"
    if wanted.is_dir():
        return wanted
    made = Path(tempfile.mkdtemp(prefix="making-", dir=folder))
    try:
        (made / "words").mkdir()
        numbers, vectors = reader.vectors()
        VectorIndex.of(numbers, vectors).write(made / "vectors.faiss")
        WordIndex.write(made / "words", reader.texts())
        np.save(made / "weights.npy", _inverse_frequencies(reader), allow_pickle=False)
        made.chmod(0o755)  # mkdtemp makes it private
        made.rename(wanted)
    except OSError:
        # Another reader may have been faster; its files are the same.
        if not wanted.is_dir():
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for old in folder.glob("derived-*-*"):
        if int(old.name.split("-")[1]) < reader.generation - 1:
            shutil.rmtree(old, ignore_errors=True)
    return wanted


def _inverse_frequencies(reader: Reader) -> Floats:
    """Return the weight of each place in the vocabulary; last, of any other place.

    It is BM25's (Robertson and Zaragoza, 2009), which is above 0 even for what is everywhere.
    """
    frequencies = np.zeros(1, dtype=np.int64)
    count = 0
    for tokens in reader.all_token_vectors():
        count += 1
        seen = np.bincount(np.unique(tokens.ids), minlength=len(frequencies))
        seen[: len(frequencies)] += frequencies
        frequencies = seen
    frequencies = np.append(frequencies, 0)
    return np.log1p((count - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
