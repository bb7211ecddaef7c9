"""Keep an archive up to date with a folder, as its files change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from .build import build
from .embedding import Embedder, SentenceEmbedder
from .errors import ArchiveLockedError, DocumentError
from .options import BuildOptions
from .reports import BuildReport, Listener

QUIET = 2000
"""Milliseconds without a change after which what changed is taken: a file is then whole."""

TICK = 1000
"""Milliseconds after which an archive that was locked is tried again."""


def watch(
    folder: Path | str,
    archive: Path | str,
    options: BuildOptions | None = None,
    *,
    embedder: Embedder | None = None,
    progress: Listener | None = None,
    stop: Event | None = None,
) -> Iterator[BuildReport | ArchiveLockedError]:
    """Build, then again after every change below `folder`; yield each report that tells of one.

    Where another process writes to the archive, its error is yielded once, and the build tried
    until that has ended.

    Args:
        stop: Ends it where it is set.

    Raises:
        DocumentError: `folder` isn't there, or isn't a folder.
    """
    from watchfiles import watch as changes

    if not Path(folder).is_dir():
        raise DocumentError("there is no such folder to watch", path=folder)
    options = options or BuildOptions()
    embedder = embedder or SentenceEmbedder(options.embedder)
    stop = stop or Event()
    seen = changes(
        folder, debounce=QUIET, step=50, rust_timeout=TICK, yield_on_timeout=True, stop_event=stop
    )
    next(seen, None)  # it looks from here on, so that what changes during a build isn't missed
    waiting, locked = True, False
    while not stop.is_set():
        if waiting:
            try:
                report = build(folder, archive, options, embedder=embedder, progress=progress)
            except ArchiveLockedError as error:
                if not locked:
                    yield error
                locked = True
            else:
                waiting = locked = False
                if report.added or report.changed or report.removed or report.rejected:
                    yield report
        waiting = bool(next(seen, None)) or waiting
