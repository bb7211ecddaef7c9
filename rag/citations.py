"""Check a draft against its evidence; the only maker of answers.

Two promises are kept here and nowhere else: what stands between quotation marks is verbatim in
the cited words, and whoever is named as a speaker is the cited attribution's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .extents import around, extent, paragraphs
from .quotation import is_balanced, quoted_runs
from .records import Answer, Citation, Claim, Draft, Evidence, Question, Scope

_NUMBER = re.compile(r"\[(\d+)\]")
MOST_PASSAGES = 10


def check(question: Question, draft: Draft, evidence: Sequence[Evidence], scope: Scope) -> Answer:
    """Return the answer that is left of a draft when all that fails has been dropped.

    Citations are numbered anew in the order in which the text names them. Where nothing of the
    draft holds, the answer abstains.
    """
    by_number = {piece.number: piece for piece in evidence}
    kept = [claim for claim in draft.claims if _holds(claim, by_number)]
    order = list(dict.fromkeys(n for claim in kept for n in claim.numbers))
    number_of = {old: new for new, old in enumerate(order, 1)}
    abstention = draft.abstention
    if abstention is None and not order:
        abstention = "nothing-on-topic" if question.speakers else "nobody-said-it"
        kept = []
    return Answer(
        question=question,
        text="\n".join(_renumber(claim.text, number_of) for claim in kept),
        citations=tuple(_cite(by_number[old], number_of[old]) for old in order),
        evidence=_first_passages(evidence),
        scope=scope,
        abstention=abstention,
        verdict=None if abstention else draft.verdict,
    )


def _first_passages(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the pieces of the first `MOST_PASSAGES` passages."""
    first = list(dict.fromkeys(piece.passage.id for piece in evidence))[:MOST_PASSAGES]
    return tuple(piece for piece in evidence if piece.passage.id in first)


def _holds(claim: Claim, evidence: dict[int, Evidence]) -> bool:
    if any(n not in evidence for n in claim.numbers) or not is_balanced(claim.text):
        return False
    cited = [evidence[n] for n in claim.numbers]
    if {int(n) for n in _NUMBER.findall(claim.text)} - set(claim.numbers):
        return False
    if any(_NUMBER.search(words) for words in (*quoted_runs(claim.text), claim.reported)):
        return False  # the article's own "[1]" would be numbered anew, and read as a citation
    if claim.speaker and not all(_speaks(claim.speaker, piece) for piece in cited):
        return False
    if claim.reported and not any(claim.reported in _plain(p.article.text) for p in cited):
        return False
    return all(
        any(_says(run, piece) for piece in cited) for run in quoted_runs(claim.text) if run.strip()
    )


def _speaks(name: str, piece: Evidence) -> bool:
    return piece.speaker is not None and name in (piece.speaker.name, *piece.speaker.aliases)


def _says(run: str, piece: Evidence) -> bool:
    """Say whether a quoted run stands, to the letter, in the words that the piece attributes."""
    spans = [span for stated in piece.statements for span in stated.content]
    return any(_plain(run) in _plain(piece.article.quote(span)) for span in spans or (piece.span,))


def _plain(text: str) -> str:
    """Return `text` with each run of white space as one space; nothing else is forgiven."""
    return " ".join(text.split())


def _renumber(text: str, number_of: dict[int, int]) -> str:
    return _NUMBER.sub(lambda found: f"[{number_of[int(found[1])]}]", text)


def _cite(piece: Evidence, number: int) -> Citation:
    """Cite the paragraphs in which the words stand, and all that the speaker says there."""
    if piece.attribution is None:
        span, highlights = piece.span, [piece.span]
    else:
        highlights = sorted({span for stated in piece.statements for span in stated.content})
        words = around([extent(stated) for stated in piece.statements])
        span = paragraphs(piece.article.text, words)
    return Citation(
        number=number,
        article=piece.article,
        passage=piece.passage,
        span=span,
        highlights=tuple(highlights),
        attribution=piece.attribution,
        speaker=piece.speaker,
        copies=piece.copies,
    )
