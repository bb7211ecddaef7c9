"""Hits to numbered evidence, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from index.records import Hit, Speaker

from .records import Evidence, Question

SPEAKER = 0.25
"""Worth of being a statement of the one asked about, beside similarities of -1 to 1."""

DATED = 0.10
"""Worth of being published in the time asked about, or shortly after it."""

STANCE = 0.05
"""Worth of doing what the question asks for: a denial where one is asked for."""

ELSEWHERE = 0.5
"""What a hit without an attribution counts of one that has one."""

_LATER = timedelta(days=7)

_RESPONSES = frozenset(("denies", "declines", "confirms", "criticises"))


def rank(
    question: Question, hits: Iterable[Hit], speaker_of: Mapping[str, Speaker]
) -> tuple[Evidence, ...]:
    """Return the hits as evidence, each attribution and each passage once.

    Args:
        speaker_of: Speakers by id.
    """
    best: dict[str, tuple[float, Hit]] = {}
    for hit in hits:
        key = hit.attribution.id if hit.attribution else hit.passage.id
        scored = _score(question, hit)
        if key not in best or scored > best[key][0]:
            best[key] = (scored, hit)
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(
        Evidence(
            number=number,
            article=hit.article,
            passage=hit.passage,
            span=hit.span,
            attribution=hit.attribution,
            speaker=_speaker(hit, speaker_of),
            score=score,
        )
        for number, (_, (score, hit)) in enumerate(ordered, 1)
    )


def _speaker(hit: Hit, speaker_of: Mapping[str, Speaker]) -> Speaker | None:
    if hit.attribution is None or hit.attribution.speaker_id is None:
        return None
    return speaker_of.get(hit.attribution.speaker_id)


def _score(question: Question, hit: Hit) -> float:
    late = hit.scores["late"]
    score = late + hit.scores.get("within", late * ELSEWHERE)
    if hit.attribution is None:
        return score - SPEAKER
    if hit.attribution.speaker_id in {speaker.id for speaker in question.speakers}:
        score += SPEAKER
    if question.kind == "denial" and hit.attribution.stance in _RESPONSES:
        score += STANCE
    if in_time(question, hit.article.published):
        score += DATED
    return score


def in_time(question: Question, published: date | None) -> bool:
    """Say whether a day is in the time asked about; what is said in June may be printed in July."""
    if published is None or not (question.since or question.until):
        return False
    late = timedelta() if question.firm else _LATER
    return (question.since or date.min) <= published and (
        question.until is None or published <= question.until + late
    )
