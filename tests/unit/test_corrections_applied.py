"""Corrections by hand hold whatever the names say, and a broken file of them is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from unit.linkage import ids, link, people

from index.errors import ArchiveError
from index.speakers import read_corrections


def test_corrections_merge_split_and_rename(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(
        """
        [[merge]]
        speakers = ["Jonathan Weir", "Jon Weyr"]
        [[split]]
        speaker = "Jane Holt"
        articles = ["a3"]
        name = "Jane Holt (judge)"
        [[rename]]
        speaker = "K. Lamb"
        name = "Kirsten Lamb"
        [[rename]]
        speaker = "Nobody Known"
        name = "Somebody"
        """,
        encoding="utf-8",
    )
    corrections = read_corrections(tmp_path)
    mentions = people("Jonathan Weir", "Jon Weyr", "Jane Holt", "Jane Holt", "K. Lamb")
    links = link(mentions, corrections)
    assert {s.name for s in links.speakers} == {
        "Jonathan Weir",
        "Jane Holt",
        "Jane Holt (judge)",
        "Kirsten Lamb",
    }
    assert links.speaker_of["a1", "q1"] == "jonathan-weir"
    assert links.speaker_of["a3", "q3"] == "jane-holt-judge"
    assert links.unused == ("rename Nobody Known: no such speaker",)


def test_corrections_survive_a_rebuild_with_more_articles(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(
        '[[merge]]\nspeakers = ["Jonathan Weir", "Jon Weyr"]\n', encoding="utf-8"
    )
    mentions = people("Jon Weyr", "Jonathan Weir", "Ada Weir", "Jonathan Weir")
    links = link(mentions, read_corrections(tmp_path))
    assert ids(links) == ["jonathan-weir", "jonathan-weir", "ada-weir", "jonathan-weir"]


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert link(people("Ada Weir"), read_corrections(tmp_path)) == link(people("Ada Weir"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[merge]", "isn't TOML"),
        ('[[join]]\nspeakers = ["A", "B"]', "is no correction"),
        ('[[rename]]\nspeaker = "A"', "needs speaker"),
        ('[[merge]]\nspeakers = "A"', "needs speakers"),
    ],
)
def test_a_broken_file_is_an_error_that_names_it(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveError, match=reason) as caught:
        read_corrections(tmp_path)
    assert caught.value.path == tmp_path / "corrections.toml"
