"""Tables: an article a row, and that one bad row costs no other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from index import documents
from index.errors import DocumentError
from index.options import Limits
from index.records import Article


def read(
    folder: Path,
    content: str | bytes,
    name: str = "a.csv",
    *,
    limits: Limits | None = None,
    field_map: Mapping[str, str] | None = None,
) -> list[Article | DocumentError]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(documents.read(path, limits=limits, field_map=field_map))


def places(items: list[Article | DocumentError]) -> list[str | int | None]:
    """Return each article's text, and each error's line."""
    return [item.text if isinstance(item, Article) else item.line for item in items]


def test_every_field_has_its_column_and_others_are_kept(tmp_path: Path) -> None:
    content = (
        '\ufeffTitle,Text,DATE,Outlet,author,page\r\nFerry,"“No,” she\r\n\r\n'
        'said ""twice""",9 April 2031,Herald,Oona Feld,3\r\n'
    )
    [article] = read(tmp_path, content)
    assert isinstance(article, Article)
    assert article == Article(
        id=article.id,
        title="Ferry",
        text='“No,” she\r\n\r\nsaid "twice"',
        outlet="Herald",
        author="Oona Feld",
        published=date(2031, 4, 9),
        origin=f"{tmp_path}/a.csv:2",
        extra={"page": "3"},
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_from_the_first_line(tmp_path: Path, separator: str) -> None:
    content = separator.join(["title", "text"]) + "\n" + separator.join(["Ferry", "Ida left."])
    assert places(read(tmp_path, content)) == ["Ida left."]


def test_in_tsv_it_is_a_tab(tmp_path: Path) -> None:
    assert places(read(tmp_path, "text\ta,b,c\nIda, Tom; both.\t1", "a.tsv")) == ["Ida, Tom; both."]


def test_a_bad_row_is_named_and_loses_no_other(tmp_path: Path) -> None:
    content = b'title,text\n\xe2\x80\xa6,one\na,b,c\n\n"x"y,z\n,\nb,t\xffo\nlast,"two\nlines"\n'
    items = read(tmp_path, content)
    assert places(items) == ["one", 3, 5, 6, 7, "two\nlines"]
    reasons = [item.reason for item in items if isinstance(item, DocumentError)]
    assert reasons[0].startswith("has 3 fields where the first line names 2;")
    assert reasons[1].startswith("bad table: ',' expected after '\"'")
    assert reasons[2].startswith("no text")
    assert reasons[3].startswith("bad encoding: byte 0xff")


def test_an_overlong_row_is_skipped_unless_it_never_ends(tmp_path: Path) -> None:
    limits = Limits(characters=100)
    items = read(tmp_path, "text\n" + "x" * 101 + "\nIda left.\n", limits=limits)
    assert places(items) == [2, "Ida left."]
    endless = 'text\nIda left.\n"' + "x\n" * 1000
    assert places(read(tmp_path, endless, limits=limits)) == ["Ida left.", 3]


def test_a_text_may_be_longer_than_the_library_allows_by_itself(tmp_path: Path) -> None:
    assert places(read(tmp_path, "text\n" + "x" * 200_000)) == ["x" * 200_000]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("text\n", "empty: there is no row below the names of the fields"),
        ("text,text\na,b", "names a field twice; rename one"),
        ('te"xt",b\na,b', "no column is called `text`"),
        ("body,title\na,b", "no column is called `text`; if one of these holds the texts, name it"),
    ],
)
def test_a_table_of_no_use_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    [error] = read(tmp_path, content)
    assert isinstance(error, DocumentError)
    assert error.reason.startswith(reason)


def test_a_map_names_the_columns(tmp_path: Path) -> None:
    content = "headline,body,pub_date\nFerry,Ida left.,2031-04-09\n"
    columns = {"text": "body", "title": "headline", "published": "pub_date"}
    [article] = read(tmp_path, content, field_map=columns)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Ferry", "Ida left.")
    assert (article.published, article.extra) == (date(2031, 4, 9), {})
