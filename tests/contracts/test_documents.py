"""What every reader of documents keeps to; a new format adds a line to `SAMPLES`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import documents
from index.errors import DocumentError
from index.records import Article

DAY = "2031-04-09"

SAMPLES: dict[str, Callable[[str], str]] = {
    ".json": lambda text: json.dumps([{"date": DAY, "text": text}], ensure_ascii=False),
    ".jsonl": lambda text: json.dumps({"date": DAY, "text": text}, ensure_ascii=False),
    ".md": lambda text: f"---\ndate: {DAY}\n---\n{text}",
    ".txt": lambda text: f" date {DAY} {text}",
}
"""A document of one article, published on DAY, with the text given."""

TEXT = "“The ferry is late,” said Ida O’Dell.\r\n\r\n She left. \n"

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip)
suffixes = pytest.mark.parametrize("suffix", sorted(documents.READERS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


def read(folder: Path, suffix: str, content: bytes) -> list[Article | DocumentError]:
    path = folder / f"one{suffix}"
    path.write_bytes(content)
    return list(documents.read(path))


def read_article(folder: Path, suffix: str, content: bytes) -> Article:
    [item] = read(folder, suffix, content)
    assert isinstance(item, Article), item
    return item


def test_every_reader_has_a_sample_here() -> None:
    assert set(SAMPLES) == set(documents.READERS)


@suffixes
@settings(deadline=None)
@given(text=texts)
@example(text=TEXT)
@example(text="\ufeff\r\r\n\x0b\x1c\x85\u2028 ---\n# date 2031-01-01 🚢")
def test_text_and_date_are_read_exactly(folder: Path, suffix: str, text: str) -> None:
    article = read_article(folder, suffix, SAMPLES[suffix](text).encode())
    assert (article.text, article.published) == (text, date(2031, 4, 9))


@suffixes
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding_and_is_not_text(
    folder: Path, suffix: str, encoding: str
) -> None:
    article = read_article(folder, suffix, SAMPLES[suffix](TEXT).encode(encoding))
    assert (article.text, article.published) == (TEXT, date(2031, 4, 9))


@suffixes
def test_an_article_names_its_file_and_is_the_same_when_read_again(
    folder: Path, suffix: str
) -> None:
    content = SAMPLES[suffix](TEXT).encode()
    article = read_article(folder, suffix, content)
    assert article == read_article(folder, suffix, content)
    assert article.id
    assert article.origin.startswith(str(folder / f"one{suffix}"))


@suffixes
def test_the_suffix_counts_in_capitals_too(folder: Path, suffix: str) -> None:
    assert read_article(folder, suffix.upper(), SAMPLES[suffix](TEXT).encode()).text == TEXT


@suffixes
@pytest.mark.parametrize(
    "content", [b"", b" \r\n", b"\xff\xfe", b"\x00" * 100, b"\x89PNG\r\n\x1a\n", b"caf\xe9 au lait"]
)
def test_what_holds_no_article_is_an_error_with_path_and_reason(
    folder: Path, suffix: str, content: bytes
) -> None:
    items = read(folder, suffix, content)
    assert items
    for item in items:
        assert isinstance(item, DocumentError)
        assert item.path == folder / f"one{suffix}"
        assert item.reason


@suffixes
def test_a_character_that_no_text_has_is_refused(folder: Path, suffix: str) -> None:
    content = SAMPLES[suffix](f"{TEXT}?").replace("?", "\\u0000" if "json" in suffix else "\0")
    [error] = read(folder, suffix, content.encode())
    assert isinstance(error, DocumentError)
    assert "NUL" in error.reason


@suffixes
@settings(deadline=None)
@given(noise=st.binary(max_size=40), place=st.integers(0, 80), length=st.integers(0, 20))
def test_no_bytes_raise_and_what_is_read_can_be_stored(
    folder: Path, suffix: str, noise: bytes, place: int, length: int
) -> None:
    sample = SAMPLES[suffix](TEXT).encode()
    for content in (noise, sample[:place] + noise + sample[place + length :]):
        for item in read(folder, suffix, content):
            assert str(item).encode()
            if isinstance(item, Article):
                assert item.text.strip()
                assert item.id.encode()
                assert item.text.encode()
                assert json.dumps(item.extra, ensure_ascii=False, allow_nan=False).encode()
            else:
                assert isinstance(item, DocumentError)
