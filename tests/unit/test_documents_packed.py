"""What is packed is read as if it weren't, and leads nowhere else."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from corpus import writers

from index import documents
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"


def read(folder: Path, name: str, content: bytes, **limits: int) -> list[Article | DocumentError]:
    path = folder / name
    path.write_bytes(content)
    return list(documents.read(path, limits=Limits(**limits)))


def test_members_are_read_in_order_of_name_with_their_place_as_id() -> None:
    path = CORPUS / "articles.zip"
    first, second, third = (one for one in documents.read(path) if isinstance(one, Article))
    assert (first.id, first.text) == ("articles.zip/2031/ferry.txt", "Ida said so.")
    assert first.origin == str(path / "2031" / "ferry.txt")
    assert (second.text, second.origin) == ("Tom denied it.", f"{path}/2031/wire.jsonl.gz:1")
    assert third.id == "articles.zip/page.html"


def test_a_gz_is_the_file_that_it_holds(tmp_path: Path) -> None:
    [article] = read(tmp_path, "ferry.md.gz", gzip.compress(b"# Ferry\n\nIda left."))
    assert isinstance(article, Article)
    assert (article.id, article.title) == ("ferry.md.gz", "Ferry")
    assert article.origin == str(tmp_path / "ferry.md.gz")


def test_a_word_document_and_a_zip_within_a_zip_are_read(tmp_path: Path) -> None:
    word = writers.word(writers.word_paragraph("Ida left."))
    inner = writers.packed({"b.txt": b"Tom left."})
    items = read(tmp_path, "a.zip", writers.packed({"a.docx": word, "in.zip": inner}))
    assert [one.text for one in items if isinstance(one, Article)] == ["Ida left.", "Tom left."]


def test_what_would_lead_out_of_a_zip_is_not_read(tmp_path: Path) -> None:
    items = list(documents.read(CORPUS / "outside.zip"))
    assert [one.text for one in items if isinstance(one, Article)] == ["Tom denied it."]
    reasons = [one.reason for one in items if isinstance(one, DocumentError)]
    assert sum("would lead out of it" in reason for reason in reasons) == 4
    assert "a link in a packed file isn't followed" in reasons
    assert list(tmp_path.iterdir()) == []


def test_a_member_that_is_damaged_costs_no_other(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as table:
        table.writestr("a.txt", "Ida left.")
        table.writestr("b.txt", "Tom left.")
        table.writestr("c.xyz", "Nobody.")
    content = file.getvalue().replace(b"Ida left.", b"Ida lied.")
    damaged, article, unknown = read(tmp_path, "a.zip", content)
    assert isinstance(damaged, DocumentError)
    assert damaged.path == tmp_path / "a.zip" / "a.txt"
    assert damaged.reason.startswith("damaged (Bad CRC-32")
    assert isinstance(article, Article)
    assert isinstance(unknown, DocumentError)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b"PK no"),
        ("a.txt.gz", b"no"),
        ("a.txt.gz", gzip.compress(b"Ida left. " * 99)[:-9]),
    ],
)
def test_a_damaged_file_is_reported(tmp_path: Path, name: str, content: bytes) -> None:
    [error] = read(tmp_path, name, content)
    assert isinstance(error, DocumentError)
    assert error.path == tmp_path / name
    assert error.reason.startswith("damaged")


def test_packed_files_may_stand_in_one_another_so_deep_only(tmp_path: Path) -> None:
    content = gzip.compress(gzip.compress(b"Ida left."))
    [article] = read(tmp_path, "a.txt.gz.gz", content, depth=2)
    assert isinstance(article, Article)
    [error] = read(tmp_path, "a.txt.gz.gz", content, depth=1)
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("packed more than 1 deep;")


def test_all_that_a_file_unpacks_to_counts_against_one_limit(tmp_path: Path) -> None:
    member = b'{"text": "' + b"x" * 2**20 + b'"}\n'
    content = writers.packed({f"{number:02}.jsonl": member * 4 for number in range(20)})
    items = read(tmp_path, "a.zip", content, unpacked_ratio=2)
    read_whole = sum(isinstance(item, Article) for item in items)
    assert 58 <= read_whole <= 64  # of 80 MiB, the 64 that are always allowed
    assert isinstance(items[-1], DocumentError)
    assert items[-1].reason.startswith("unpacks to over 2 times its size")


def test_a_zip_of_nothing_but_folders_and_hidden_files_is_empty(tmp_path: Path) -> None:
    [error] = read(tmp_path, "a.zip", writers.packed({"a/": b"", ".b.txt": b"Ida left."}))
    assert isinstance(error, DocumentError)
    assert error.reason == "empty: there is no file in it"
