"""The time that a question asks about: "in September 2016", "last week"."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PART = (
    r"(?:(?P<part>early|mid|late|the (?:start|beginning|middle|end) of|"
    r"(?:the )?(?:first|last) (?:days?|weeks?) of)[ -]+)?"
)
_SEVERAL = re.compile(
    rf"\b{_MONTH}\s*(?:-|–|—|to|and|or|through)\s*{_MONTH.replace('month', 'until')},?\s+{_YEAR}\b",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE
)
_DAY_LATER = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}\b", re.IGNORECASE
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
_ONE_MONTH = re.compile(rf"\b{_PART}{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE)
_ONE_YEAR = re.compile(rf"\b(?:in|during|of|from|back in)\s+{_YEAR}\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?<![\"'‘“])(?<!his )(?<!her )(?<!its )(?<!their )\b"
    r"(?:yesterday|today|(?:the )?(?:last|past|this)\s+(?:week|month|year)|"
    r"(?:one|two|three|four|five|six|\d+)\s+(?:days?|weeks?|months?|years?)\s+ago)\b(?!['’])",
    re.IGNORECASE,
)

_NOWADAYS = re.compile(r"\b(?:is|are|am|can|now|seems?|looks?)\b[^,;?]*\btoday\b", re.IGNORECASE)
"""Where "today" isn't the day of what was said: "... who are villains today"."""


class Period(NamedTuple):
    """First and last day, inclusive, and where in the text the words for them stand."""

    since: date
    until: date
    start: int
    end: int


def find_period(text: str, asked: date) -> Period | None:
    """Return the time that `text` names, the most exact one first; None where it names none.

    Args:
        asked: The day that "last week" counts from.
    """
    for pattern, read in (
        (_DAY_FIRST, _day),
        (_DAY_LATER, _day),
        (_ISO, _day),
        (_SEVERAL, _months),
        (_ONE_MONTH, _month),
        (_ONE_YEAR, _year),
    ):
        for found in pattern.finditer(text):
            try:
                since, until = read(found)
            except ValueError:  # 31 June
                continue
            return Period(since, until, *found.span())
    relative = _RELATIVE.search(text)
    if relative is None or _NOWADAYS.search(text, 0, relative.end()):
        return None
    return _relative(relative, asked)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text.lower().rstrip(".")]


def _day(found: re.Match[str]) -> tuple[date, date]:
    day = date(int(found["year"]), _number(found["month"]), int(found["day"]))
    return day, day


def _months(found: re.Match[str]) -> tuple[date, date]:
    year, first, last = int(found["year"]), _number(found["month"]), _number(found["until"])
    return date(year - (first > last), first, 1), _end_of_month(year, last)


def _month(found: re.Match[str]) -> tuple[date, date]:
    year, month = int(found["year"]), _number(found["month"])
    first, last = date(year, month, 1), _end_of_month(year, month)
    part = (found["part"] or "").lower()
    if any(word in part for word in ("early", "start", "beginning", "first")):
        return first, first.replace(day=10)
    if "mid" in part:
        return first.replace(day=9), first.replace(day=21)
    if any(word in part for word in ("late", "end", "last")):
        return first.replace(day=20), last
    return first, last


def _year(found: re.Match[str]) -> tuple[date, date]:
    return date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _relative(found: re.Match[str], asked: date) -> Period | None:
    """Return a day for "yesterday" or "three days ago", else the span up to the day asked."""
    import dateparser

    words = re.sub(r"^(?:the )?(?:last|past)\s+", "1 ", found[0], flags=re.IGNORECASE)
    words = re.sub(r"^this\s+", "1 ", words, flags=re.IGNORECASE)
    words = words if not words.startswith("1 ") else f"{words} ago"
    base = datetime(asked.year, asked.month, asked.day, 12)  # noqa: DTZ001 (a day has no zone)
    read = dateparser.parse(words, languages=["en"], settings={"RELATIVE_BASE": base})
    if read is None:
        return None
    since = read.date()
    if words.startswith("1 "):
        return Period(since, asked, *found.span())
    slack = timedelta(days=0 if "day" in words or "day" in found[0] else 3)
    return Period(since - slack, since + slack, *found.span())
