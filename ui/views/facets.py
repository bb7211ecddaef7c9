"""What a question can be narrowed to, each with how much of it the archive has."""

from __future__ import annotations

from collections import Counter

from rag import Archive

from ..wording import write_month

_MOST_SPEAKERS = 10_000

Choice = tuple[str, str]
"""What is shown, as in "Velmora Courier (12)", and what it stands for."""


def list_speakers(archive: Archive) -> list[Choice]:
    """Return the names of those who are named, those with most statements first."""
    counted = archive.statements
    named = [speaker for speaker in archive.speakers.values() if speaker.kind != "unnamed"]
    named.sort(key=lambda speaker: (-counted.get(speaker.id, 0), speaker.name))
    totals: dict[str, int] = {}
    for speaker in named:
        totals[speaker.name] = totals.get(speaker.name, 0) + counted.get(speaker.id, 0)
    return [(f"{name} ({n:,})", name) for name, n in list(totals.items())[:_MOST_SPEAKERS]]


def list_outlets(archive: Archive) -> list[Choice]:
    """Return the outlets, those with most articles first."""
    totals = Counter[str]()
    for _, outlet, count in archive.months:
        totals[outlet] += count
    return [(f"{name} ({n:,})", name) for name, n in totals.most_common() if name]


def list_months(archive: Archive) -> list[Choice]:
    """Return the months that have articles, newest first."""
    totals = Counter[str]()
    for month, _, count in archive.months:
        totals[month] += count
    newest = sorted(filter(None, totals), reverse=True)
    return [(f"{write_month(month)} ({totals[month]:,})", month) for month in newest]
