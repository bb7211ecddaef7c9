"""What changes the archive, one thing after another, in the background."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Event, Lock

import rag
from index import documents
from rag import (
    Assistant,
    BuildOptions,
    BuildReport,
    CheckReport,
    DocumentError,
    OnRecordError,
    Progress,
)

_logger = logging.getLogger(__name__)

_FAULT = "OnRecord failed at this; its terminal says more. The archive is as it was before."

Result = BuildReport | CheckReport


class _StoppedError(OnRecordError):
    """The reader of the page wants no more of it."""


@dataclass(slots=True, kw_only=True)
class Work:
    """One change, while it goes on and when it is done.

    Attributes:
        title: What it does, as in "Adding articles".
        read: Articles looked at.
        total: Articles that there are; None until they are counted.
        stoppable: Whether it can be ended before it is done.
        result: What came of it.
        failure: Why nothing came of it, as a sentence.
    """

    title: str
    stoppable: bool = False
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    read: int = 0
    built: int = 0
    total: int | None = None
    counted: int = 0
    origin: str = ""
    result: Result | None = None
    failure: str = ""
    stopping: Event = field(default_factory=Event)

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return not self.ended

    @property
    def seconds(self) -> float:
        """How long it has taken so far, or took."""
        return (self.ended or time.monotonic()) - self.began

    @property
    def rate(self) -> float:
        """Articles a second, those included that were there already."""
        return self.read / max(self.seconds, 0.1)

    @property
    def left(self) -> float | None:
        """Seconds that it will still take at this rate; None where nothing tells."""
        if self.total is None or self.read < 2:
            return None
        return max(self.total - self.read, 0) / self.rate

    def stop(self) -> None:
        """Let it end at the next article."""
        self.stopping.set()

    def check(self) -> None:
        """Raise where it is to end."""
        if self.stopping.is_set():
            raise _StoppedError(
                "Stopped. What was finished is kept, and the same again goes on from there."
            )

    def note(self, progress: Progress) -> None:
        """Note how far it is."""
        self.read, self.built, self.origin = progress.read, progress.built, progress.origin
        self.check()


class Works:
    """Does an archive's changes one after another; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._queue = ThreadPoolExecutor(1, thread_name_prefix="archive")
        self._lock = Lock()
        self.last: Work | None = None

    @property
    def busy(self) -> bool:
        """Whether a change goes on or waits."""
        return self.last is not None and self.last.running

    def _start(
        self, title: str, change: Callable[[Work], Result], *, stoppable: bool = False
    ) -> Future[Work]:
        work = Work(title=title, stoppable=stoppable)
        with self._lock:
            self.last = work
        return self._queue.submit(self._do, work, change)

    @staticmethod
    def _do(work: Work, change: Callable[[Work], Result]) -> Work:
        work.began = time.monotonic()
        try:
            work.result = change(work)
        except (OnRecordError, ValueError) as error:
            work.failure = str(error)
        except Exception:
            _logger.exception("%s failed", work.title)
            work.failure = _FAULT
        work.ended = time.monotonic()
        return work

    def add(self, sources: Sequence[Path]) -> Future[Work]:
        """Build documents into the archive, by the options that it was built with."""

        def change(work: Work) -> BuildReport:
            for source in sources:
                for found in documents.read(source):
                    work.counted += not isinstance(found, DocumentError)
                    work.check()
            work.total, work.began = work.counted, time.monotonic()
            archive = self._assistant.archive
            made = archive.manifest
            options = BuildOptions(
                embedder=made["embedder"],
                passage_tokens=int(made["passage_tokens"]),
                finder=made["finder"],  # type: ignore[arg-type]
            )
            return rag.build(
                sources, archive.folder, options, embedder=archive.embedder, progress=work.note
            )

        return self._start("Adding articles", change, stoppable=True)

    def remove(self, article_id: str) -> Future[Work]:
        """Take an article out of the archive."""
        return self._start("Removing an article", lambda _: rag.remove([article_id], self._folder))

    def relink(self) -> Future[Work]:
        """Lead the speakers together as they are now corrected by hand."""
        return self._start("Leading speakers together", lambda _: rag.relink(self._folder))

    def check(self, *, repair: bool = False) -> Future[Work]:
        """Look at all of the archive; mend what can be made again."""
        title = "Mending the archive" if repair else "Checking the archive"
        return self._start(title, lambda _: rag.check(self._folder, repair=repair))

    @property
    def _folder(self) -> Path:
        return self._assistant.archive.folder


@cache
def works_of(assistant: Assistant) -> Works:
    """Return the one that changes an assistant's archive, whatever view asks for it."""
    return Works(assistant)
