"""Addresses of the page that ask a question: `?q=&speaker=&since=&until=&outlet=`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from rag import AskOptions

LONGEST_QUESTION = 1000
_MOST_BEFORE = 3


class Link(NamedTuple):
    """What an address asks.

    Attributes:
        questions: The last is the one asked; those before it are what it follows.
        filters: Speaker, outlet, since and until as they were written.
    """

    questions: tuple[str, ...]
    filters: tuple[str, str, str, str]


def write_link(question: str, options: AskOptions, before: Iterable[str] = ()) -> str:
    """Return the address that asks a question, from its question mark on."""
    fields = [
        *(("after", earlier) for earlier in before),
        ("q", question),
        ("speaker", options.speaker),
        ("outlet", options.outlet),
        ("since", options.since and options.since.isoformat()),
        ("until", options.until and options.until.isoformat()),
    ]
    return "?" + urlencode([(name, value) for name, value in fields if value])


def read_link(fields: Sequence[tuple[str, str]]) -> Link:
    """Read an address's fields; without a question in it, `questions` is empty."""
    last: Mapping[str, str] = dict(fields)
    asked = last.get("q", "").strip()[:LONGEST_QUESTION]
    before = [value[:LONGEST_QUESTION] for name, value in fields if name == "after"]
    return Link(
        (*before[-_MOST_BEFORE:], asked) if asked else (),
        (
            last.get("speaker", "")[:LONGEST_QUESTION],
            last.get("outlet", "")[:LONGEST_QUESTION],
            last.get("since", "")[:10],
            last.get("until", "")[:10],
        ),
    )


def read_filters(
    speaker: str | None, outlet: str | None, since: str | None, until: str | None
) -> AskOptions:
    """Read the filters of a question as they were written.

    Raises:
        ValueError: A day can't be read, or the first is after the last.
    """
    return AskOptions(
        speaker=speaker or None,
        outlet=outlet or None,
        since=_read_day(since),
        until=_read_day(until),
    )


def _read_day(text: str | None) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = f"a day is written like 2023-03-10, not {text!r}"
        raise ValueError(message) from None
