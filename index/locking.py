"""One writer an archive: a lock on the disk, and who holds it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import ArchiveError, ArchiveLockedError

LOCK, HOLDER = "lock", "lock.json"


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold an archive's lock, making its folder where there is none.

    Raises:
        ArchiveLockedError: Another process holds it.
        ArchiveError: The folder can't be made or written.
    """
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise ArchiveLockedError(
            f"it is locked by {_read_holder(folder)}, which writes to it; wait for that to end",
            path=folder,
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"no archive can be made here ({error.strerror}); name another folder", path=folder
        ) from error
    try:
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        _write(folder / HOLDER, {"process": os.getpid(), "since": since}, folder)
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _write(path: Path, holder: dict[str, object], folder: Path) -> None:
    try:
        path.write_text(json.dumps(holder), encoding="utf-8")
    except OSError as error:
        raise ArchiveError(
            f"it can't be written ({error.strerror}); see to it that there is room, and that the "
            "folder may be written to",
            path=folder,
        ) from error


def _read_holder(folder: Path) -> str:
    """Say who holds the lock; it may just be letting go of it."""
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"process {int(holder['process'])} since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
