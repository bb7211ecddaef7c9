"""The time a question asks about."""

from __future__ import annotations

from datetime import date

import pytest

from rag.dates import find_period

ASKED = date(2025, 6, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("on 30 September 2024", date(2024, 9, 30), date(2024, 9, 30)),
        ("on September 3rd, 2024", date(2024, 9, 3), date(2024, 9, 3)),
        ("on 2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("in September 2024", date(2024, 9, 1), date(2024, 9, 30)),
        ("in Sept. 2024", date(2024, 9, 1), date(2024, 9, 30)),
        ("in mid-September 2024", date(2024, 9, 9), date(2024, 9, 21)),
        ("in the first days of October 2024", date(2024, 10, 1), date(2024, 10, 10)),
        ("in late February 2024", date(2024, 2, 20), date(2024, 2, 29)),
        ("in September-October 2024", date(2024, 9, 1), date(2024, 10, 31)),
        ("between November and January 2025", date(2024, 11, 1), date(2025, 1, 31)),
        ("on 31 June 2024", date(2024, 6, 1), date(2024, 6, 30)),  # no such day: the month
        ("in 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("yesterday", date(2025, 6, 17), date(2025, 6, 17)),
        ("last week", date(2025, 6, 11), ASKED),
        ("two months ago", date(2025, 4, 15), date(2025, 4, 21)),
    ],
)
def test_words_for_a_time_are_read(text: str, since: date, until: date) -> None:
    found = find_period(f"What did she say {text} about it?", ASKED)
    assert found is not None
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "What may he say?",
        "the 1995 return",
        "",
        "in 20244",
        "a spot on 'Today'",
        "today's campaigns",
        "but are bad guys today",
        "as her last year began",
    ],
)
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    assert find_period(text, ASKED) is None


def test_is_before_another_time_than_today_is_no_sign_against_it() -> None:
    text = "Is it true that he said yesterday that eels are back?"
    found = find_period(text, ASKED)
    assert found is not None
    assert text[found.start : found.end] == "yesterday"


def test_the_words_for_the_time_are_located() -> None:
    text = "What did Vance say in March 2024 about eels?"
    found = find_period(text, ASKED)
    assert found is not None
    assert text[found.start : found.end] == "March 2024"
