"""Fields of an article in JSON: each has its place, none is guessed, and a wrong one is named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from unit.json_files import FULL, places, read_items, read_reason

from index import documents
from index.documents.fields import NESTED
from index.errors import DocumentError
from index.records import Article


def read_one(folder: Path, **fields: object) -> Article | DocumentError:
    [item] = read_items(folder, json.dumps(fields))
    return item


def read_article(folder: Path, **fields: object) -> Article:
    item = read_one(folder, **({"text": "The ferry is late."} | fields))
    assert isinstance(item, Article), item
    return item


def test_every_field_has_its_place_and_others_are_kept(tmp_path: Path) -> None:
    assert read_one(tmp_path, **FULL) == Article(
        id="17",
        text=" The ferry is late.\r\n",
        title="Ferry late",
        outlet="Ostrey Herald",
        author="Ida O'Dell, Tom Bray",
        published=date(2031, 4, 9),
        url="https://herald.example/ferry",
        origin=f"{tmp_path}/a.jsonl:1",
        extra={"section": FULL["section"], "paid": False, "lead": None},
    )


def test_of_several_names_for_a_field_the_first_given_counts_and_the_others_are_kept(
    tmp_path: Path,
) -> None:
    article = read_article(
        tmp_path, outlet="", publisher="Herald", source={"wire": True}, author=None, authors="Ida"
    )
    assert (article.outlet, article.author) == ("Herald", "Ida")
    assert article.extra == {"source": {"wire": True}}


def test_a_date_that_takes_a_guess_is_kept_as_written(tmp_path: Path) -> None:
    for fields in ({"published": "03/04/2031"}, {"date": "03/04/2031"}):
        article = read_article(tmp_path, **fields)
        assert (article.published, article.extra) == (None, {"published": "03/04/2031"})


def test_a_readable_date_is_preferred_and_the_other_kept(tmp_path: Path) -> None:
    article = read_article(tmp_path, published="an hour ago", date=20310409)
    assert article.published == date(2031, 4, 9)
    assert article.extra == {"published": "an hour ago"}


def test_without_an_id_the_content_makes_one(tmp_path: Path) -> None:
    one = read_article(tmp_path, title="Ferry").id
    assert one == read_article(tmp_path, title="Ferry", id=None, section="Harbour").id
    assert one == read_article(tmp_path, title="Ferry", id=" ", outlet="Herald").id
    others = {
        read_article(tmp_path, **fields).id
        for fields in (
            {"title": "Tide"},
            {"title": "Ferry", "url": "https://herald.example"},
            {"title": "Ferry", "date": "2031-04-09"},
            {"title": "Ferry", "text": "The ferry is late. "},
            {"url": "Ferry"},
        )
    }
    assert len(others - {one}) == 5
    assert all(len(name) == 16 and set(name) <= set("0123456789abcdef") for name in others | {one})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "no text: an article needs a `text` that isn't empty"),
        ({"text": None}, "no text: an article needs a `text` that isn't empty"),
        ({"text": ""}, "no text: an article needs a `text` that isn't empty"),
        ({"text": " \n"}, "no text: there is only white space"),
        ({"text": ["a"]}, "`text` must be a string, not a list"),
        ({"text": "a", "title": 3}, "`title` must be a string, not a number"),
        ({"text": "a", "url": {}}, "`url` must be a string, not an object"),
        ({"text": "a", "source": {"id": 1}}, "`source` must be a string, not an object"),
        ({"text": "a", "authors": [{}]},
         "`authors` must be a string or a list of strings, not an object"),
        ({"text": "a", "author": ["Ida", None]},
         "`author` must be a string or a list of strings, not null"),
        ({"text": "a", "date": True}, "`date` must be a string, not true or false"),
        ({"text": "a", "id": True}, "`id` must be a string or a whole number, not true or false"),
        ({"text": "a", "id": 1.5}, "`id` must be a string or a whole number, not a number"),
    ],
)  # fmt: skip
def test_a_field_of_the_wrong_type_is_named(
    tmp_path: Path, fields: dict[str, object], reason: str
) -> None:
    assert read_reason(tmp_path, json.dumps(fields)) == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": "a\\u0000b"}', "`text` holds a NUL character;"),
        ('{"text": "a\\ud800b"}', "`text` holds half a character (\\ud800);"),
        ('{"text": "a", "x": [{"\\udfff": 1}]}', "`x` holds half a character (\\udfff);"),
        ('{"text": "a", "\\ud83d": 1}', "`'\\ud83d'` holds half a character (\\ud83d);"),
        ('{"text": "a", "x": NaN}', "`x` holds a number that JSON doesn't have"),
        ('{"text": "a", "x": {"y": [1e999]}}', "`x` holds a number that JSON doesn't have"),
        ('{"text": "a", "x": %s}' % ("9" * 5000), "`x` holds a number of 5000 digits;"),
        ('{"text": "a", "text": "b"}', "the object gives a field twice;"),
        ('{"text": "a", "x": [{"y": 1, "y": 2}]}', "`x` gives a field twice;"),
    ],
)
def test_what_cannot_be_stored_as_it_is_is_refused(
    tmp_path: Path, content: str, reason: str
) -> None:
    assert read_reason(tmp_path, content).startswith(reason)
    both = read_items(tmp_path, f'[{content},\n{{"text": "b"}}]', "a.json")
    assert places(both) == [1, "b"]


def test_whole_surrogate_pairs_are_one_character(tmp_path: Path) -> None:
    [item] = read_items(tmp_path, '{"text": "a\\ud83d\\udea2b"}')
    assert isinstance(item, Article)
    assert item.text == "a🚢b"


def test_nesting_is_kept_up_to_the_limit_and_refused_beyond(tmp_path: Path) -> None:
    kept = "[" * NESTED + "1" + "]" * NESTED
    [item] = read_items(tmp_path, f'{{"text": "a", "x": {kept}}}')
    assert isinstance(item, Article)
    assert json.dumps(item.extra) == f'{{"x": {kept}}}'
    deeper = f'{{"text": "a", "x": [{kept}]}}'
    assert read_reason(tmp_path, deeper) == "`x` is nested deeper than 64 levels"


def test_a_map_leads_into_objects_and_to_the_list_that_holds_the_articles(tmp_path: Path) -> None:
    one = {"head": {"main": "Ferry"}, "body": "Ida left.", "day": "2031-04-09", "a.b": 1}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"answer": {"docs": [one, {"head": "none"}]}}))
    field_map = {
        "articles": "answer.docs", "text": "body", "title": "head.main", "published": "day",
    }  # fmt: skip
    article, error = documents.read(path, field_map=field_map)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Ferry", "Ida left.")
    assert (article.published, article.origin) == (date(2031, 4, 9), f"{path}#1")
    assert article.extra == {"head": {"main": "Ferry"}, "a.b": 1}
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("article 2: no text")


def test_a_map_to_what_is_not_there_leaves_the_usual_names(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Ida left.", "title": "Ferry"}\n{"body": "Tom left."}\n')
    one, other = documents.read(path, field_map={"text": "body", "title": "head.main"})
    assert isinstance(one, Article)
    assert (one.text, one.title) == ("Ida left.", "Ferry")
    assert isinstance(other, Article)
    assert other.text == "Tom left."


def test_where_no_list_is_at_the_place_mapped_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"docs": {}}')
    [error] = documents.read(path, field_map={"articles": "docs"})
    assert isinstance(error, DocumentError)
    assert error.reason == "no list of articles is at `docs`; correct `articles` in --map"


def test_without_a_text_the_fields_that_might_hold_it_are_named(tmp_path: Path) -> None:
    [error] = read_items(tmp_path, '{"body": "Ida left.", "title": "Ferry"}')
    assert isinstance(error, DocumentError)
    assert error.reason.endswith("name it by --map text=NAME: body")
