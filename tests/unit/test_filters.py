"""Filters let through the passages of the days and outlets asked for, and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.errors import ArchiveFormatError
from index.filters import Filters
from index.records import Query

ROWS = [
    (2, "2031-03-04", "Port Ansel Herald"),
    (3, "2031-03-04", "Port Ansel Herald"),
    (7, "2031-03-09", "Velmora Courier"),
    (9, None, ""),
]


@pytest.fixture
def filters() -> Filters:
    return Filters.none().change([], ROWS)


@pytest.mark.parametrize(
    ("query", "spoken", "expected"),
    [
        (Query(text="x", since=date(2031, 3, 4)), None, [2, 3, 7]),
        (Query(text="x", since=date(2031, 3, 5)), None, [7]),
        (Query(text="x", until=date(2031, 3, 9)), None, [2, 3, 7]),
        (Query(text="x", until=date(2031, 3, 8)), None, [2, 3]),
        (Query(text="x", since=date(2032, 1, 1)), None, []),
        (Query(text="x", since=date(2031, 3, 4), until=date(2031, 3, 4)), None, [2, 3]),
        (Query(text="x", outlet="Velmora Courier"), None, [7]),
        (Query(text="x", outlet="velmora"), None, []),
        (Query(text="x"), [9, 3, 4], [3, 9]),
        (Query(text="x"), [], []),
        (Query(text="x", until=date(2031, 3, 8)), [9, 3, 7], [3]),
    ],
)
def test_a_query_lets_through_the_passages_of_matching_articles(
    filters: Filters, query: Query, spoken: list[int] | None, expected: list[int]
) -> None:
    allowed = filters.allowed(query, spoken)
    assert allowed is not None
    assert allowed.tolist() == expected


def test_without_a_filter_everything_is_allowed(filters: Filters) -> None:
    assert filters.allowed(Query(text="x")) is None


def test_changed_filters_are_those_made_anew(filters: Filters) -> None:
    changed = filters.change([3, 7], [(5, "2031-01-02", "Ansel Wire"), (10, None, "")])
    assert len(changed) == 4
    assert changed.outlets == ("Ansel Wire", "Port Ansel Herald")
    for query, expected in (
        (Query(text="x", outlet="Ansel Wire"), [5]),
        (Query(text="x", outlet="Port Ansel Herald"), [2]),
        (Query(text="x", outlet="Velmora Courier"), []),
        (Query(text="x", until=date(2031, 12, 31)), [2, 5]),
    ):
        found = changed.allowed(query)
        assert found is not None
        assert found.tolist() == expected
    assert len(filters) == 4
    assert filters.outlets == ("Port Ansel Herald", "Velmora Courier")


def test_what_is_written_is_read_again(filters: Filters, tmp_path: Path) -> None:
    filters.write(tmp_path)
    again = Filters.read(tmp_path)
    assert again.outlets == filters.outlets
    found = again.allowed(Query(text="x", since=date(2031, 3, 5)))
    assert found is not None
    assert found.tolist() == [7]


def test_none_has_no_outlets_and_lets_nothing_through(tmp_path: Path) -> None:
    Filters.none().write(tmp_path)
    empty = Filters.read(tmp_path)
    found = empty.allowed(Query(text="x", outlet="Ansel Wire"))
    assert (len(empty), empty.outlets) == (0, ())
    assert found is not None
    assert found.tolist() == []


def test_columns_of_another_kind_are_our_error(filters: Filters, tmp_path: Path) -> None:
    filters.write(tmp_path)
    np.save(tmp_path / "columns.npy", np.zeros(3))
    with pytest.raises(ArchiveFormatError, match="columns are damaged"):
        Filters.read(tmp_path)
    filters.write(tmp_path)
    (tmp_path / "outlets.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ArchiveFormatError, match="columns are damaged"):
        Filters.read(tmp_path)
