"""Web pages: the article and nothing around it, with what the page says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from corpus import writers

from index import documents
from index.errors import DocumentError
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"
PARAGRAPHS = ("Ida O’Dell denied that the ferry was late.", "“It was early,” she said.")


def read(folder: Path, content: bytes) -> Article | DocumentError:
    path = folder / "page.html"
    path.write_bytes(content)
    [item] = documents.read(path)
    return item


def read_article(folder: Path, content: bytes) -> Article:
    item = read(folder, content)
    assert isinstance(item, Article), item
    return item


def read_reason(folder: Path, content: bytes) -> str:
    item = read(folder, content)
    assert isinstance(item, DocumentError), item
    return item.reason


def test_an_article_is_read_with_all_that_its_page_says_of_it() -> None:
    [article] = documents.read(CORPUS / "article.html")
    assert article == Article(
        id="article.html",
        title="Ferry to run until the bridge opens",
        text="A ferry will cross the Osk every twenty minutes, the port promised on Sunday.\n\n"
        "“We will carry everybody who needs to cross,” said Hanne Osterlund, who heads the port."
        "\n\nShops lose trade\n\n"
        "Trade has fallen by half, according to shopkeepers.\n\n"
        "Councillor Tom Bray denied that.",
        outlet="Ostrey Herald",
        author="Oona Feld",
        published=date(2031, 3, 9),
        url="https://herald.example/ferry",
        origin=str(CORPUS / "article.html"),
    )


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">Bray lied.</p>',
        '<p style="color: red; VISIBILITY : hidden">Bray lied.</p>',
        '<div style="font-size:0px"><p>Bray lied.</p></div>',
        "<p hidden>Bray lied.</p>",
        "<script>document.write('Bray lied.')</script>",
        "<template><p>Bray lied.</p></template>",
        "<noscript><p>Bray lied.</p></noscript>",
        "<!-- Bray lied. -->",
        "<p><del>Bray lied.</del></p>",
    ],
)
def test_what_a_reader_does_not_see_is_no_text(folder: Path, hidden: str) -> None:
    content = writers.page(*PARAGRAPHS).replace(b"</article>", f"{hidden}</article>".encode())
    assert read_article(folder, content).text == "\n\n".join(PARAGRAPHS)


def test_a_small_font_hides_nothing(folder: Path) -> None:
    content = writers.page(*PARAGRAPHS).replace(b"<p>", b'<p style="font-size:0.8em">')
    assert read_article(folder, content).text == "\n\n".join(PARAGRAPHS)


def test_a_day_that_the_page_does_not_give_is_not_guessed(folder: Path) -> None:
    content = writers.page(*PARAGRAPHS, "The old ferry sank on 3 May 2029.", body="<p>© 2028</p>")
    assert read_article(folder, content).published is None


def test_an_old_page_may_have_its_article_in_a_table(folder: Path) -> None:
    text = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    content = f"<html><body><table><tr><td>{text}</td></tr></table></body></html>".encode()
    assert "“It was early,” she said." in read_article(folder, content).text.split("\n\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "iso8859-15"])
def test_the_encoding_is_that_of_the_bytes_or_the_one_declared(folder: Path, encoding: str) -> None:
    declared = f'<meta charset="{encoding}">'
    content = f"<html><head>{declared}</head><body><p>Renée denied it.</p></body></html>"
    assert read_article(folder, content.encode(encoding)).text == "Renée denied it."


@pytest.mark.parametrize("declared", ["hex", "rot13", "undefined", "no-such"])
def test_an_encoding_that_is_none_of_text_is_not_used(folder: Path, declared: str) -> None:
    content = f'<html><head><meta charset="{declared}"></head><body><p>Renée said so.</p>'
    assert read_article(folder, content.encode("cp1252")).text == "Renée said so."


def test_a_picture_within_the_page_does_not_count(folder: Path) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 100_000}">'
    assert read_article(folder, writers.page(*PARAGRAPHS, body=picture)).text.endswith("she said.")


def test_a_page_that_would_take_too_long_is_refused(folder: Path) -> None:
    assert "more than 50,000 elements" in read_reason(folder, writers.page(body="<p>x" * 50_000))
    assert "longer than 20,000" in read_reason(folder, b"<p " + b"a=1 " * 5001 + b">Ida said so.")


def test_what_is_no_page_is_refused(folder: Path) -> None:
    assert "no article is found" in read_reason(folder, b"Ida O'Dell said that it was late.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")
