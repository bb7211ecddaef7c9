"""PDFs: paragraphs are put together again from lines; what can't be read is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import writers

from index import documents
from index.documents.pdf_layout import Line, Page, join_lines
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"
FIRST = "“The ferry is late,” said Ida O’Dell, who has kept the harbour of Ostrey for as long as "


def lines(*texts: str, left: float = 50, top: float = 700, width: float = 5) -> list[Line]:
    """Return lines below one another, each character `width` wide."""
    return [
        Line(text, left, left + width * len(text), top - 14 * i, top - 14 * i, 12)
        for i, text in enumerate(texts)
    ]


def join(*columns: list[Line]) -> list[str]:
    return join_lines([Page(800, [line for column in columns for line in column])])


def read(folder: Path, content: bytes, **limits: int) -> list[Article | DocumentError]:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return list(documents.read(path, limits=Limits(**limits)))


def test_paragraphs_go_on_over_pages_without_heads_and_page_numbers() -> None:
    [article] = documents.read(CORPUS / "article.pdf")
    assert isinstance(article, Article)
    assert article.text.split("\n\n") == [
        "Ferry late",
        f"{FIRST}anybody can remember it. She left.",
        "Tom Bray denied that the ferry was late, and that he had ever seen one.",
    ]
    assert (article.id, article.title, article.author) == ("article.pdf", "Ferry late", "Oona Feld")
    assert article.published is None


def test_a_paragraph_ends_where_its_last_line_does() -> None:
    text = lines(
        "The ferry was late on Monday and", "left at noon.", "Nobody was told of it at all."
    )
    assert join(text) == ["The ferry was late on Monday and left at noon.", text[2].text]


def test_an_indent_begins_a_paragraph() -> None:
    text = lines("The ferry was late on Monday and", "nobody knows why. The mayor said so.")
    text += lines("Others deny it, and they say that it", "never was.", left=62, top=672)
    text[3] = text[3]._replace(left=50)
    assert join(text)[1:] == ["Others deny it, and they say that it never was."]


def test_columns_are_read_one_after_another_and_a_sentence_goes_on_in_the_next() -> None:
    left = lines("Ida O’Dell said that", "she had not been told")
    right = lines("of it before Monday.", left=300)
    assert join(left, right) == ["Ida O’Dell said that she had not been told of it before Monday."]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (("the har\x02", "bour"), "the harbour"),
        (("a well\x02", "known man"), "a well-known man"),
        (("a sea-front; the sea\x02", "front"), "a sea-front; the sea-front"),
        (("a seafront; the sea\u2010", "front"), "a seafront; the seafront"),
        (("aged 25-", "year-old"), "aged 25-year-old"),
        (("he said –", "nothing"), "he said – nothing"),
    ],
)
def test_a_word_that_a_line_end_broke_is_joined(broken: tuple[str, ...], mended: str) -> None:
    assert join(lines(*broken)) == [mended]


def test_a_scanned_page_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    article, error = read(tmp_path, writers.pdf([[(50, 700, 12, "Ida said so.")], [], []]))
    assert isinstance(article, Article)
    assert article.text == "Ida said so."
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("no text layer on pages 2, 3;")


def test_a_title_that_a_program_gave_is_none(tmp_path: Path) -> None:
    for title in ("Microsoft Word - ferry.docx", "ferry.indd", "about:blank", "Untitled-1"):
        [article] = read(tmp_path, writers.pdf([[(50, 700, 12, "Ida said so.")]], Title=title))
        assert isinstance(article, Article)
        assert article.title == ""


def test_a_pdf_over_a_limit_is_refused(tmp_path: Path) -> None:
    content = writers.pdf([[(50, 700, 12, "Ida said so.")]] * 3)
    for limits, reason in (
        ({"pages": 2}, "it has 3 pages"),
        ({"characters": 20}, "it has more than 20 characters"),
        ({"document_bytes": 100}, "larger than 100 bytes"),
    ):
        [error] = read(tmp_path, content, **limits)
        assert isinstance(error, DocumentError)
        assert reason in error.reason


def test_a_pdf_that_never_ends_is_given_up(tmp_path: Path) -> None:
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 11>>"
    )
    page = "/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}>>",
        "<</Length 5>>stream\n/A Do\nendstream",
        f"{form}stream\n/A Do /A Do\nendstream",
        "<<>>",
    ]
    [error] = read(tmp_path, writers.write_objects(objects), seconds=1)
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("takes longer than 1 s;")
