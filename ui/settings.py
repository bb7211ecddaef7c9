"""What the one who serves the page has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.documents import OPENERS, READERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices of `onrecord serve` that the page and its views need.

    Attributes:
        folders: The only folders of the server that documents may be read from; see `confine`.
        accounts: The file of those who may use the page; None lets in whoever reaches it.
        questions_a_minute: Most that one reader may ask.
        manage: Whether readers of the page may change the archive: add and remove articles,
            correct speakers, mend what is broken.
        upload_bytes: Largest file that may be uploaded.
        upload_kinds: Endings of files that may be.
    """

    folders: tuple[Path, ...] = ()
    accounts: Path | None = None
    questions_a_minute: int = 30
    manage: bool = False
    upload_bytes: int = 100 * 1024 * 1024
    upload_kinds: tuple[str, ...] = tuple(sorted({*READERS, *OPENERS}))
