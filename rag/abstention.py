"""Decide whether the archive answers a question at all, and if not, why.

A logistic model over three signs of the search and one of the question, fitted to the 243 training
questions that are no "did X say it?" and no report within a report; ARCHITECTURE.md has its
reliability.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from index.records import Hit

from .polarity import refuses
from .records import Abstention, Evidence, Question

_BIAS = -2.45
_SUPPORT = 6.6  # of the topic by the best statement, -1 to 1
_BEYOND = -2.42  # how much more support others give than those asked about; drawn towards 0
_MARGIN = 6.53  # of the best statement of those asked about before all others', cut at ±WIDEST
_ANYBODY = 0.3  # nobody is asked about; drawn towards 0, since who asks so differs most

WIDEST = 0.3
NO_TOPIC = 0.6
"""Support that is assumed where a question has no topic: "What did Jo Lee say?"."""

CONFIDENT = 0.77
"""Least probability of an answer. Of 0.68 to 0.84, those from 0.76 to 0.8 answered and refused most
training questions right."""

NAMED = 0.8
"""The same where somebody is to be named, "Who said ...?": a wrong name does most harm."""

SAID = 0.4
"""Least support of the topic for "did X say it?", which a "no" may answer, and for reports
within reports, whose questions hold the words of neither speaker."""


def judge(
    question: Question, evidence: Sequence[Evidence], hits: Iterable[Hit]
) -> Abstention | None:
    """Return why there is no answer; None where there is one.

    Args:
        evidence: Best first.
        hits: What was found for the question, compared with its topic too.
    """
    if question.strangers and not question.speakers:
        return "no-such-speaker"
    asked = {speaker.id for speaker in question.speakers}
    hits = list(hits)
    if question.kind in ("verify", "nested"):
        known = asked if question.kind == "verify" else set()
        return None if _support(known, hits) >= SAID else "nobody-said-it"
    if asked and question.kind == "denial" and _declined(asked, evidence):
        return None
    if asked and evidence and _refuses_first(asked, evidence[0]):
        return None
    to_name = question.kind in ("who-said", "list") and not asked
    if confidence(question, evidence, hits) >= (NAMED if to_name else CONFIDENT):
        return None
    return "nothing-on-topic" if asked else "nobody-said-it"


def confidence(question: Question, evidence: Sequence[Evidence], hits: Sequence[Hit]) -> float:
    """Return the probability that the archive answers a question; arguments as of `judge`."""
    asked = {speaker.id for speaker in question.speakers}
    support = _support(asked, hits) if question.topic or not asked else NO_TOPIC
    rest = _ANYBODY
    if asked:
        theirs, others = _best(evidence, asked)
        if theirs == -math.inf:
            return 0.0
        rest = _MARGIN * max(-WIDEST, min(WIDEST, theirs - others))
        rest += _BEYOND * (_support((), hits) - _support(asked, hits))
    return 1 / (1 + math.exp(-(_BIAS + _SUPPORT * support + rest)))


def _best(evidence: Iterable[Evidence], asked: Collection[str]) -> tuple[float, float]:
    """Return the best score of those asked about, and of all others; -inf where there is none."""
    theirs = others = -math.inf
    for piece in evidence:
        if piece.speaker and piece.speaker.id in asked:
            theirs = max(theirs, piece.score)
        elif piece.speaker:
            others = max(others, piece.score)
    return theirs, others


def _refuses_first(asked: Collection[str], first: Evidence) -> bool:
    """Say whether what fits best is that one who is asked about denies it or declines to comment.

    "Declined to comment on the charges" has no words of the charges to be compared.
    """
    return first.speaker is not None and first.speaker.id in asked and refuses(first.attribution)


def _declined(asked: Collection[str], evidence: Iterable[Evidence]) -> bool:
    """Say whether one who is asked about is reported to have declined to comment."""
    return any(
        piece.attribution and piece.attribution.stance == "declines"
        for piece in evidence
        if piece.speaker and piece.speaker.id in asked
    )


def _support(asked: Collection[str], hits: Iterable[Hit]) -> float:
    """Return how well the best statement, of those asked about if any, bears on the topic."""
    return max(
        (
            (hit.scores["topic"] + hit.scores["topic within"]) / 2
            for hit in hits
            if hit.attribution and (not asked or hit.attribution.speaker_id in asked)
        ),
        default=0.0,
    )
