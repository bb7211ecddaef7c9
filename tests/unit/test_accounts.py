"""Who may use a shared page."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from rag import OnRecordError
from ui.accounts import Accounts, add_account


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts"
    add_account(path, "ann", "correct horse")
    return path


def test_only_the_right_password_is_admitted(file: Path) -> None:
    accounts = Accounts(file)
    assert accounts.admits("ann", "correct horse")
    assert not accounts.admits("ann", "correct horsf")
    assert not accounts.admits("ann", "")
    assert not accounts.admits("bo", "correct horse")


def test_the_file_holds_no_password_and_is_its_owners_alone(file: Path) -> None:
    content = file.read_text(encoding="utf-8")
    assert content.startswith("ann:32768:8:1:")
    assert "correct" not in content
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_password_is_hashed_otherwise_each_time(file: Path) -> None:
    add_account(file, "bo", "correct horse")
    ann, bo = file.read_text(encoding="utf-8").splitlines()
    assert ann.split(":")[-1] != bo.split(":")[-1]


def test_a_changed_file_holds_at_once(file: Path) -> None:
    accounts = Accounts(file)
    add_account(file, "ann", "another one, longer")
    assert accounts.admits("ann", "another one, longer")
    assert not accounts.admits("ann", "correct horse")


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("a:b", "correct horse", "letters, digits"),
        ("", "correct horse", "letters, digits"),
        ("ann\n", "correct horse", "letters, digits"),
        ("ann", "short", "at least 10 characters"),
    ],
)
def test_a_bad_name_and_a_short_password_are_refused(
    tmp_path: Path, name: str, password: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        add_account(tmp_path / "accounts", name, password)
    assert not (tmp_path / "accounts").exists()


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="onrecord add-user NAME --auth"):
        Accounts(tmp_path / "accounts")


def test_a_line_that_is_no_account_is_named(file: Path) -> None:
    file.write_text("ann:password\n", encoding="utf-8")
    with pytest.raises(OnRecordError, match="accounts:1: not an account"):
        Accounts(file)
