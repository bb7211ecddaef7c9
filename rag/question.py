"""Understand a question: what kind, about whom, about what, about when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.records import Parse

from .dates import find_period
from .directory import Directory, Named
from .kinds import find_kind, without_asking
from .options import AskOptions
from .records import Question
from .slots import find_slots, tells_of_telling


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
    slots = find_slots(text, words, names)
    if options.speaker:
        slots = [Named(0, 0, options.speaker, directory.named(options.speaker), whole=True)]
    firm = bool(options.since or options.until)
    since, until = (period.since, period.until) if period else (None, None)
    return Question(
        text=text,
        kind=find_kind(text, named=bool(slots), tells_of_telling=tells_of_telling(words, slots)),
        topic=_topic(text, slots, (period.start, period.end) if period else (0, 0)),
        speakers=tuple(dict.fromkeys(s for slot in slots for s in slot.speakers)),
        strangers=tuple(slot.text for slot in slots if not slot.speakers),
        since=options.since if firm else since,
        until=options.until if firm else until,
        firm=firm,
    )


def _topic(text: str, slots: Sequence[Named], period: tuple[int, int]) -> str:
    """Return `text` without its asking words, the speakers asked about and the time."""
    kept = list(text)
    for start, end in [(slot.start, slot.end) for slot in slots] + [period]:
        kept[start:end] = " " * (end - start)
    return without_asking("".join(kept))
