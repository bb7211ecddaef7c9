"""What a build tells of itself, while it runs and when it is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .errors import DocumentError


class Progress(NamedTuple):
    """How far a build is: what was read, what of it had to be built, and what is at hand.

    Attributes:
        total: How many articles there will be, where that is known.
    """

    read: int
    built: int
    origin: str
    total: int | None = None


Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    Attributes:
        unchanged: Articles that were in the archive already, or repeated in this build.
        removed: Articles taken out: asked for by id, or their files are gone.
        copies: Articles of this build that are copies of another one's text.
        renamed: (given id, id in the archive) of articles whose id another one had.
        rejected: What couldn't be read, each with its place and reason.
        unused: Corrections of speakers that found nobody to correct, where they were applied.
        generation: The archive's new generation; the old one where nothing changed.
    """

    archive: Path
    generation: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    passages: int = 0
    attributions: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    rejected: tuple[DocumentError, ...] = ()
    unused: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a report counts, while the build goes on."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    passages: int = 0
    attributions: int = 0
    renamed: list[tuple[str, str]] = field(default_factory=list)
    rejected: list[DocumentError] = field(default_factory=list)
    unused: tuple[str, ...] = ()
    kept: set[str] = field(default_factory=set)
    """Ids that the sources hold."""
    generation: int = 0
    began: float = field(default_factory=time.monotonic)

    def report(self, folder: Path) -> BuildReport:
        """Return what was counted."""
        return BuildReport(
            archive=folder,
            generation=self.generation,
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            removed=self.removed,
            copies=self.copies,
            passages=self.passages,
            attributions=self.attributions,
            renamed=tuple(self.renamed),
            rejected=tuple(self.rejected),
            unused=self.unused,
            seconds=round(time.monotonic() - self.began, 2),
        )
