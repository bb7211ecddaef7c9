"""The files derived from the records: nearest vectors, words, days and outlets, tokens' counts.

Nothing is lost with them: what is missing or torn is made again. Those of a new generation are
those of the one before, with what came and without what went, so that a small update is cheap.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .errors import ArchiveError, ArchiveFormatError
from .filters import Filters
from .store import Reader
from .vectors import VectorIndex, draw
from .words import WordIndex

MOST_CHANGED = 0.3
"""Share of the passages up to which files are brought up to date; beyond, they are made anew."""

TOGETHER = 1000
"""Passages whose vectors are in memory at once."""

Floats = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]


class Derived(NamedTuple):
    """What search needs beside the records.

    Attributes:
        weights: float32, one for each place in the model's vocabulary; last, for any other place.
    """

    vectors: VectorIndex
    words: WordIndex
    filters: Filters
    weights: Floats


def read(folder: Path, reader: Reader) -> Derived:
    """Return the files derived from a generation; what is missing or torn is made again first.

    Raises:
        ArchiveError: They can't be made: the disk is full, or nobody may write there.
    """
    made = _derive(folder, reader)
    try:
        return _load(made)
    except (ArchiveFormatError, OSError, EOFError, ValueError):
        # Torn by a crash, or deleted in part. Nothing is lost: SQLite holds all of it.
        shutil.rmtree(made, ignore_errors=True)
        return _load(_derive(folder, reader, anew=True))


def peek(folder: Path, reader: Reader) -> Derived:
    """Return the files as they are, without making any.

    Raises:
        ArchiveFormatError: They are torn.
        OSError: One is missing.
        ValueError, EOFError: One is cut off.
    """
    return _load(_place(folder, reader))


def discard(folder: Path, reader: Reader) -> None:
    """Delete a generation's files, so that they are made anew when they are read next."""
    shutil.rmtree(_place(folder, reader), ignore_errors=True)
    before = reader.generation - 1  # they would be made from these
    shutil.rmtree(folder / _name(before, reader.stamps().get(before, "")), ignore_errors=True)


def _load(made: Path) -> Derived:
    return Derived(
        VectorIndex.read(made / "vectors.faiss", mapped=True),
        WordIndex(made / "words"),
        Filters.read(made),
        _weights(np.load(made / "frequencies.npy", allow_pickle=False)),
    )


def _place(folder: Path, reader: Reader) -> Path:
    return folder / _name(reader.generation, reader.meta.get("stamp", ""))


def _name(generation: int, stamp: str) -> str:
    return f"derived-{generation}-{stamp[:12]}"


def _derive(folder: Path, reader: Reader, *, anew: bool = False) -> Path:
    """Return the folder of the files derived from this generation; make it where it isn't.

    It is made under another name and moved into place whole, so that no reader sees half of it.
    """
    wanted = _place(folder, reader)
    if wanted.is_dir():
        return wanted
    made = Path(tempfile.mkdtemp(prefix="making-", dir=folder))
    try:
        if anew or not _update(folder, reader, made):
            _make(reader, made)
        _settle(made)
        made.chmod(0o755)  # mkdtemp makes it private
        made.rename(wanted)
    except (OSError, RuntimeError, ValueError) as error:
        # Another reader may have been faster; its files are the same.
        if not wanted.is_dir():
            raise ArchiveError(
                f"its indexes can't be made ({error}); see to it that there is room, and open it "
                "or build again",
                path=folder,
            ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for old in folder.glob("derived-*-*"):
        if int(old.name.split("-")[1]) < reader.generation - 1:
            shutil.rmtree(old, ignore_errors=True)
    return wanted


def _settle(made: Path) -> None:
    """Wait until the files are on the disk: not even a power cut then leaves half of them."""
    for path in made.rglob("*"):
        if path.is_file():
            with path.open("rb") as opened:
                os.fsync(opened.fileno())


def _make(reader: Reader, made: Path) -> None:
    (made / "words").mkdir()
    numbers = reader.numbers()
    _index(reader, numbers).write(made / "vectors.faiss")
    texts = (row for some in _runs(numbers) for row in reader.texts(some))
    WordIndex.write(made / "words", texts)
    rows = (row for some in _runs(numbers) for row in reader.columns(some))
    Filters.none().change([], rows).write(made)
    _save(made, _count(reader, numbers))


def _index(reader: Reader, numbers: Sequence[int]) -> VectorIndex:
    """Index the vectors of passages; a few are in memory beside the index itself."""
    sample = sorted(numbers[place] for place in draw(len(numbers)))
    vectors = reader.vectors(sample)[1]
    mixed = np.random.default_rng(0).permutation(len(vectors))
    batches = (reader.vectors(some) for some in _runs(numbers))
    return VectorIndex.make(len(numbers), int(reader.meta["dimension"]), vectors[mixed], batches)


def _runs(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), TOGETHER):
        yield numbers[first : first + TOGETHER]


def _update(folder: Path, reader: Reader, made: Path) -> bool:
    """Make the files from those of the generation before; return whether that could be done."""
    before = reader.generation - 1
    base = folder / _name(before, reader.stamps().get(before, ""))
    came, went = reader.changes(before)
    try:
        frequencies = np.load(base / "frequencies.npy", allow_pickle=False)
        if len(came) + len(went) > MOST_CHANGED * frequencies[0]:
            return False
        index = VectorIndex.read(base / "vectors.faiss")
        filters = Filters.read(base)
        _link(base / "words", made / "words")
    except (ArchiveFormatError, OSError, EOFError, ValueError):
        return False
    index.change(went, *reader.vectors(came))
    if index.outgrown:
        index = _index(reader, reader.numbers())
    index.write(made / "vectors.faiss")
    WordIndex.write(made / "words", reader.texts(came), gone=went)
    filters.change(went, reader.columns(came)).write(made)
    new, old = _count(reader, came), _count(reader, went)
    _save(made, _sum(_sum(frequencies, new), -old))
    return True


def _link(source: Path, target: Path) -> None:
    """Copy a folder of tantivy's; segments, which never change, share their place on the disk."""
    target.mkdir()
    for path in source.iterdir():
        if path.suffix == ".lock":
            continue
        try:
            if path.suffix == ".json":
                shutil.copy2(path, target / path.name)
            else:
                os.link(path, target / path.name)
        except OSError:
            shutil.copy2(path, target / path.name)


def _save(made: Path, frequencies: Counts) -> None:
    np.save(made / "frequencies.npy", frequencies, allow_pickle=False)


def _count(reader: Reader, numbers: Sequence[int]) -> Counts:
    """Return the number of passages, then for each place in the vocabulary how many have it."""
    counts = np.zeros(1, dtype=np.int64)
    for some in _runs(numbers):
        found = [np.unique(tokens.ids) for tokens in reader.token_vectors(some).values()]
        counts = _sum(counts, np.bincount(np.concatenate(found) + 1).astype(np.int64))
        counts[0] += len(found)
    return counts


def _sum(one: Counts, other: Counts) -> Counts:
    if len(one) < len(other):
        one, other = other, one
    found = one.copy()
    found[: len(other)] += other
    return found


def _weights(counts: Counts) -> Floats:
    """Return inverse document frequencies: one a place in the vocabulary; last, of any other.

    They are BM25's (Robertson and Zaragoza, 2009), above 0 even for what is everywhere.
    """
    count, frequencies = counts[0], np.append(counts[1:], 0)
    weights: Floats = np.log1p((count - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    return weights
