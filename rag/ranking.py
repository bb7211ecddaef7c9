"""Hits to numbered evidence, best first.

A linear ranker over what search and the question tell of a statement. Its weights come from a
listwise softmax (Cao and others, ListNet, ICML 2007) over 300 training questions with gold, put in
units of the passage's late interaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

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
    "in time": 0.137,  # published in the time asked about; see `likely_time`
    "position": 0.043,  # how far down in the article, 0 to 1
}

WITHOUT = 0.75
"""What a passage without a statement counts of its own late interaction as "within"."""

_LATER = timedelta(days=7)
_BEFORE, _AFTER = timedelta(days=7), timedelta(days=30)


def rank(
    question: Question, hits: Iterable[Hit], speaker_of: Mapping[str, Speaker]
) -> tuple[Evidence, ...]:
    """Return the hits as evidence, each statement and each passage once.

    Args:
        speaker_of: Speakers by id.
    """
    found = list(hits)
    if not found:
        return ()
    rows = features(question, found)
    scores = rows @ np.array(list(WEIGHTS.values()))
    best: dict[str, tuple[float, Hit]] = {}
    for score, hit in zip(scores.tolist(), found, strict=True):
        key = hit.attribution.id if hit.attribution else hit.passage.id
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


def features(question: Question, hits: Sequence[Hit]) -> npt.NDArray[np.float64]:
    """Return what `WEIGHTS` weighs, (hits, weights), in its order."""
    most = max((hit.scores["lexical"] for hit in hits), default=0.0) or 1.0
    asked = {speaker.id for speaker in question.speakers}
    rows = [_features(question, hit, most, asked) for hit in hits]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(WEIGHTS))


def _features(
    question: Question, hit: Hit, most: float, asked: Collection[str]
) -> tuple[float, ...]:
    scores, stated = hit.scores, hit.attribution
    late = scores["late"]
    return (
        late,
        scores.get("within", late * WITHOUT),
        scores["dense"],
        scores["lexical"] / most,
        stated is not None and stated.speaker_id in asked,
        stated is not None and stated.kind == "direct",
        stated is not None and stated.within is not None,
        in_time(question, hit.article.published),
        hit.span.start / len(hit.article.text),
    )


def likely_time(question: Question) -> tuple[date | None, date | None]:
    """Return the first and last day of publication of what answers a question; None for no limit.

    What is said in June may be printed in July; news is asked about when it is new.
    """
    if question.around:
        return question.around - _BEFORE, question.around + _AFTER
    if question.until and not question.firm:
        return question.since, question.until + _LATER
    return question.since, question.until


def in_time(question: Question, published: date | None) -> bool:
    """Say whether a day is in the time asked about; never so where no time is."""
    since, until = likely_time(question)
    if published is None or not (since or until):
        return False
    return (since or date.min) <= published <= (until or date.max)
