"""Statements on a topic."""

from __future__ import annotations

from collections.abc import Sequence

from rag import Archive, Hit, Query

LEAST = 0.5
"""Least closeness of a statement to its topic, as for an answer."""

NEAR = 0.2
"""How far below the closest statement another may be."""

_SEARCHED = 200
"""Passages that are looked at."""


def find_on_topic(archive: Archive, topic: str, speakers: Sequence[str] = ()) -> list[Hit]:
    """Return the statements on a topic, closest first; an article's copies count once.

    Args:
        speakers: Ids; only their statements, if any are given.
    """
    hits = archive.search(Query(text=topic, speakers=tuple(speakers), limit=_SEARCHED))
    stated = [
        hit
        for hit in hits
        if hit.attribution and (not speakers or hit.attribution.speaker_id in speakers)
    ]
    stated.sort(key=_closeness, reverse=True)
    near = [hit for hit in stated if _closeness(hit) >= max(LEAST, _closeness(stated[0]) - NEAR)]
    return _once(archive, near)


def _closeness(hit: Hit) -> float:
    return (hit.scores["late"] + hit.scores["within"]) / 2


def _once(archive: Archive, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits but for those that say the same words in a copy of an article."""
    seen: set[tuple[str, str, str | None]] = set()
    kept = []
    for hit in hits:
        attribution = hit.attribution
        if attribution is None:
            continue
        words = " ".join(hit.article.quote(span) for span in attribution.content)
        stories = (hit.article.id, *archive.copies(hit.article.id))
        mark = (min(stories), " ".join(words.split()), attribution.speaker_id)
        if mark not in seen:
            seen.add(mark)
            kept.append(hit)
    return kept
