"""Check an archive, and mend what can be made again from its records."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from . import derived, speakers
from .errors import ArchiveFormatError, OnRecordError
from .locking import hold
from .store import Reader, find_problems, upgrade

Remedy = Literal["repair", "rebuild", "restore", "correct"]

_TODO = {
    "repair": "onrecord check --repair makes it again, without encoding anything",
    "rebuild": "onrecord rebuild makes it again from the articles' texts",
    "restore": "restore the archive from a copy",
    "correct": "correct the file by hand",
}


class Problem(NamedTuple):
    """Something wrong with an archive, and what mends it."""

    text: str
    remedy: Remedy

    @property
    def todo(self) -> str:
        """What to do about it."""
        return _TODO[self.remedy]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found.

    Attributes:
        problems: Empty where the archive is sound.
        repaired: What was mended, where that was asked for.
    """

    archive: Path
    generation: int
    articles: int
    passages: int
    attributions: int
    problems: tuple[Problem, ...]
    repaired: tuple[str, ...] = ()


def check(archive: Path | str, *, repair: bool = False) -> CheckReport:
    """Look at every sum, count, generation, span and vector of an archive.

    Args:
        archive: Its folder.
        repair: Bring an older format up to date, make derived files again that are missing, torn
            or of another count, and clear away what a killed process left behind.

    Raises:
        ArchiveNotFoundError: There is no archive.
        ArchiveFormatError: It is of a format that this version can't read.
        ArchiveLockedError: `repair` is asked for while another process writes.
    """
    folder = Path(archive)
    if not repair:
        return _look(folder, ())
    with hold(folder):
        done = [f"brought from format {old} up to date" for old in upgrade(folder)]
        for path in folder.glob("making-*"):
            shutil.rmtree(path, ignore_errors=True)
            done.append(f"cleared away {path.name}, which a killed process left behind")
        reader = Reader(folder)
        try:
            if _derived_problem(folder, reader):
                derived.discard(folder, reader)
                derived.read(folder, reader)
                done.append("made the vector and word indexes again")
        finally:
            reader.close()
        return _look(folder, tuple(done))


def _look(folder: Path, repaired: tuple[str, ...]) -> CheckReport:
    reader = Reader(folder)
    try:
        problems = [Problem(text, _remedy(text)) for text in find_problems(reader)]
        torn = _derived_problem(folder, reader)
        if torn:
            problems.append(Problem(torn, "repair"))
        try:
            speakers.read_corrections(folder)
        except OnRecordError as error:
            problems.append(Problem(str(error), "correct"))
        totals = reader.totals()
        return CheckReport(
            archive=folder,
            generation=reader.generation,
            articles=totals.articles,
            passages=totals.passages,
            attributions=totals.attributions,
            problems=tuple(problems),
            repaired=repaired,
        )
    finally:
        reader.close()


def _remedy(text: str) -> Remedy:
    lost = text.startswith("the database") or "isn't the one that was stored" in text
    return "restore" if lost else "rebuild"


def _derived_problem(folder: Path, reader: Reader) -> str:
    """Return what is wrong with the derived files; empty where nothing is."""
    try:
        found = derived.peek(folder, reader)
    except (ArchiveFormatError, OSError, EOFError, ValueError) as error:
        return f"the vector and word indexes are missing or torn ({error})"
    wanted = reader.totals().passages
    counts = (len(found.vectors), len(found.words))
    if counts != (wanted, wanted):
        return f"there are {wanted} passages, but {counts[0]} vectors and {counts[1]} in the words"
    return ""
