"""Write an answer without a language model: who, how, the words as printed, when, where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.records import Attribution, Span, Stance

from ..quotation import is_balanced, own_words
from ..records import Claim, Draft, Evidence, Question, Verdict

_VERBS: dict[Stance, str] = {
    "says": "said",
    "denies": "said in denial",
    "alleges": "alleged",
    "confirms": "confirmed",
    "promises": "promised",
    "warns": "warned",
    "asks": "asked",
    "criticises": "said in criticism",
    "praises": "said in praise",
    "declines": "said, declining to comment",
    "thinks": "said",
    "reports": "reported",
    "orders": "ordered",
}


_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|nothing|neither)\b|n['’]t\b", re.IGNORECASE)

NEAR = 0.3
"""How far below the best statement's score another one may be, to be shown beside it."""


class QuotingWriter:
    """Sets one statement below another, each as its article prints it.

    Direct speech stands between quotation marks; what an article only reports never does, but
    where the article itself quotes a part of it.
    """

    def write(self, question: Question, evidence: Sequence[Evidence], limit: int) -> Draft:
        """Draft at most `limit` statements, best first; the verdict is that of the first one."""
        chosen = _choose(evidence, limit)
        verdict = _verdict(question, chosen)
        claims = [claim for e in chosen if (claim := state(e))]
        if verdict:
            claims = [Claim(_verdict_text(verdict, question, chosen[0]), ()), *claims]
        elif question.kind == "time" and chosen and chosen[0].article.published:
            claims = [Claim(f"On or before {_day(chosen[0])}:", ()), *claims]
        return Draft(claims=tuple(claims), verdict=verdict)


def _choose(evidence: Sequence[Evidence], limit: int) -> list[Evidence]:
    """Return the statements to show: the best, and what comes near it."""
    usable = [e for e in evidence if e.attribution and e.speaker]
    return [e for e in usable if e.score >= usable[0].score - NEAR][:limit]


def state(evidence: Evidence) -> Claim | None:
    """Return one statement as a claim; None where its words can't be set without altering them."""
    attribution, speaker = evidence.attribution, evidence.speaker
    if attribution is None or speaker is None:
        return None
    where = ", ".join(part for part in (evidence.article.outlet, _day(evidence)) if part)
    tail = f"{f' ({where})' if where else ''} [{evidence.number}]"
    own = _own_words(evidence)
    if attribution.kind == "direct":
        text = f"{speaker.name} {_VERBS[attribution.stance]}: {own}{tail}"
        return Claim(text, (evidence.number,), speaker.name) if is_balanced(text) else None
    words = " ".join(evidence.article.quote(statement(attribution)).split())
    text = f"{speaker.name}, as reported: {words}{f' – {own}' if own else ''}{tail}"
    return Claim(text, (evidence.number,), speaker.name, words) if is_balanced(text) else None


def _own_words(evidence: Evidence) -> str:
    """Return all direct speech of a piece between quotation marks, in reading order."""
    spoken = {
        span
        for stated in evidence.statements
        if stated.kind == "direct" and stated.within is None
        for span in stated.content
    }
    runs = own_words(evidence.article, sorted(spoken))
    return " … ".join(f"“{evidence.article.quote(run)}”" for run in runs)


def statement(attribution: Attribution) -> Span:
    """Return the span from the first to the last word of source, cue and content."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _day(evidence: Evidence) -> str:
    day = evidence.article.published
    return f"{day.day} {day:%B %Y}" if day else ""


def _verdict(question: Question, chosen: Sequence[Evidence]) -> Verdict | None:
    """Say yes where the one asked about says it, no where he denies it or another one says it."""
    if question.kind != "verify" or not chosen or not question.speakers:
        return None
    first = chosen[0]
    if first.speaker is None or first.speaker.id not in _ids(question):
        return "no"
    return "yes" if _is_negative(question.text) == _denies(first) else "no"


def _denies(evidence: Evidence) -> bool:
    """Say whether a statement is a refusal or a denial, by its cue or in its own words."""
    stated = evidence.attribution
    if stated is None or stated.polarity == "negated" or stated.stance in ("denies", "declines"):
        return stated is not None
    return any(_is_negative(evidence.article.quote(span)) for span in stated.content)


def _is_negative(text: str) -> bool:
    return _NEGATION.search(text) is not None


def _ids(question: Question) -> Iterable[str]:
    return {speaker.id for speaker in question.speakers}


def _verdict_text(verdict: Verdict, question: Question, first: Evidence) -> str:
    if verdict == "yes":
        return "Yes."
    if first.speaker and first.speaker.id not in _ids(question):
        return f"No: not {question.speakers[0].name} but {first.speaker.name}."
    return "No."
