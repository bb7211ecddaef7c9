"""Read the day out of a date as documents write it."""

from __future__ import annotations

import re
from datetime import date, datetime

_LONGEST = 64
_TIME = r"(?:[Tt\s,]\s*\d{1,2}:?\d\d[\w:.,+\-\s]*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:([-/.])(\d\d?)\2(\d\d?)|(\d\d)(\d\d)){_TIME}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d\d?)([-/.])(\d\d?)\2(\d{{4}}){_TIME}", re.ASCII)
_MONTH = re.compile(r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")


def read_day(text: str) -> date | None:
    """Return the day that `text` names, in its own time zone, or None where that takes a guess.

    Read are ISO 8601 ("2016-09-12T08:30Z", "20160912"), "2016/09/12", RFC 2822, and a month by
    its English name ("12 September 2016", "Sept. 12, 2016, 5:30 p.m. EDT"). "25/09/2016" can
    mean one day only; "03/04/2016" can mean two, and "9 May 16" and "May 2016" any of several.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, *parts = found.groups()
        return _day(year, *(part for part in parts if part))
    if found := _YEAR_LAST.fullmatch(text):
        first, _, second, year = found.groups()
        return _same({_day(year, first, second), _day(year, second, first)} - {None})
    return _named(text) if _MONTH.search(text) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _same(days: set[date | None]) -> date | None:
    return days.pop() if len(days) == 1 else None


def _named(text: str) -> date | None:
    """Read a date with a month's name; only if it is the same however the gaps are filled."""
    from dateutil.parser import parse  # type: ignore[import-untyped]

    try:
        first = parse(text, default=datetime(2001, 1, 1), ignoretz=True).date()  # noqa: DTZ001
        second = parse(text, default=datetime(2002, 2, 2), ignoretz=True).date()  # noqa: DTZ001
    except (ValueError, ArithmeticError):  # the latter for hours of 30 digits and the like
        return None
    return _same({first, second}) if f"{first.year}" in text else None
