"""Write an answer without a language model: who, how, the words as printed, when, where."""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Attribution, Span, Speaker, Stance

from ..polarity import is_denial, supposes_denial
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


class QuotingWriter:
    """Sets one statement below another, each as its article prints it.

    Direct speech stands between quotation marks; what an article only reports never does, but
    where the article itself quotes a part of it.
    """

    def write(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        limit: int,
        verdict: Verdict | None = None,
    ) -> Draft:
        """Draft at most `limit` statements, best first, below the verdict."""
        chosen = [piece for piece in evidence if piece.attribution and piece.speaker][:limit]
        claims = [claim for e in chosen if (claim := state(e))]
        if verdict and chosen:
            claims = [Claim(_verdict_text(verdict, question, chosen[0]), ()), *claims]
        elif supposes_denial(question.text) and chosen and not any(map(_is_denial, chosen)):
            claims = [Claim("No denial of it was found. What comes closest:", ()), *claims]
        elif question.kind == "time" and chosen and chosen[0].article.published:
            claims = [Claim(f"On or before {_day(chosen[0])}:", ()), *claims]
        return Draft(claims=tuple(claims), verdict=verdict if chosen else None)


def state(evidence: Evidence) -> Claim | None:
    """Return one statement as a claim; None where its words can't be set without altering them."""
    attribution, speaker = evidence.attribution, evidence.speaker
    if attribution is None or speaker is None:
        return None
    place = (evidence.article.outlet, _day(evidence), _elsewhere(evidence))
    where = ", ".join(part for part in place if part)
    tail = f"{f' ({where})' if where else ''} [{evidence.number}]"
    own = _own_words(evidence)
    if attribution.kind == "written":
        return _written(evidence, speaker, tail)
    if attribution.kind == "direct":
        text = f"{speaker.name} {_VERBS[attribution.stance]}: {own}{tail}"
        return Claim(text, (evidence.number,), speaker.name) if is_balanced(text) else None
    words = " ".join(evidence.article.quote(statement(attribution)).split())
    text = f"{speaker.name}, as reported: {words}{f' – {own}' if own else ''}{tail}"
    return Claim(text, (evidence.number,), speaker.name, words) if is_balanced(text) else None


def _written(evidence: Evidence, speaker: Speaker, tail: str) -> Claim | None:
    """Return what the author of an opinion piece writes, in quotation marks where it has none."""
    words = " ".join(evidence.article.quote(evidence.span).split())
    if not any(mark in words for mark in '“”"'):
        return Claim(f"{speaker.name} wrote: “{words}”{tail}", (evidence.number,), speaker.name)
    text = f"{speaker.name} wrote: {words}{tail}"
    return Claim(text, (evidence.number,), speaker.name, words) if is_balanced(text) else None


def _own_words(evidence: Evidence) -> str:
    """Return all direct speech of a piece between quotation marks, in reading order."""
    spoken = {
        span
        for stated in evidence.statements
        if stated.kind == "direct" and (stated.within is None or stated is evidence.attribution)
        for span in stated.content
    }
    runs = own_words(evidence.article, sorted(spoken))
    return " … ".join(f"“{evidence.article.quote(run)}”" for run in runs)


def statement(attribution: Attribution) -> Span:
    """Return the span from the first to the last word of source, cue and content."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _is_denial(evidence: Evidence) -> bool:
    return any(is_denial(stated, evidence.article) for stated in evidence.statements)


def _day(evidence: Evidence) -> str:
    day = evidence.article.published
    return f"{day.day} {day:%B %Y}" if day else ""


def _elsewhere(evidence: Evidence) -> str:
    """Return in how many copies of the article the same stands, and in how many in other words."""
    same = sum(copy.same for copy in evidence.copies)
    other = len(evidence.copies) - same
    parts = [f"also in {same} other article{'s' if same > 1 else ''}"] if same else []
    return ", ".join([*parts, f"worded otherwise in {other}"] if other else parts)


def _verdict_text(verdict: Verdict, question: Question, first: Evidence) -> str:
    """Return the verdict for what it is: a guess, which the reader of the words below can judge."""
    if verdict == "yes":
        return "Yes, it seems."
    if question.supposed and first.speaker:
        return f"No, it seems: not {question.supposed[0].name} but {first.speaker.name}."
    return "No, it seems."
