"""Decide whether the archive answers a question at all, and if not, why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from index.records import Hit

from .records import Abstention, Evidence, Question

ON_TOPIC = 0.5
"""Least support of the topic by a statement of the one asked about. Of 0.40 to 0.55, this one and
0.45 answered and refused most training questions right."""

SAID = 0.45
"""The same where nobody is named, and for "did X say it?", which a "no" may answer."""


def judge(
    question: Question, evidence: Sequence[Evidence], topical: Iterable[Hit]
) -> Abstention | None:
    """Return why there is no answer; None where there is one.

    Where somebody is asked about, the statement that fits best must be his: if another one's fits
    better, he has said nothing of it. Whether "did X say it?" is to be answered by another one's
    statement is for the writer to say.

    Args:
        evidence: Best first.
        topical: What a search for the question's topic found, among the statements of those
            asked about where there are any.
    """
    if question.strangers and not question.speakers:
        return "no-such-speaker"
    asked = {speaker.id for speaker in question.speakers}
    if asked and question.kind != "verify":
        best = next((piece.speaker for piece in evidence if piece.speaker), None)
        if best is None or best.id not in asked:
            return "nothing-on-topic"
        enough = not question.topic or _support(asked, topical) >= ON_TOPIC
        return None if enough else "nothing-on-topic"
    return None if _support(asked, topical) >= SAID else "nobody-said-it"


def _support(asked: Collection[str], topical: Iterable[Hit]) -> float:
    """Return how well the best statement, of those asked about if any, bears on the topic."""
    return max(
        (
            (hit.scores["late"] + hit.scores["within"]) / 2
            for hit in topical
            if hit.attribution and (not asked or hit.attribution.speaker_id in asked)
        ),
        default=0.0,
    )
