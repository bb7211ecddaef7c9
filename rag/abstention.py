"""Decide whether the archive answers a question at all, and if not, why."""

from __future__ import annotations

from collections.abc import Iterable

from index.records import Hit

from .records import Abstention, Question

ON_TOPIC = 0.45
"""Least support of the topic by a statement of the one asked about; from training questions."""

SAID = 0.5
"""The same where nobody is named."""


def judge(question: Question, hits: Iterable[Hit]) -> Abstention | None:
    """Return why there is no answer; None where there is one.

    Args:
        hits: What a search for the question's topic found, among the statements of those asked
            about where there are any.
    """
    if question.strangers and not question.speakers:
        return "no-such-speaker"
    asked = {speaker.id for speaker in question.speakers}
    if asked and not question.topic:
        return None
    best = max(
        (
            (hit.scores["late"] + hit.scores["within"]) / 2
            for hit in hits
            if hit.attribution and (not asked or hit.attribution.speaker_id in asked)
        ),
        default=0.0,
    )
    if asked and question.kind != "verify":
        return "nothing-on-topic" if best < ON_TOPIC else None
    return "nobody-said-it" if best < SAID else None
