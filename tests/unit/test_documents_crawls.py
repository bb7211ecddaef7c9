"""Crawls: the articles of the pages that were got, however they were sent."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from corpus import writers

from index import documents
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"
PAGE = writers.page("Ida O’Dell denied that the ferry was late.")
URL = "https://herald.example/ferry"


def read(folder: Path, content: bytes, **limits: int) -> list[Article | DocumentError]:
    path = folder / "a.warc"
    path.write_bytes(content)
    return list(documents.read(path, limits=Limits(**limits)))


def test_pages_are_read_and_what_is_none_or_was_not_found_is_skipped() -> None:
    items = list(documents.read(CORPUS / "crawl.warc"))
    articles = [item for item in items if isinstance(item, Article)]
    assert [one.id for one in articles] == [
        "https://herald.example/ferry", "https://herald.example/zip", "https://herald.example/br",
    ]  # fmt: skip
    assert {one.text for one in articles} == {articles[0].text}
    assert articles[0].published == date(2031, 3, 9)
    assert articles[0].origin == f"{CORPUS / 'crawl.warc'}#1"
    [error] = [item for item in items if isinstance(item, DocumentError)]
    assert error.reason.startswith("record 4 (https://herald.example/): no article is found")


def test_a_packed_crawl_has_a_member_a_record() -> None:
    ids = [
        item.id for item in documents.read(CORPUS / "crawl.warc.gz") if isinstance(item, Article)
    ]
    assert ids == ["https://herald.example/1", "https://herald.example/2"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", PAGE),
        ("\r\nTransfer-Encoding: chunked", b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
        ("\r\nContent-Encoding: gzip", gzip.compress(PAGE)),
    ],
)
def test_a_body_is_read_as_it_was_sent(tmp_path: Path, head: str, body: bytes) -> None:
    content = writers.warc((URL, f"200 OK\r\nContent-Type: text/html{head}", body))
    [article] = read(tmp_path, content)
    assert isinstance(article, Article)
    assert article.text == "Ida O’Dell denied that the ferry was late."


@pytest.mark.parametrize(
    ("head", "body", "reason"),
    [
        ("gzip", gzip.compress(PAGE)[:30] + b"\xff" * 30, "damaged"),
        ("gzip", gzip.compress(b"<p>" + b"x" * 200_000), "larger than 100,000 bytes"),
        ("snappy", PAGE, "it is in an unknown encoding"),
        ("identity", b"<p>" + b"x" * 200_000, "larger than 100,000 bytes"),
    ],
)
def test_a_page_that_cannot_be_read_costs_no_other(
    tmp_path: Path, head: str, body: bytes, reason: str
) -> None:
    page = "200 OK\r\nContent-Type: text/html"
    bad = (URL, f"{page}\r\nContent-Encoding: {head}", body)
    error, article = read(tmp_path, writers.warc(bad, (URL, page, PAGE)), document_bytes=100_000)
    assert isinstance(error, DocumentError)
    assert reason in error.reason
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"x" * 2**21, "the headers of a record are"),
        (gzip.compress(writers.warc((URL, "200 OK", PAGE))), "it is packed; name it .warc.gz"),
        (b"Ida left.", "damaged after 0 records"),
        (writers.warc((URL, "404 Not Found", PAGE)), "no web page is among its 1 records"),
    ],
)
def test_what_is_no_crawl_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    [error] = read(tmp_path, content)
    assert isinstance(error, DocumentError)
    assert error.reason.startswith(reason)
