"""Hits to numbered evidence, best first.

A linear ranker over what search and the question tell of a statement. Its weights come from a
listwise softmax (Cao and others, ListNet, ICML 2007) over 300 training questions with gold, put in
units of the passage's late interaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from index.records import Hit, Speaker

from .records import Evidence, Question

WEIGHTS: Mapping[str, float] = {
    "late": 1.0,  # MaxSim of the passage, -1 to 1
    "within": 0.494,  # MaxSim of the statement in it, -1 to 1
    "dense": 0.208,  # cosine of the passage, -1 to 1
    "lexical": 0.045,  # BM25 of the passage, as a share of the best one's
    "speaker": 0.106,  # it is a statement of one who is asked about
    "direct": 0.096,  # it is direct speech
    "nested": -0.112,  # it stands within another statement
    "in time": 0.137,  # published in the time asked about, or shortly after
    "position": 0.043,  # how far down in the article, 0 to 1
}

WITHOUT = 0.75
"""What a passage without a statement counts of its own late interaction as "within"."""

_LATER = timedelta(days=7)


def rank(
    question: Question, hits: Iterable[Hit], speaker_of: Mapping[str, Speaker]
) -> tuple[Evidence, ...]:
    """Return the hits as evidence, each statement and each passage once.

    Args:
        speaker_of: Speakers by id.
    """
    found = list(hits)
    most = max((hit.scores["lexical"] for hit in found), default=0.0) or 1.0
    best: dict[str, tuple[float, Hit]] = {}
    for hit in found:
        key = hit.attribution.id if hit.attribution else hit.passage.id
        score = sum(WEIGHTS[name] * value for name, value in features(question, hit, most).items())
        if key not in best or score > best[key][0]:
            best[key] = (score, hit)
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


def features(question: Question, hit: Hit, most: float) -> dict[str, float]:
    """Return a hit's features; `most` is the highest BM25 of all hits."""
    scores, stated = hit.scores, hit.attribution
    found = {
        "late": scores["late"],
        "within": scores.get("within", scores["late"] * WITHOUT),
        "dense": scores["dense"],
        "lexical": scores["lexical"] / most,
        "in time": float(in_time(question, hit.article.published)),
        "position": hit.span.start / len(hit.article.text),
    }
    if stated:
        asked = {speaker.id for speaker in question.speakers}
        found |= {
            "speaker": float(stated.speaker_id in asked),
            "direct": float(stated.kind == "direct"),
            "nested": float(stated.within is not None),
        }
    return found


def in_time(question: Question, published: date | None) -> bool:
    """Say whether a day is in the time asked about; what is said in June may be printed in July."""
    if published is None or not (question.since or question.until):
        return False
    late = timedelta() if question.firm else _LATER
    return (question.since or date.min) <= published and (
        question.until is None or published <= question.until + late
    )
