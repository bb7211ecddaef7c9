"""Example questions, drawn from what an archive holds."""

from __future__ import annotations

from index import Archive


def draw(archive: Archive, count: int) -> tuple[str, ...]:
    """Return up to `count` questions about the most quoted speakers, the same each time."""
    quoted = sorted(
        (
            (-statements, speaker_id)
            for speaker_id, statements in archive.statements.items()
            if archive.speakers[speaker_id].kind in ("person", "organisation")
        ),
    )
    names = [archive.speakers[speaker_id].name for _, speaker_id in quoted[:count]]
    return tuple(f"What did {name} say?" for name in names)
