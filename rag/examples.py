"""Example questions, drawn from what an archive holds."""

from __future__ import annotations

from index import Archive
from index.records import Speaker

_FORMS = (
    "What did {name} say?",
    "What was reported of {name}?",
)


def draw(archive: Archive, count: int) -> tuple[str, ...]:
    """Return up to `count` questions about the most quoted speakers, the same each time."""
    quoted = sorted(
        (s for s in archive.speakers.values() if s.kind in ("person", "organisation")),
        key=lambda s: (-archive.statements.get(s.id, 0), s.id),
    )
    return tuple(_ask(speaker) for speaker in quoted if archive.statements.get(speaker.id))[:count]


def _ask(speaker: Speaker) -> str:
    return _FORMS[speaker.kind != "person"].format(name=speaker.name)
