"""What the events of the Archive view do."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

from rag import Assistant

from ..folders import confine
from ..markup.holdings import render_entries, render_holdings, render_work
from ..settings import Settings
from ..works import Work, Works
from .parts import show_article

_PAGE = 25
UPLOADS = "uploads"
"""Folder of the archive in which files that were uploaded are kept: a later version of one is then
known as such by its name."""


class Shown(NamedTuple):
    """What an event puts in the parts of the view that tell of a change."""

    timer: Any = gr.skip()
    work: Any = gr.skip()
    stop: Any = gr.skip()
    holdings: Any = gr.skip()
    entries: Any = gr.skip()


class Keeping:
    """What the view's events do."""

    def __init__(self, assistant: Assistant, works: Works, settings: Settings) -> None:
        self._assistant = assistant
        self._works = works
        self._settings = settings

    def holdings(self) -> str:
        """Show what the archive holds."""
        archive = self._assistant.archive
        size = sum(path.stat().st_size for path in archive.folder.rglob("*") if path.is_file())
        return render_holdings(
            archive.totals, archive.months, archive.manifest, archive.built, size
        )

    def find(self, words: str) -> tuple[str, int]:
        """Show the first articles with these words."""
        return self._entries(words, 0), 0

    def turn(self, words: str, event: gr.EventData) -> tuple[str, int]:
        """Show another page of articles."""
        page = max(0, int(event.page))
        return self._entries(words, page), page

    def _entries(self, words: str, page: int) -> str:
        archive = self._assistant.archive
        total, entries = archive.entries(words.strip(), limit=_PAGE, offset=page * _PAGE)
        if not archive.totals.articles:
            return ""
        return render_entries(entries, total, page, _PAGE, manage=self._settings.manage)

    def read(self, event: gr.EventData) -> str:
        """Show the article clicked."""
        return show_article(self._assistant.archive, event)

    def look(self, words: str, page: int) -> Shown:
        """Show how the change goes on; when it is done, also what the archive then holds."""
        work = self._works.last
        if self._works.busy:
            return self._begun()
        if work is None:
            return Shown(gr.update(active=False))
        return Shown(
            gr.update(active=False),
            render_work(work),
            gr.update(visible=False),
            self.holdings(),
            self._entries(words, page),
        )

    def _begun(self) -> Shown:
        work = self._works.last
        stoppable = bool(work and work.stoppable)
        return Shown(gr.update(active=True), render_work(work), gr.update(visible=stoppable))

    def add(self, files: Sequence[str] | None, path: str) -> tuple[Any, ...]:
        """Begin to add what was uploaded and what was named."""
        try:
            sources = [self._keep(Path(file)) for file in files or ()]
            if path.strip():
                sources.append(confine(path.strip(), self._settings.folders))
        except ValueError as error:
            return _nothing(f"{error}")
        except OSError as error:
            return _nothing(
                f"the files can't be kept ({error.strerror}); see to it that there is room, and "
                "that the archive's folder may be written to"
            )
        if not sources:
            return _nothing("choose files, or name a folder or file of this server, first")
        self._works.add(sources)
        return (None, "", *self._begun())

    def _keep(self, file: Path) -> Path:
        """Keep an uploaded file in the archive's folder."""
        if not file.name.lower().endswith(self._settings.upload_kinds):
            kinds = ", ".join(self._settings.upload_kinds)
            raise ValueError(f"{file.name} is of no kind that can be read; these are: {kinds}")
        if file.stat().st_size > self._settings.upload_bytes:
            most = self._settings.upload_bytes // 1024**2
            raise ValueError(f"{file.name} is too large; at most {most} MB can be uploaded")
        folder = self._assistant.archive.folder / UPLOADS
        folder.mkdir(exist_ok=True)
        return Path(shutil.copyfile(file, folder / file.name))

    def remove(self, event: gr.EventData) -> Shown:
        """Begin to remove the article clicked."""
        self._works.remove(str(event.article))
        return self._begun()

    def check(self) -> Shown:
        """Begin to look at all of the archive."""
        self._works.check()
        return self._begun()

    def repair(self) -> Shown:
        """Begin to mend the archive."""
        self._works.check(repair=True)
        return self._begun()

    def stop(self) -> str:
        """Let the change that goes on end soon."""
        work = self._works.last
        if work and work.running:
            work.stop()
        return render_work(work)


def _nothing(why: str) -> tuple[Any, ...]:
    """Show why nothing was added; what was chosen stays."""
    failed = Work(title="Nothing was added", failure=f"{why[0].upper()}{why[1:]}.")
    failed.ended = failed.began
    return (gr.skip(), gr.skip(), *Shown(work=render_work(failed)))
