"""What the one who serves the page has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices of `onrecord serve` that views need.

    Attributes:
        folders: The only folders of the server that documents may be read from.
    """

    folders: tuple[Path, ...] = ()
