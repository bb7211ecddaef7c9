"""What every reader of documents keeps to; a new format adds a line to `SAMPLES`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from corpus import writers
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import documents
from index.errors import DocumentError
from index.records import Article

DAY = "2031-04-09"


def _write_table(text: str, separator: str) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([("date", "text"), (DAY, text)])
    return file.getvalue()


EXACT: dict[str, Callable[[str], str]] = {
    ".csv": lambda text: _write_table(text, ","),
    ".json": lambda text: json.dumps([{"date": DAY, "text": text}], ensure_ascii=False),
    ".jsonl": lambda text: json.dumps({"date": DAY, "text": text}, ensure_ascii=False),
    ".md": lambda text: f"---\ndate: {DAY}\n---\n{text}",
    ".ndjson": lambda text: json.dumps({"date": DAY, "text": text}, ensure_ascii=False),
    ".tsv": lambda text: _write_table(text, "\t"),
    ".txt": lambda text: f" date {DAY} {text}",
}
"""A document of one article, published on DAY, with the text given, which is in it letter for
letter."""

PAGE = writers.page(
    "“The ferry is late,” said Ida O’Dell.",
    "She left the harbour at noon.",
    head=f'<meta property="article:published_time" content="{DAY}">',
)
FEED = writers.feed(
    "<pubDate>Wed, 09 Apr 2031 08:00:00 GMT</pubDate><guid>ferry-1</guid>"
    "<description>&lt;p&gt;“The ferry is late,” said Ida O’Dell.&lt;/p&gt;"
    "&lt;p&gt;She left the harbour at noon.&lt;/p&gt;</description>"
)
MARKED: dict[str, bytes] = {
    ".atom": FEED,
    ".docx": writers.word(
        writers.word_paragraph("“The ferry is late,” said Ida O’Dell.")
        + writers.word_paragraph("She left the harbour at noon.")
    ),
    ".eml": writers.message(
        "“The ferry is late,” said Ida O’Dell.\r\n\r\nShe left the harbour at noon.\r\n",
        From="Ida <ida@ferry.example>",
        Date="Wed, 09 Apr 2031 08:00:00 +0000",
    ),
    ".htm": PAGE,
    ".html": PAGE,
    ".pdf": writers.pdf(
        [
            [
                (50, 700, 12, "“The ferry is late,” said Ida O’Dell."),
                (50, 670, 12, "She left the har-"),
                (50, 656, 12, "bour at noon."),
            ]
        ]
    ),
    ".rss": FEED,
    ".warc": writers.warc(
        ("https://herald.example/ferry", "200 OK\r\nContent-Type: text/html", PAGE)
    ),
    ".xhtml": PAGE,
    ".xml": FEED,
}
"""A document of an article of two paragraphs, published on DAY if the format tells."""

SAMPLES = {suffix: make("“The ferry is late,” said Ida O’Dell.") for suffix, make in EXACT.items()}
ALL = MARKED | {suffix: sample.encode() for suffix, sample in SAMPLES.items()}

TEXT = "“The ferry is late,” said Ida O’Dell.\r\n\r\n She left. \n"

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\u202d\u202e")
).filter(str.strip)
exact = pytest.mark.parametrize("suffix", sorted(EXACT))
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
    assert set(ALL) == set(documents.READERS)


@pytest.mark.parametrize("suffix", sorted(MARKED))
def test_paragraphs_are_kept_apart_by_an_empty_line(folder: Path, suffix: str) -> None:
    article = read_article(folder, suffix, MARKED[suffix])
    assert article.text == "“The ferry is late,” said Ida O’Dell.\n\nShe left the harbour at noon."
    dated = suffix not in {".docx", ".pdf"}
    assert article.published == (date(2031, 4, 9) if dated else None)


@exact
@settings(deadline=None)
@given(text=texts)
@example(text=TEXT)
@example(text="\ufeff\r\r\n\x0b\x1c\x85\u2028 ---\n# date 2031-01-01 🚢")
def test_text_and_date_are_read_exactly(folder: Path, suffix: str, text: str) -> None:
    article = read_article(folder, suffix, EXACT[suffix](text).encode())
    assert (article.text, article.published) == (text, date(2031, 4, 9))


@exact
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_is_told_from_a_byte_order_mark_or_from_the_bytes(
    folder: Path, suffix: str, encoding: str
) -> None:
    article = read_article(folder, suffix, EXACT[suffix](TEXT).encode(encoding))
    assert (article.text, article.published) == (TEXT, date(2031, 4, 9))


@suffixes
def test_an_article_names_its_file_and_is_the_same_when_read_again(
    folder: Path, suffix: str
) -> None:
    article = read_article(folder, suffix, ALL[suffix])
    assert article == read_article(folder, suffix, ALL[suffix])
    assert article.id
    assert article.origin.startswith(str(folder / f"one{suffix}"))


@suffixes
def test_the_suffix_counts_in_capitals_too(folder: Path, suffix: str) -> None:
    capital = read_article(folder, suffix.upper(), ALL[suffix])
    assert capital.text == read_article(folder, suffix, ALL[suffix]).text


@suffixes
@pytest.mark.parametrize(
    "content", [b"", b" \r\n", b"\xff\xfe", b"\x00" * 100, b"\x89PNG\r\n\x1a\n"]
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


@exact
def test_a_character_that_no_text_has_is_refused(folder: Path, suffix: str) -> None:
    content = EXACT[suffix](f"{TEXT}?").replace("?", "\\u0000" if "json" in suffix else "\0")
    [error] = read(folder, suffix, content.encode())
    assert isinstance(error, DocumentError)
    assert "NUL" in error.reason


@exact
@pytest.mark.parametrize("mark", ["\u202d", "\u202e"])
def test_what_makes_a_text_show_other_words_is_refused(
    folder: Path, suffix: str, mark: str
) -> None:
    [error] = read(folder, suffix, EXACT[suffix](f"Ida {mark}did not say so.").encode())
    assert isinstance(error, DocumentError)
    assert f"U+{ord(mark):04X}" in error.reason
