"""Hits to numbered evidence, best first.

A linear ranker over what search and the question tell of a statement. Its weights come from a
listwise softmax (Cao and others, ListNet, ICML 2007) over 300 training questions with gold; that of
"asked then", since nobody knows when those were asked, from 198 questions of a news quiz. Their
scale is arbitrary, but `rag.abstention` and `rag.selection` compare scores with figures of theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from index.records import Hit, Speaker

from .polarity import is_denial
from .records import Evidence, Question

WEIGHTS: Mapping[str, float] = {
    "late": 0.457,  # MaxSim of the passage, -1 to 1
    "article": 0.678,  # MaxSim of all passages found of its article together, -1 to 1
    "within": 0.019,  # MaxSim of the statement, -1 to 1
    "content": 0.342,  # MaxSim of its content alone, -1 to 1
    "dense": 0.047,  # cosine of the passage, -1 to 1
    "lexical": 0.012,  # BM25 of the passage, as a share of the best one's
    "speaker": 0.127,  # it is a statement of one who is asked about
    "direct": 0.060,  # it is direct speech
    "nested": -0.040,  # it stands within another statement
    "told": 0.086,  # the same, where a report within a report is asked for
    "denies": 0.147,  # it denies or declines, or says no, where a response is asked for
    "mentioned": -0.034,  # its speaker is named in a question that asks about nobody
    "in role": 0.069,  # share of the role asked for that articles give the speaker
    "in time": 0.088,  # published in the time asked about; see `likely_time`
    "asked then": 0.2,  # published around the day asked, where no other time is asked about
    "position": 0.008,  # how far down in the article, 0 to 1
}

WITHOUT = 0.75
"""What a passage without a statement counts of its own late interaction as the statement's."""

_WORD = re.compile(r"\w{2,}")
_STEM = 5
"""Letters by which words are compared: senators and senator, Republicans and Republican."""

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
    rows = features(question, found, speaker_of)
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


def features(
    question: Question, hits: Sequence[Hit], speaker_of: Mapping[str, Speaker]
) -> npt.NDArray[np.float64]:
    """Return what `WEIGHTS` weighs, (hits, weights), in its order."""
    most = max((hit.scores["lexical"] for hit in hits), default=0.0) or 1.0
    asked = {speaker.id for speaker in question.speakers}
    mentioned = {speaker.id for speaker in question.mentioned}
    in_role = _in_role(question.role, hits, speaker_of)
    rows = [
        _features(question, hit, most, asked, mentioned, share)
        for hit, share in zip(hits, in_role, strict=True)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(WEIGHTS))


def _features(
    question: Question,
    hit: Hit,
    most: float,
    asked: Collection[str],
    mentioned: Collection[str],
    in_role: float,
) -> tuple[float, ...]:
    scores, stated = hit.scores, hit.attribution
    late = scores["late"]
    nested = stated is not None and stated.within is not None
    then = in_time(question, hit.article.published)
    return (
        late,
        scores["article"],
        scores.get("within", late * WITHOUT),
        scores.get("content", late * WITHOUT),
        scores["dense"],
        scores["lexical"] / most,
        stated is not None and stated.speaker_id in asked,
        stated is not None and stated.kind == "direct",
        nested,
        nested and question.kind == "nested",
        stated is not None and question.kind == "denial" and is_denial(stated, hit.article),
        stated is not None and not asked and stated.speaker_id in mentioned,
        in_role,
        then and not question.around,
        then and question.around is not None,
        hit.span.start / len(hit.article.text),
    )


def _in_role(role: str, hits: Sequence[Hit], speaker_of: Mapping[str, Speaker]) -> list[float]:
    """Return how much of a role each hit's speaker has: by all roles, and by the hit's article."""
    wanted = _stems(role)
    if not wanted:
        return [0.0] * len(hits)
    called: dict[tuple[str, str], set[str]] = defaultdict(set)
    for hit in hits:
        speaker = _speaker(hit, speaker_of)
        if hit.attribution and speaker:
            sources = map(hit.article.quote, hit.attribution.source)
            own = "" if speaker.kind == "person" else speaker.name
            roles = (given.name for given in speaker.roles)
            called[hit.article.id, speaker.id] |= _stems(" ".join((own, *sources, *roles)))
    places = (
        (hit.article.id, hit.attribution.speaker_id if hit.attribution else "") for hit in hits
    )
    return [len(wanted & called.get((a, s or ""), set())) / len(wanted) for a, s in places]


def _stems(text: str) -> set[str]:
    return {word.lower()[:_STEM] for word in _WORD.findall(text)}


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
