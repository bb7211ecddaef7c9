"""Plain text and Markdown: what is metadata, what is text, and that the text is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index import documents
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

LONGEST = Limits().characters


def read_item(folder: Path, content: str | bytes, name: str = "1.txt") -> Article | DocumentError:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    [item] = documents.read(path)
    return item


def read_article(folder: Path, content: str | bytes, name: str = "1.txt") -> Article:
    item = read_item(folder, content, name)
    assert isinstance(item, Article), item
    return item


def read_error(folder: Path, content: str | bytes, name: str = "1.txt") -> DocumentError:
    item = read_item(folder, content, name)
    assert isinstance(item, DocumentError), item
    return item


@pytest.mark.parametrize("start", [" date 2031-04-09 ", "date 2031-04-09 ", "date 2031-04-09\r\n"])
def test_a_date_in_front_of_the_text_is_not_part_of_it(tmp_path: Path, start: str) -> None:
    text = " Ostrey’s mayor resigned.\r\n\r\n“I am tired,” she said. \n"
    article = read_article(tmp_path, start + text)
    assert (article.text, article.published, article.title) == (text, date(2031, 4, 9), "")
    assert article.extra == {}


@pytest.mark.parametrize(
    "text",
    [
        "  date 2031-04-09 The vote",
        "date 2031-4-9 The vote",
        "update 2031-04-09 x",
        "date 2031-04-09x",
    ],
)
def test_what_only_looks_like_such_a_date_is_text(tmp_path: Path, text: str) -> None:
    article = read_article(tmp_path, text)
    assert (article.text, article.published) == (text, None)


def test_an_impossible_day_in_front_of_the_text_is_kept_as_written(tmp_path: Path) -> None:
    article = read_article(tmp_path, " date 2031-02-30 The vote")
    assert (article.text, article.published) == ("The vote", None)
    assert article.extra == {"published": "2031-02-30"}


def test_front_matter_gives_the_fields_and_keeps_those_it_does_not_know(tmp_path: Path) -> None:
    content = (
        "---\r\n"
        "title: Ferry: late\u2028again\r\n"
        "Date: 9 April 2031\r\n"
        "author: 'Ida O''Dell'\r\n"
        'outlet: "The \\"Ostrey\\" Herald"\r\n'
        "url: https://herald.example/ferry\r\n"
        "# a remark\r\n"
        "\r\n"
        "Section: Harbour\r\n"
        "tags:\r\n"
        "  - ferry\r\n"
        "- 'tide'\r\n"
        "note:\r\n"
        "---\r\n"
        "\r\n The ferry is late. \r\n"
    )
    assert read_article(tmp_path, content) == Article(
        id="1.txt",
        text="\r\n The ferry is late. \r\n",
        title="Ferry: late\u2028again",
        outlet='The "Ostrey" Herald',
        author="Ida O'Dell",
        published=date(2031, 4, 9),
        url="https://herald.example/ferry",
        origin=str(tmp_path / "1.txt"),
        extra={"Section": "Harbour", "tags": ["ferry", "tide"]},
    )


def test_several_authors_may_be_listed_and_an_id_given(tmp_path: Path) -> None:
    content = "---\nid: f-17\nauthors:\n- Ida O'Dell\n- Tom Bray\n---\nThe ferry is late."
    article = read_article(tmp_path, content)
    assert (article.id, article.author) == ("f-17", "Ida O'Dell, Tom Bray")


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe ferry is late.\n---\nSo is the tide.",
        "---\nBRAY: The ferry is late.\nO'Dell said no.\n---\nSo is the tide.",
        "---\ntitle: Ferry\nThe ferry is late.",
        "----\ntitle: Ferry\n---\nThe ferry is late.",
        "\n---\ntitle: Ferry\n---\nThe ferry is late.",
    ],
)
def test_lines_between_rules_that_are_no_front_matter_are_text(tmp_path: Path, text: str) -> None:
    article = read_article(tmp_path, text, "1.md")
    assert (article.text, article.title, article.extra) == (text, "", {})


def test_a_bad_line_in_front_matter_is_named(tmp_path: Path) -> None:
    error = read_error(tmp_path, "---\ntitle: Ferry\n\nlate again\n---\nThe ferry is late.")
    assert (error.path, error.line) == (tmp_path / "1.txt", 4)
    assert error.reason.startswith("the front matter has a line that isn't `key: value`")


@pytest.mark.parametrize(("key", "line"), [("Title", 3), ("text", 3)])
def test_front_matter_gives_nothing_twice(tmp_path: Path, key: str, line: int) -> None:
    error = read_error(tmp_path, f"---\ntitle: Ferry\n{key}: x\n---\nThe ferry is late.")
    assert (error.line, f"`{key.lower()}`" in error.reason) == (line, True)


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        ("# Ferry late #\n\nIt is.", "Ferry late", "# Ferry late #\n\nIt is."),
        ("# C# for sailors\r\nIt is.", "C# for sailors", "# C# for sailors\r\nIt is."),
        ("---\noutlet: Herald\n---\n\n# Ferry\nIt is.", "Ferry", "\n# Ferry\nIt is."),
        ("---\ntitle: Tide\n---\n# Ferry\nIt is.", "Tide", "# Ferry\nIt is."),
        ("It is.\n# Ferry\n", "", "It is.\n# Ferry\n"),
        ("## Ferry\nIt is.", "", "## Ferry\nIt is."),
        ("#Ferry\nIt is.", "", "#Ferry\nIt is."),
        ("# ##\nIt is.", "", "# ##\nIt is."),
    ],
)
def test_a_first_heading_titles_markdown_and_stays(
    tmp_path: Path, content: str, title: str, text: str
) -> None:
    article = read_article(tmp_path, content, "1.md")
    assert (article.title, article.text) == (title, text)


def test_a_heading_full_of_spaces_is_read_without_trying_every_split_of_them(
    tmp_path: Path,
) -> None:
    title = "Ferry" + " " * 1_000_000 + "late"
    assert read_article(tmp_path, f"# {title} #", "1.md").title == title


def test_a_first_heading_does_not_title_plain_text(tmp_path: Path) -> None:
    assert read_article(tmp_path, "# Ferry\nIt is.").title == ""


@pytest.mark.parametrize(
    "content", ["", " \r\n\t", " date 2031-04-09 ", "---\ntitle: Ferry\n---\n"]
)
def test_a_file_without_text_is_an_error(tmp_path: Path, content: str) -> None:
    error = read_error(tmp_path, content)
    assert error.line is None
    assert error.reason.startswith("no text")


def test_the_id_stays_when_the_text_changes(tmp_path: Path) -> None:
    assert read_article(tmp_path, "Before.").id == read_article(tmp_path, "After.").id == "1.txt"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"\xe2\x80\xa6\nTwo \x93three\n", 2, "bad encoding: byte 0x93 at offset 8 isn't UTF-8;"),
        (b"\xef\xbb\xbfOne\n\n\xc3", 3, "bad encoding: byte 0xc3 at offset 8 isn't UTF-8;"),
        (b"\xff\xfeO\0\n\0\0\xd8n\0", 2, "bad encoding: byte 0x00 at offset 6 isn't UTF-16-LE;"),
        (b"\xfe\xff\0O\0", None, "bad encoding: the file ends in the middle of a character;"),
    ],
)
def test_the_first_bad_byte_is_named_by_line_and_offset(
    tmp_path: Path, content: bytes, line: int | None, reason: str
) -> None:
    error = read_error(tmp_path, content)
    assert error.line == line
    assert error.reason.startswith(reason)


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_read(tmp_path: Path) -> None:
    assert len(read_article(tmp_path, b"a" * LONGEST).text) == LONGEST
    error = read_error(tmp_path, b"a" * (LONGEST + 1))
    assert error.reason.startswith("longer than 4,194,304 characters;")
