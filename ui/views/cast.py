"""What the events of the Speakers view do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
from ..wording import KINDS, STANCES
from .parts import show_article

_KINDS: dict[str, str] = {kind: name for kind, (name, _) in KINDS.items()}
_STANCES: dict[str, str] = {stance: past for stance, (past, _) in STANCES.items()}
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
    kinds: Any = gr.skip()
    stances: Any = gr.skip()


class Narrowed(NamedTuple):
    """What a filter puts in the state, the statements and the choices of both filters."""

    seen: Seen
    stated: str
    kinds: Any
    stances: Any


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
        narrowed = self.narrow(seen, topic, kind, stance)
        return Shown(
            seen,
            self.find(seen, name),
            render_profile(speaker, places),
            gr.update(visible=True),
            *narrowed[1:],
        )

    def narrow(self, seen: Seen, topic: str, kind: str, stance: str) -> Narrowed:
        """Show the statements that the filters let through, from the first."""
        return self._sides(replace(seen, page=0), topic.strip(), kind, stance)

    def turn(self, seen: Seen, topic: str, kind: str, stance: str, event: gr.EventData) -> Narrowed:
        """Show another page of the statements."""
        page = max(0, int(event.page))
        return self._sides(replace(seen, page=page), topic.strip(), kind, stance)

    def read(self, event: gr.EventData) -> str:
        """Show the article clicked."""
        return show_article(self.open().archive, event)

    def _sides(self, seen: Seen, topic: str, kind: str, stance: str) -> Narrowed:
        archive = self.open().archive
        if seen.speaker not in archive.speakers:
            return Narrowed(seen, "", gr.skip(), gr.skip())
        ids = [i for i in (seen.speaker, seen.beside) if i]
        found = {i: _find(archive, i, topic) for i in ids}
        stated = [one for statements in found.values() for one in statements]
        kinds = Counter[str](one.kind for one in stated if stance in ("", one.stance))
        stances = Counter[str](one.stance for one in stated if kind in ("", one.kind))
        sides = [_side(archive, i, found[i], seen.page, kind, stance) for i in ids]
        return Narrowed(
            seen,
            render_sides(sides, topic),
            gr.update(choices=_choices(kinds, _KINDS, kind)),
            gr.update(choices=_choices(stances, _STANCES, stance)),
        )


def _find(archive: Archive, speaker_id: str, topic: str) -> list[Attribution]:
    """Return a speaker's statements, those on the topic if there is one."""
    if topic:
        hits = find_on_topic(archive, topic, [speaker_id])
        return [hit.attribution for hit in hits if hit.attribution]
    return [one.attribution for one in archive.statements_of(speaker_id)]


def _side(
    archive: Archive, speaker_id: str, found: Sequence[Attribution], page: int, kind: str,
    stance: str,
) -> Side:  # fmt: skip
    kept = [one for one in found if kind in ("", one.kind) and stance in ("", one.stance)]
    first = page * _PAGE
    rows = [Row(archive.article(one.article_id), one) for one in kept[first : first + _PAGE]]
    return Side(archive.speakers[speaker_id].name, rows, len(kept), len(found), first)


def _choices(counted: Counter[str], names: Mapping[str, str], chosen: str) -> list[tuple[str, str]]:
    """Return what statements can be narrowed to, each with how many it leaves, most first."""
    left = {key: count for key, count in counted.most_common() if key in names}
    if chosen in names:
        left.setdefault(chosen, 0)
    return [
        (f"Any ({counted.total():,})", ""),
        *((f"{names[key]} ({count:,})", key) for key, count in left.items()),
    ]
