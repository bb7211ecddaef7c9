"""Understand a question: what kind, about whom, about what, about when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from index.records import Parse, Span

from .dates import Period, find_period
from .descriptions import describe
from .directory import Directory, Named
from .kinds import find_kind, without_asking
from .options import AskOptions
from .records import Question
from .slots import find_slots, tells_of_telling
from .wanted import role, wanted

_SUPPOSING = re.compile(r"\W*(?:was|is) it\b.*\b(?:who|that)\b(?! .*\bright\b)", re.IGNORECASE)


def parse(
    text: str, words: Parse, directory: Directory, options: AskOptions, asked: date
) -> Question:
    """Return the question understood, without a language model.

    Args:
        text: Stand-alone; see `rag.conversation`.
        words: The grammar of `text`.
        asked: The day that "last week" counts from.
    """
    names = directory.find(text)
    period = find_period(text, asked)
    if period:
        names = [n for n in names if n.end <= period.start or n.start >= period.end]
    wants = "nobody" if options.speaker else wanted(words)
    slots = find_slots(text, words, names) if wants == "nobody" else []
    described = describe(text, words, names) if wants == "nobody" else None
    if described and any(_asked_otherwise(text, slot, described) for slot in slots):
        described = None
    if described:  # "the mayor's lawyer": not the mayor
        slots = []
    if options.speaker:
        slots = [Named(0, 0, options.speaker, directory.named(options.speaker), whole=True)]
    named = directory.with_partners(s for slot in slots for s in slot.speakers)
    supposes = _SUPPOSING.match(text) is not None and not options.speaker
    firm = bool(options.since or options.until)
    since, until = (period.since, period.until) if period else (None, None)
    return Question(
        text=text,
        kind=find_kind(text, wanted=wants, tells_of_telling=tells_of_telling(words)),
        topic=_topic(text, [*slots, *(part for part in (described, period) if part)]),
        speakers=() if supposes else named,
        supposed=named if supposes else (),
        mentioned=tuple(s for other in names if other not in slots for s in other.speakers),
        described=text[described.start : described.end] if described else "",
        role="" if wants == "nobody" else role(words),
        strangers=tuple(slot.text for slot in slots if not slot.speakers),
        since=options.since if firm else since,
        until=options.until if firm else until,
        firm=firm,
    )


def _asked_otherwise(text: str, named: Named, described: Span) -> bool:
    """Say whether a name is asked about apart from a description: before it, or "according to"."""
    between = text[described.end : named.start]
    account = re.search(r"\?|according to", between, re.IGNORECASE)
    return named.end <= described.start or (named.start >= described.end and account is not None)


def _topic(text: str, asked: Iterable[Named | Span | Period]) -> str:
    """Return `text` without its asking words, the speakers asked about and the time."""
    kept = list(text)
    for part in asked:
        kept[part.start : part.end] = " " * (part.end - part.start)
    return without_asking("".join(kept))
