"""What the events of the Speakers view do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import gradio as gr

from index.records import Attribution
from index.speakers.names import fold
from rag import Archive, Assistant, Speaker

from ..markup.people import HINT, LOST, NOBODY, render_found, render_profile
from ..markup.sides import Side, render_sides
from ..markup.statements import Row
from ..topics import find_on_topic
from .parts import show_article

_LISTED = 40
_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one open page shows.

    Attributes:
        speaker: Id of the one who is open.
        beside: Id of the one set beside.
        page: Which page of the statements, from 0.
    """

    speaker: str = ""
    beside: str = ""
    page: int = 0


class _Open(NamedTuple):
    """One generation's speakers with their folded names, most quoted first."""

    archive: Archive
    listed: list[tuple[str, Speaker, int]]


class Shown(NamedTuple):
    """What an event puts in the state and in the parts of the view."""

    seen: Any = gr.skip()
    found: Any = gr.skip()
    profile: Any = gr.skip()
    opened: Any = gr.skip()
    stated: Any = gr.skip()


class Cast:
    """What the view's events do; all that lasts of them is a `Seen`."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._last: _Open | None = None

    def open(self) -> _Open:
        """Return the newest generation of the archive."""
        archive = self._assistant.archive
        if self._last is None or self._last.archive is not archive:
            counted = archive.statements
            speakers = sorted(
                (s for s in archive.speakers.values() if counted.get(s.id)),
                key=lambda s: (s.kind == "unnamed", -counted[s.id], s.name),
            )
            listed = [
                ("".join(f" {fold(name)}" for name in (s.name, *s.aliases)), s, counted[s.id])
                for s in speakers
            ]
            self._last = _Open(archive, listed)
        return self._last

    def find(self, seen: Seen, name: str) -> str:
        """Show the speakers whose names have a word that begins like each of those typed."""
        listed = self.open().listed
        if not listed:
            return NOBODY
        words = [f" {word}" for word in fold(name).split()]
        found = [(s, count) for names, s, count in listed if all(w in names for w in words)]
        return render_found(found[:_LISTED], len(found), opened=seen.speaker, beside=seen.beside)

    def pick(
        self, seen: Seen, topic: str, kind: str, stance: str, name: str, event: gr.EventData
    ) -> Shown:
        """Open the speaker clicked."""
        del seen
        return self.show(Seen(speaker=str(event.text)), topic, kind, stance, name)

    def compare(
        self, seen: Seen, topic: str, kind: str, stance: str, name: str, event: gr.EventData
    ) -> Shown:
        """Set the speaker clicked beside the one who is open, or take him away again."""
        other = "" if seen.beside == event.text else str(event.text)
        return self.show(replace(seen, beside=other, page=0), topic, kind, stance, name)

    def show(self, seen: Seen, topic: str, kind: str, stance: str, name: str) -> Shown:
        """Show the speakers who are open."""
        archive = self.open().archive
        speaker = archive.speakers.get(seen.speaker)
        if speaker is None:
            found = self.find(Seen(), name)
            lost = LOST if seen.speaker else HINT
            return Shown(Seen(), found, lost, gr.update(visible=False), "")
        places = [
            (one.published, one.outlet, one.attribution.article_id)
            for one in archive.statements_of(speaker.id)
        ]
        if seen.beside not in archive.speakers:
            seen = replace(seen, beside="")
        return Shown(
            seen,
            self.find(seen, name),
            render_profile(speaker, places),
            gr.update(visible=True),
            self._sides(seen, topic, kind, stance),
        )

    def narrow(self, seen: Seen, topic: str, kind: str, stance: str) -> tuple[Seen, str]:
        """Show the statements that the filters let through, from the first."""
        seen = replace(seen, page=0)
        return seen, self._sides(seen, topic, kind, stance)

    def turn(
        self, seen: Seen, topic: str, kind: str, stance: str, event: gr.EventData
    ) -> tuple[Seen, str]:
        """Show another page of the statements."""
        seen = replace(seen, page=max(0, int(event.page)))
        return seen, self._sides(seen, topic, kind, stance)

    def read(self, event: gr.EventData) -> str:
        """Show the article clicked."""
        return show_article(self.open().archive, event)

    def _sides(self, seen: Seen, topic: str, kind: str, stance: str) -> str:
        archive = self.open().archive
        if seen.speaker not in archive.speakers:
            return ""
        ids = [i for i in (seen.speaker, seen.beside) if i]
        return render_sides(
            [self._side(archive, i, seen.page, (topic.strip(), kind, stance)) for i in ids],
            topic.strip(),
        )

    @staticmethod
    def _side(archive: Archive, speaker_id: str, page: int, limits: tuple[str, str, str]) -> Side:
        topic, kind, stance = limits
        found: Sequence[Attribution]
        if topic:
            hits = find_on_topic(archive, topic, [speaker_id])
            found = [hit.attribution for hit in hits if hit.attribution]
        else:
            found = [one.attribution for one in archive.statements_of(speaker_id)]
        kept = [one for one in found if kind in ("", one.kind) and stance in ("", one.stance)]
        first = page * _PAGE
        rows = [Row(archive.article(one.article_id), one) for one in kept[first : first + _PAGE]]
        return Side(archive.speakers[speaker_id].name, rows, len(kept), len(found), first)
