"""No path leads out of the folders that were given."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.folders import confine


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("s", encoding="utf-8")
    (tmp_path / "given-too").mkdir()
    (folder / "link").symlink_to(tmp_path / "secret.txt")
    return folder


def test_what_lies_within_is_let_through(given: Path) -> None:
    assert confine(given / "below" / "a.txt", [given]) == given / "below" / "a.txt"
    assert confine(f"{given}/below/../below", [given]) == given / "below"
    assert confine(given, [given]) == given


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "link", "../given-too", "nothing.txt", "below/../../secret.txt", "a\0b"],
)
def test_what_lies_outside_and_what_isnt_there_are_refused_alike(given: Path, path: str) -> None:
    with pytest.raises(ValueError, match="there is no such file or folder within"):
        confine(f"{given}/{path}", [given])


def test_without_folders_nothing_is_let_through(given: Path) -> None:
    with pytest.raises(ValueError, match="start it with --folder"):
        confine(given, [])
