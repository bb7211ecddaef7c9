"""Which files of the server a reader of the page may name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def confine(path: Path | str, folders: Sequence[Path]) -> Path:
    """Return where `path` leads, links followed, if that lies within one of `folders`.

    Raises:
        ValueError: It lies outside, or there is nothing; the message doesn't say which, so that
            nobody learns by asking what else is on the server.
    """
    try:
        real = Path(path).expanduser().resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        real = None
    if real is not None and any(real.is_relative_to(folder.resolve()) for folder in folders):
        return real
    if not folders:
        raise ValueError("this page was given no folder to read from; start it with --folder")
    names = ", ".join(str(folder) for folder in folders)
    raise ValueError(f"there is no such file or folder within {names}")
