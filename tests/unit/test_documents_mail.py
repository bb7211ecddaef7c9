"""Messages: the text that was written, without signature, in paragraphs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from corpus import writers

from index import documents
from index.errors import DocumentError
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"


def read(folder: Path, content: bytes) -> Article | DocumentError:
    path = folder / "a.eml"
    path.write_bytes(content)
    [item] = documents.read(path)
    return item


def read_text(folder: Path, text: str) -> str:
    item = read(folder, writers.message(text, From="ida@port.example"))
    assert isinstance(item, Article), item
    return item.text


def test_a_message_is_read_with_its_headers_and_attachments_are_named() -> None:
    assert list(documents.read(CORPUS / "message.eml")) == [
        Article(
            id="2031.77@port.example",
            title="Ferry to be free – Osterlund",
            text="A ferry will cross the Osk every twenty minutes until the bridge opens again, "
            "the port promised. Hanne Osterlund, who heads it, said on Sunday: “We will carry "
            "everybody who needs to cross.”\n\nTimes:\n- first 5.30\n- last 0.00",
            author="Port of Ostrey",
            published=date(2031, 3, 9),
            origin=str(CORPUS / "message.eml"),
            extra={"attachments": ["times.pdf"]},
        )
    ]


def test_without_a_plain_text_the_paragraphs_of_the_html_are_read() -> None:
    [article] = documents.read(CORPUS / "page.eml")
    assert isinstance(article, Article)
    assert article.text == "Ida O’Dell denied it.\n\n“Never,” she said."
    assert (article.author, article.published) == ("Ostrey Herald", None)
    assert article.extra == {"published": "no day"}


def test_lines_that_are_short_or_too_long_to_be_broken_stay_as_they_are(tmp_path: Path) -> None:
    for text in (
        "Port of Ostrey\nQuay Street\nOstrey",
        "- The ferry of the port was late on Monday.\n- Nobody was told of it at any time before.",
        f"{'The ferry was late. ' * 9}\nNobody was told.",
    ):
        assert read_text(tmp_path, text) == "\n".join(line.rstrip() for line in text.split("\n"))


def test_a_header_that_cannot_be_decoded_is_kept_as_it_is(tmp_path: Path) -> None:
    article = read(tmp_path, writers.message("Ida left.", Subject="=?no-such?q?Ferry?="))
    assert isinstance(article, Article)
    assert (article.title, article.id) == ("=?no-such?q?Ferry?=", "a.eml")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\r\nIda left.", "no message is in it"),
        (b"From: ida\r\n\r\n \r\n", "no text is in this message"),
        (b"From: ida\r\nContent-Type: application/pdf\r\n\r\nAAAA", "no text is in this message"),
        (b"From: ida\r\n\r\n" + b"\n--" * 6000, "it has more parts"),
    ],
)
def test_what_has_no_text_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    error = read(tmp_path, content)
    assert isinstance(error, DocumentError)
    assert error.reason.startswith(reason)
