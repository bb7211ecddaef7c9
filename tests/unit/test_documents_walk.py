"""Which files `documents.read` finds, in which order, and what it says of the others."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import documents
from index.errors import DocumentError
from index.records import Article

NOBODY = 65534


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The ferry to {name} is late.")


def read_ids(source: Path) -> list[str]:
    return [item.id for item in documents.read(source) if isinstance(item, Article)]


def read_errors(source: Path) -> list[DocumentError]:
    return [item for item in documents.read(source) if isinstance(item, DocumentError)]


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder of an ordinary user, who the test runs as: root may read everything."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        os.chown(name, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


def test_a_folder_is_walked_in_order_of_path_and_ids_are_places_in_it(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/B.txt", "a/c/1.txt", "c.txt", "a.txt")
    assert read_ids(tmp_path) == ["a/B.txt", "a/c/1.txt", "a/z.md", "a.txt", "b.txt", "c.txt"]


def test_an_id_does_not_depend_on_how_the_source_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a/b.txt")
    monkeypatch.chdir(tmp_path)
    assert read_ids(Path()) == read_ids(tmp_path) == read_ids(Path("a/..")) == ["a/b.txt"]


def test_a_single_file_has_its_name_as_id_and_its_path_as_origin(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    [article] = documents.read(tmp_path / "a" / "b.txt")
    assert isinstance(article, Article)
    assert (article.id, article.origin) == ("b.txt", str(tmp_path / "a" / "b.txt"))


def test_hidden_files_and_folders_are_skipped_but_not_a_hidden_source(tmp_path: Path) -> None:
    source = tmp_path / ".news"
    write(source, "seen.txt", ".hidden.txt", ".git/config.txt", "a/.b/c.txt")
    assert read_ids(source) == ["seen.txt"]
    assert read_errors(source) == []


def test_an_unknown_suffix_is_an_error_that_names_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.xyz", "README")
    first, second = read_errors(tmp_path)
    assert (first.path, second.path) == (tmp_path / "README", tmp_path / "b.xyz")
    known = ", ".join(sorted({*documents.READERS, *documents.OPENERS}))
    assert second.reason == f"no format is known by the suffix '.xyz'; supported: {known}"
    assert read_ids(tmp_path) == ["a.txt"]


def test_a_missing_source_is_raised_by_the_call_itself(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file or directory") as caught:
        documents.read(tmp_path / "gone")
    assert caught.value.path == tmp_path / "gone"


def test_a_folder_that_cannot_be_listed_is_raised_as_source_and_reported_below(
    locked_folder: Path,
) -> None:
    write(locked_folder, "a/1.txt", "b/2.txt")
    (locked_folder / "a").chmod(0)
    with pytest.raises(DocumentError, match="Permission denied"):
        documents.read(locked_folder / "a")
    [error] = read_errors(locked_folder)
    assert error.path == locked_folder / "a"
    assert "Permission denied" in error.reason
    assert read_ids(locked_folder) == ["b/2.txt"]


def test_a_file_that_may_not_be_read_is_reported_and_the_rest_is_read(locked_folder: Path) -> None:
    write(locked_folder, "a.txt", "b.jsonl", "c.txt")
    (locked_folder / "a.txt").chmod(0)
    (locked_folder / "b.jsonl").chmod(0)
    errors = read_errors(locked_folder)
    assert [error.path.name for error in errors] == ["a.txt", "b.jsonl"]
    assert all("Permission denied" in error.reason for error in errors)
    assert read_ids(locked_folder) == ["c.txt"]


def test_a_file_that_vanishes_during_the_walk_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    items = documents.read(tmp_path)
    next(items)
    (tmp_path / "b.txt").unlink()
    gone, last = items
    assert isinstance(gone, DocumentError)
    assert (gone.path, "No such file" in gone.reason) == (tmp_path / "b.txt", True)
    assert isinstance(last, Article)
    assert last.id == "c.txt"


def test_links_to_folders_are_reported_and_never_followed_round_in_a_loop(tmp_path: Path) -> None:
    write(tmp_path, "a/1.txt", "b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    folder, itself = read_errors(tmp_path)
    assert folder.path == tmp_path / "a" / "loop"
    assert "link to a folder" in folder.reason
    assert itself.path == tmp_path / "self.txt"
    assert "symbolic links" in itself.reason
    assert read_ids(tmp_path) == ["a/1.txt", "b.txt"]


def test_links_to_files_are_followed_and_so_is_a_source_that_is_a_link(tmp_path: Path) -> None:
    write(tmp_path, "store/1.txt")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").symlink_to(tmp_path / "store" / "1.txt")
    (tmp_path / "link").symlink_to(tmp_path / "news", target_is_directory=True)
    assert read_ids(tmp_path / "link") == ["one.txt"]


def test_a_folder_with_the_suffix_of_a_format_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "day.txt/1.txt")
    assert read_ids(tmp_path) == ["day.txt/1.txt"]


def test_a_pipe_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "b.txt")
    os.mkfifo(tmp_path / "a.txt")
    [error] = read_errors(tmp_path)
    assert error.reason == "a device, pipe or socket can't be read; save it as a file"
    assert read_ids(tmp_path) == ["b.txt"]


def test_a_name_that_is_not_utf8_is_reported_in_characters_that_can_be_printed(
    tmp_path: Path,
) -> None:
    write(tmp_path, "b.txt")
    with open(os.fsencode(tmp_path) + b"/a\xff.txt", "wb") as file:  # noqa: PTH123 - bytes
        file.write(b"The ferry is late.")
    [error] = read_errors(tmp_path)
    assert str(error) == f"{tmp_path}/a\\xff.txt: the file's name isn't UTF-8; rename it"
    assert read_ids(tmp_path) == ["b.txt"]


def test_the_folder_that_a_browser_saves_beside_a_page_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "ferry_files/script.js", "tide_files/note.txt")
    (tmp_path / "ferry.html").write_text("<p>The ferry is late, said Ida O’Dell.</p>")
    assert read_ids(tmp_path) == ["ferry.html", "tide_files/note.txt"]
    assert read_errors(tmp_path) == []


def test_of_a_file_that_changes_while_it_is_read_the_last_article_is_not_taken(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "one"}\n{"text": "two"}\n{"text": "thr')
    items = documents.read(path)
    first = next(items)
    path.write_text('{"text": "another"}\n')
    *rest, last = items
    assert isinstance(first, Article)
    assert [item.text for item in rest if isinstance(item, Article)] == ["two"]
    assert isinstance(last, DocumentError)
    assert last.reason == "it changed while it was read; run this again"


def test_a_fault_of_a_reader_costs_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_source: object) -> Iterator[Article | DocumentError]:
        raise ZeroDivisionError("no ships")

    monkeypatch.setitem(documents.READERS, ".md", fail)  # type: ignore[arg-type]
    write(tmp_path, "a.md", "b.txt")
    [error] = read_errors(tmp_path)
    assert error.path == tmp_path / "a.md"
    assert error.reason.startswith("its reader failed (ZeroDivisionError: no ships)")
    assert read_ids(tmp_path) == ["b.txt"]
