"""Corrections by hand, as a program writes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArchiveError
from index.speakers import Corrections, Split, change_corrections, read_corrections

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
corrections = st.builds(
    Corrections,
    splits=st.lists(
        st.builds(
            Split,
            speaker=names,
            articles=st.lists(names, min_size=1, max_size=2).map(tuple),
            name=names,
        ),
        max_size=2,
    ).map(tuple),
    merges=st.lists(st.lists(names, min_size=1, max_size=3).map(tuple), max_size=2).map(tuple),
    renames=st.lists(st.tuples(names, names), max_size=2).map(tuple),
)


@given(corrections)
def test_what_is_written_is_what_is_read_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, wanted: Corrections
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    change_corrections(folder, lambda _: wanted)
    assert read_corrections(folder) == wanted


def test_what_was_there_stays_and_so_do_comments(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(
        '# by the desk\n[[merge]]\nspeakers = ["Jo Roe", "J. Roe"]\n', encoding="utf-8"
    )
    change_corrections(tmp_path, lambda old: replace(old, renames=(("Al Doe", "Alan Doe"),)))
    assert read_corrections(tmp_path) == Corrections(
        merges=(("Jo Roe", "J. Roe"),), renames=(("Al Doe", "Alan Doe"),)
    )
    assert (tmp_path / "corrections.toml").read_text(encoding="utf-8").startswith("# by the desk\n")


@pytest.mark.parametrize("name", ["", "  ", "\ud800"])
def test_a_name_that_is_none_is_refused_and_nothing_changes(tmp_path: Path, name: str) -> None:
    change_corrections(tmp_path, lambda _: Corrections(renames=(("Al Doe", "Alan Doe"),)))
    with pytest.raises(ValueError, match=r"empty|no text"):
        change_corrections(tmp_path, lambda _: Corrections(renames=(("Al Doe", name),)))
    assert read_corrections(tmp_path).renames == (("Al Doe", "Alan Doe"),)


def test_a_file_that_isnt_ours_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text("merge = 3", encoding="utf-8")
    with pytest.raises(ArchiveError):
        change_corrections(tmp_path, lambda old: old)
    assert (tmp_path / "corrections.toml").read_text(encoding="utf-8") == "merge = 3"
