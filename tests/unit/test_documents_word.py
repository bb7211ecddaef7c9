"""Word documents: what a reader sees of the text, paragraph by paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import writers

from index import documents
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def read(folder: Path, content: bytes, limits: Limits | None = None) -> Article | DocumentError:
    path = folder / "a.docx"
    path.write_bytes(content)
    [item] = documents.read(path, limits=limits)
    return item


def read_text(folder: Path, body: str) -> str:
    item = read(folder, writers.word(body))
    assert isinstance(item, Article), item
    return item.text


def test_inserted_text_is_read_and_deleted_or_hidden_text_and_captions_are_not() -> None:
    [article] = documents.read(CORPUS / "article.docx")
    assert article == Article(
        id="article.docx",
        title="Harbour master denies delay",
        author="Oona Feld",
        text="Harbour master denies delay\n\n"
        "The harbour master, Ida O’Dell, denied that the pier was late.\n\n"
        "“We are two weeks ahead,” she said. “We stay ahead.”\n\nCranes\n\n2",
        origin=str(CORPUS / "article.docx"),
    )


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>Ida</w:t><w:br/><w:t>left</w:t></w:r>", "Ida\nleft"),
        ("<w:r><w:t>Ida</w:t><w:tab/><w:t>left</w:t></w:r>", "Ida\tleft"),
        ("<w:r><w:t>twenty</w:t><w:noBreakHyphen/><w:t>two</w:t></w:r>", "twenty\u2011two"),
        (f"<w:hyperlink>{RUN.format('Ida left')}</w:hyperlink>", "Ida left"),
        (f"<w:sdt><w:sdtContent>{RUN.format('Ida left')}</w:sdtContent></w:sdt>", "Ida left"),
        (f"<w:smartTag>{RUN.format('Ida')}</w:smartTag>{RUN.format(' left')}", "Ida left"),
        (f"<w:moveFrom>{RUN.format('Tom')}</w:moveFrom>{RUN.format('Ida')}", "Ida"),
        (f"<w:r><w:instrText>PAGE</w:instrText></w:r>{RUN.format('Ida')}", "Ida"),
        (f"<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{RUN.format('Ida')}", "Ida"),
    ],
)
def test_the_text_of_a_paragraph(tmp_path: Path, inner: str, text: str) -> None:
    assert read_text(tmp_path, f"<w:p>{inner}</w:p>") == text


def test_a_text_box_is_a_paragraph_of_its_own_and_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{writers.word_paragraph('Aside.')}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p>{RUN.format('Ida said')}<w:r>{both}</w:r>{RUN.format(' so.')}</w:p>"
    assert read_text(tmp_path, body) == "Aside.\n\nIda said so."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0 an older one", "damaged, or not what its name says"),
        (writers.packed({"a.txt": b"Ida said so."}), "no Word document"),
        (writers.packed({"word/document.xml": b"<w:p"}), "damaged"),
        (writers.word("<w:p/>"), "no text: an article needs"),
    ],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    error = read(tmp_path, content)
    assert isinstance(error, DocumentError)
    assert error.reason.startswith(reason)


def test_a_document_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    content = writers.word(writers.word_paragraph("x" * 100_000))
    error = read(tmp_path, content, Limits(document_bytes=50_000))
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("larger than 50,000 bytes when unpacked;")
