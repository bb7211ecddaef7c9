"""No bytes whatever make a reader raise, hang, or give what can't be stored; each is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import documents
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = {p.name: p for p in sorted(CORPUS.iterdir()) if p.suffix not in {".py", ""}}
PDFS = [name for name in FILES if name.endswith(".pdf")]
OTHERS = [name for name in FILES if name not in PDFS]

REPORTED = {
    "bomb.jsonl.gz.gz": "unpacks to over 200 times its size",
    "bomb.warc": "larger than 1,048,576 bytes",
    "cut.warc": "it breaks off",
    "deep.html": "no article is found",
    "deep.json": "nested deeper than 64 levels",
    "deeper.json": "too deeply nested",
    "empty.html": "no article is found",
    "entities.docx": "damaged",
    "forms.pdf": "no text layer",
    "half.jsonl": "holds half a character",
    "half.txt": "bad encoding: byte 0xed at offset 9",
    "header.eml": "a longer header, than any message",
    "laughs.xml": "the feed is damaged",
    "loop.pdf": "can't be read",
    "nested.eml": "no text is in this message",
    "nested.zip": "packed more than 3 deep",
    "nul.txt": "holds a NUL character",
    "number.json": "holds a number of 5000 digits",
    "open.csv": "unexpected end of data",
    "other.xml": "no RSS or Atom feed",
    "outside.zip": "would lead out of it",
    "override.txt": "holds U+202E",
    "scanned.pdf": "no text layer",
    "tag.html": "longer than 20,000 characters",
}
"""What is said of the files of the corpus that aren't read, or not as a whole."""

READ_IN_PART = {"crawl.warc", "feed.xml"}
"""A page, and an entry, of these have no article."""
LIMITS = Limits(characters=2**16, document_bytes=2**20, seconds=20)
PIECES = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"&#xD800;", b"&#0;", b"<div>" * 300,
    b"<b>", b"]]>", b"<!--", b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b"<script>", b'"', b"'", b"\r",
    b"\n", b"{", b"[" * 200, b"\\ud800", b"1e999", b"charset=rot13", b"=?x?q?\x80?=",
    b"Content-Length: -5\r\n", b"Content-Length: 99999999999999999999\r\n", b"endobj", b"stream\n",
    b"Transfer-Encoding: chunked\r\n", b"/Kids [3 0 R]", b"PK\x01\x02", b"PK\x05\x06",
    b"\x1f\x8b\x08", b"--b--", b"\n--",
)  # fmt: skip
"""What means something in one format or another."""

changes = st.lists(
    st.tuples(
        st.floats(0, 1),  # where
        st.integers(0, 60),  # how many bytes are taken out
        st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)),  # what is put in
        st.sampled_from([1, 1, 50]),  # how often
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def check(path: Path) -> None:
    """Assert that something is read or reported, that it can be stored, and that no reader fell."""
    items = list(documents.read(path, limits=LIMITS))
    assert items
    for item in items:
        assert str(item).encode()
        if isinstance(item, Article):
            assert item.text.strip()
            assert item.id
            for value in (item.id, item.text, item.title, item.author, item.outlet, item.url):
                assert "\0" not in value.encode().decode()
            assert json.dumps(dict(item.extra), ensure_ascii=False, allow_nan=False).encode()
        else:
            assert isinstance(item, DocumentError)
            assert "its reader failed" not in item.reason


@pytest.mark.parametrize("name", FILES)
def test_what_is_wrong_with_a_document_is_said(name: str) -> None:
    check(FILES[name])
    items = documents.read(FILES[name], limits=LIMITS)
    errors = [item for item in items if isinstance(item, DocumentError)]
    assert bool(errors) == (name in REPORTED or name in READ_IN_PART)
    assert all(str(error.path).startswith(str(FILES[name])) for error in errors)
    assert any(REPORTED.get(name, "") in error.reason for error in errors) or not errors


@pytest.mark.parametrize("name", ["half.jsonl", "bomb.warc", "outside.zip", "laughs.xml"])
def test_what_is_wrong_with_one_article_costs_no_other(name: str) -> None:
    items = documents.read(FILES[name], limits=LIMITS)
    assert sum(isinstance(item, Article) for item in items) == 1


@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=25)
@given(changes=changes)
def test_a_document_however_damaged_is_read_or_reported(
    folder: Path, name: str, changes: list[tuple[float, int, bytes, int]]
) -> None:
    check(damage(folder, name, changes))


@pytest.mark.parametrize("name", PDFS)
@settings(max_examples=6)
@given(changes=changes)
def test_so_is_a_pdf_which_a_process_of_its_own_reads(
    folder: Path, name: str, changes: list[tuple[float, int, bytes, int]]
) -> None:
    check(damage(folder, name, changes))


def damage(folder: Path, name: str, changes: list[tuple[float, int, bytes, int]]) -> Path:
    """Write a file of the corpus with the changes made; return its path."""
    content = FILES[name].read_bytes()
    for where, length, piece, often in changes:
        at = int(where * len(content))
        content = content[:at] + piece * often + content[at + length :]
    path = folder / f"one{''.join(FILES[name].suffixes)}"
    path.write_bytes(content)
    return path
