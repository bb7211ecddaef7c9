"""A store that can't be opened or written says why and what to do, and loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from unit.records import BATCH, BRIDGE, FERRY, META, UNDATED, add

from index.errors import ArchiveError, ArchiveFormatError, ArchiveNotFoundError
from index.records import Article
from index.store import Reader, Writer


@pytest.mark.parametrize(("key", "wanted"), [("dimension", "5"), ("embedder", "other")])
def test_another_model_or_option_is_refused_with_what_to_do(
    tmp_path: Path, key: str, wanted: str
) -> None:
    add(tmp_path, BATCH)
    message = f"built with {key} = {META[key]}, not {wanted}; give the same option, or change"
    with pytest.raises(ArchiveFormatError, match=message) as caught:
        Writer(tmp_path, META | {key: wanted})
    assert caught.value.path == tmp_path


def test_another_format_version_is_refused_by_reader_and_writer(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    for opening in (lambda: Reader(tmp_path), lambda: Writer(tmp_path, META)):
        with pytest.raises(ArchiveFormatError, match="format 99, this version reads 4; open it"):
            opening()


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_an_archive_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveNotFoundError, match="make one with: onrecord build") as caught:
        Reader(tmp_path / name)
    assert caught.value.path == tmp_path / name


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def text(path: Path) -> None:
    path.write_bytes(b"The ferry is late. " * 500)


def half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def overwritten(path: Path) -> None:
    """Damage all pages but the first, which holds the tables' names and `meta`."""
    data = path.read_bytes()
    path.write_bytes(data[: 2 * 4096] + b"\xff" * (len(data) - 2 * 4096))


@pytest.mark.parametrize("damage", [other_database, text, half, overwritten])
def test_a_file_that_is_no_archive_or_a_damaged_one_is_our_error(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    if damage in (half, overwritten):
        add(tmp_path, BATCH)
    damage(tmp_path / "archive.sqlite")
    with pytest.raises(ArchiveFormatError, match=r"no archive, or a damaged one.*from a copy"):
        list(Reader(tmp_path).articles())


def test_a_full_disk_is_our_error_and_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    long = Article(id="long", text="The ferry is late. " * 100_000)
    with closing(Writer(tmp_path, META)) as writer:
        vars(writer)["_connection"].execute("PRAGMA max_page_count = 20")
        with pytest.raises(ArchiveError, match=r"can't be written .*is full.*run the build again"):
            writer.add([(long, [])])
        assert not writer.pending()
    with closing(Reader(tmp_path)) as reader:
        assert list(reader.articles()) == [BRIDGE, FERRY, UNDATED]
