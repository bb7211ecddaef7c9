"""What an address of the page asks."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest

from rag import AskOptions
from ui.links import read_filters, read_link, write_link

OPTIONS = AskOptions(
    speaker="Ann Öst & Co", outlet="Osk=Post", since=date(2031, 1, 2), until=date(2031, 3, 4)
)


def test_a_link_that_is_written_is_read_as_it_was() -> None:
    link = read_link(parse_qsl(write_link("Who said “no” to 5%?", OPTIONS, ["Before?"])[1:]))
    assert link.questions == ("Before?", "Who said “no” to 5%?")
    assert read_filters(*link.filters) == OPTIONS


def test_what_isnt_set_isnt_in_the_link() -> None:
    assert write_link("Why?", AskOptions()) == "?q=Why%3F"


def test_an_address_without_a_question_asks_nothing() -> None:
    assert read_link([("after", "Why?"), ("speaker", "Ann")]).questions == ()


def test_what_is_too_long_is_cut() -> None:
    link = read_link([*[("after", "a")] * 9, ("q", "x" * 9999), ("since", "2" * 99)])
    assert link.questions == ("a", "a", "a", "x" * 1000)
    assert link.filters[2] == "2" * 10


def test_a_day_that_cant_be_read_is_explained() -> None:
    with pytest.raises(ValueError, match="a day is written like 2023-03-10, not 'yesterday'"):
        read_filters("", None, "yesterday", "")
