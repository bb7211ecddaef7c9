"""Say that there is no answer, why, and what was searched; show the nearest statements as such."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..records import Abstention, Claim, Draft, Evidence, Question, Scope
from .quoting import state

NEAREST = 2


def refuse(
    question: Question, reason: Abstention, evidence: Sequence[Evidence], scope: Scope
) -> Draft:
    """Draft a refusal.

    Args:
        evidence: What comes nearest, best first.
    """
    claims = [Claim(f"{_because(question, reason)} {_searched(scope)}", ())]
    near = [claim for piece in evidence if (claim := state(piece))][:NEAREST]
    if near:
        claims += [Claim("The nearest statements, which don't answer the question:", ()), *near]
    return Draft(claims=tuple(claims), abstention=reason)


def _because(question: Question, reason: Abstention) -> str:
    if reason == "empty-archive":
        return "The archive is empty; add documents to it first."
    if reason == "no-such-speaker":
        return f"No speaker called {' or '.join(question.strangers)} is in this archive."
    alone = [speaker for speaker in question.speakers if not speaker.members]
    names = " or ".join(dict.fromkeys(s.name for s in alone or question.speakers))
    if reason == "nothing-on-topic":
        return f"{names or 'Nobody'} is quoted in this archive, but not on this."
    if reason == "outside-dates":
        if not question.firm:
            return f"{names} is quoted in this archive, but not in the time asked about."
        return "This is said in the archive, but not in the time asked about."
    return "Nobody in this archive says this."


def _searched(scope: Scope) -> str:
    articles = f"{scope.articles:,} article{'' if scope.articles == 1 else 's'}"
    if scope.first is None or scope.last is None:
        return f"Searched: {articles}."
    if scope.first == scope.last:
        return f"Searched: {articles}, of {day(scope.first)}."
    return f"Searched: {articles}, from {day(scope.first)} to {day(scope.last)}."


def day(moment: date) -> str:
    """Return a day as people write it: 10 March 2023."""
    return f"{moment.day} {moment:%B %Y}"
