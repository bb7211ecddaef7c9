"""Dates: read in every usual form, guessed in none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.dates import read_day

PIECES = [
    "Sep", "September", "12", "2031", "99", "9999", "0000", "Mon", "p.m.", "EST", "+0500", "Z",
    ":", "/", "-", ".", ",", "T", "10:30", "1e5", "th", "h", "9" * 30, "GMT+3", "inf", " ",
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2031-09-12",
        " 2031-09-12\n",
        "2031-09-12T23:59:59-11:00",
        "2031-09-12T00:00:00.000Z",
        "2031-09-12 10:00:00 +0000 UTC",
        "2031-9-12",
        "2031/09/12",
        "20310912",
        "20310912T100000Z",
        "Fri, 12 Sep 2031 23:30:00 -0500",
        "12 Sep 2031 10:00 GMT",
        "12 September 2031",
        "September 12, 2031",
        "Sept. 12, 2031, 5:30 p.m. EDT",
        "Friday 12th September 2031",
        "Fri Sep 12 14:00:00 EDT 2031",
        "12-Sep-2031",
    ],
)
def test_the_usual_forms_are_read_as_the_day_where_they_were_written(text: str) -> None:
    assert read_day(text) == date(2031, 9, 12)


@pytest.mark.parametrize("text", ["25/09/2031", "25.9.2031 10:00", "09/25/2031", "9-25-2031"])
def test_figures_that_can_mean_one_day_only_are_read(text: str) -> None:
    assert read_day(text) == date(2031, 9, 25)
    assert read_day("04/04/2031") == date(2031, 4, 4)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2031", "3.4.2031", "12 Sep 31", "May 2031", "September 12", "2031", "10:30", "",
        "Friday", "yesterday", "2 days ago", "2031-02-30", "31 Sep 2031", "20311341", "31/31/2031",
        "1947110400", "1412010100", "2031-09-12 (updated)", "Updated 12 Sep 2031", "12 März 2031",
        "1 Jan 0001", "12 September 2031" + " ," * 40, "12 Sep 2031 " + "9" * 33 + "h",
        "١٢/٠٩/٢٠٣١",
    ],
)  # fmt: skip
def test_what_takes_a_guess_is_not_read(text: str) -> None:
    assert read_day(text) is None


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_back_from_each_form(day: date) -> None:
    long_form = f"{day:%B} {day.day}, {day.year}"
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day:%a, %d %b %Y} 00:00:00 +0000", long_form):
        assert read_day(text) == day


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
        st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
    )
)
def test_no_text_raises_and_a_day_has_its_year_written_in_full(text: str) -> None:
    day = read_day(text)
    assert day is None or f"{day.year}" in text
