"""Which statements an answer is made of, out of all the evidence, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.records import Hit

from .polarity import refuses
from .records import Evidence, Question

NEAR = 0.3
"""How far below the best statement's score another one may be, to be shown beside it."""

_WORD = re.compile(r"\w[\w'’-]*")
_PLAIN = frozenset("yes no never nope yeah yep absolutely nonsense nothing".split())
_GENERAL = frozenset(("group", "unnamed"))


def select(asked: Question, evidence: Sequence[Evidence], hits: Iterable[Hit]) -> list[Evidence]:
    """Return the statements that may answer, best first.

    Only those of the ones asked about, where they have any; of "which senators ...?" each
    speaker's best one. Beside the first stands the one that is closest to the
    topic alone, and, where a response is asked for, their refusal to give one.

    Args:
        evidence: Best first.
        hits: What was found for the question, compared with its topic too.
    """
    stated = [piece for piece in evidence if piece.speaker and _says_something(piece)]
    theirs = of_those_asked(asked, stated)
    chosen = theirs or stated
    beside = []
    if asked.kind == "denial":
        beside += _refusals(theirs)[:1]
    if not (asked.since or asked.until):  # the topic alone knows nothing of time
        beside += _closest(chosen, hits)
    near = [piece for piece in chosen[1:] if piece.score >= chosen[0].score - NEAR]
    chosen = list({p.number: p for p in (*chosen[:1], *beside, *near)}.values())
    if asked.kind == "list" and not asked.speakers:
        chosen = [piece for piece in chosen if _is_named(piece)] or chosen
    return (
        _one_each(chosen) if asked.kind in ("list", "who-said") and not asked.speakers else chosen
    )


def of_those_asked(asked: Question, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the statements of the speakers whom a question asks about."""
    ids = {speaker.id for speaker in asked.speakers}
    return [piece for piece in evidence if piece.speaker and piece.speaker.id in ids]


def _is_named(piece: Evidence) -> bool:
    """Say whether the speaker has a name, or they have who speak together."""
    one = piece.speaker
    return one is not None and (one.kind not in _GENERAL or bool(one.members))


def _says_something(piece: Evidence) -> bool:
    """Say whether the content is more than a word for something said elsewhere ("which", "so").

    A plain "No." is.
    """
    content = piece.attribution.content if piece.attribution else ()
    words = [word for span in content for word in _WORD.findall(piece.article.quote(span))]
    return len(words) > 1 or (len(words) == 1 and words[0].lower() in _PLAIN)


def _refusals(theirs: Sequence[Evidence]) -> list[Evidence]:
    """Return where they decline or deny, those in the articles that fit best first."""
    fit: dict[str, float] = {}
    for piece in theirs:
        fit[piece.article.id] = max(piece.score, fit.get(piece.article.id, piece.score))
    refusals = [piece for piece in theirs if refuses(piece.attribution)]
    return sorted(refusals, key=lambda piece: -fit[piece.article.id])


def _closest(stated: Iterable[Evidence], hits: Iterable[Hit]) -> list[Evidence]:
    """Return the statement that is closest to the topic alone."""
    support = {
        hit.attribution.id: hit.scores["topic"] + hit.scores["topic within"]
        for hit in hits
        if hit.attribution and hit.attribution.within is None
    }
    found = [p for p in stated if p.attribution and p.attribution.id in support]
    best = max(found, key=lambda p: support[p.attribution.id] if p.attribution else 0, default=None)
    return [best] if best else []


def _one_each(pieces: Iterable[Evidence]) -> list[Evidence]:
    """Return each speaker's first piece."""
    first: dict[str, Evidence] = {}
    for piece in pieces:
        if piece.speaker:
            first.setdefault(piece.speaker.id, piece)
    return list(first.values())
