"""Decide whether the archive answers a question at all, and if not, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .records import Abstention, Evidence, Question

ON_TOPIC = 0.62
"""Least topical support of a statement of the one asked about; from training questions."""

SAID = 0.62
"""The same where nobody is named."""


def judge(
    question: Question, evidence: Sequence[Evidence], support: Mapping[str, float]
) -> Abstention | None:
    """Return why there is no answer; None where there is one.

    Args:
        support: How well each attribution bears on the topic, -1 to 1, by attribution id.
    """
    if question.strangers and not question.speakers:
        return "no-such-speaker"
    asked = {speaker.id for speaker in question.speakers}
    theirs = [e for e in evidence if e.speaker and (not asked or e.speaker.id in asked)]
    best = max((support.get(e.attribution.id, 0.0) for e in theirs if e.attribution), default=0.0)
    if asked and question.kind != "verify":
        return "nothing-on-topic" if best < ON_TOPIC else None
    return "nobody-said-it" if best < SAID else None
