"""JSON and JSON lines: the fields, and that one bad article costs no other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from index import documents
from index.documents.fields import NESTED
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

LONGEST = Limits().characters

FULL = {
    "id": 17,
    "title": "Ferry late",
    "text": " The ferry is late.\r\n",
    "date": "9 April 2031",
    "publisher": "Ostrey Herald",
    "authors": ["Ida O'Dell", "Tom Bray"],
    "url": "https://herald.example/ferry",
    "section": {"name": "Harbour", "rank": [1, 2.5, None]},
    "paid": False,
    "lead": None,
}


def read_items(
    folder: Path, content: str | bytes, name: str = "a.jsonl"
) -> list[Article | DocumentError]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(documents.read(path))


def read_one(folder: Path, **fields: object) -> Article | DocumentError:
    [item] = read_items(folder, json.dumps(fields))
    return item


def read_article(folder: Path, **fields: object) -> Article:
    item = read_one(folder, **({"text": "The ferry is late."} | fields))
    assert isinstance(item, Article), item
    return item


def read_reason(folder: Path, content: str, name: str = "a.jsonl") -> str:
    [item] = read_items(folder, content, name)
    assert isinstance(item, DocumentError), item
    return item.reason


def places(items: list[Article | DocumentError]) -> list[str | int | None]:
    """Return each article's text, and each error's line."""
    return [item.text if isinstance(item, Article) else item.line for item in items]


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


@pytest.mark.parametrize("opening", ["[", '{"x":'])
def test_nesting_that_breaks_the_parser_costs_its_line_only(tmp_path: Path, opening: str) -> None:
    hostile = f'{{"text": "a", "x": {opening * 100_000}'
    items = read_items(tmp_path, f'{hostile}\n{{"text": "b"}}')
    assert places(items) == [1, "b"]
    assert "too deeply nested" in read_reason(tmp_path, hostile, "a.json")


def test_a_bad_line_is_named_and_never_loses_the_others(tmp_path: Path) -> None:
    lines = [
        b'{"text": "one"}',
        b'{"text": "two"',
        b"[1]",
        b'"two"',
        b"",
        b'{"text": "six \x97"}',
        b'{"text": "seven"} {"text": "eight"}',
        '\r{"text": "nine\u2028ten"}\r'.encode(),
        b'{"text": "eleven"}',
    ]
    items = read_items(tmp_path, b"\n".join(lines))
    assert places(items) == ["one", 2, 3, 4, 6, 7, "nine\u2028ten", "eleven"]
    reasons = [item.reason for item in items if isinstance(item, DocumentError)]
    assert reasons[0] == "bad JSON: Expecting ',' delimiter at column 15"
    assert reasons[1].startswith("not an object:")
    assert reasons[3] == (
        "bad encoding: byte 0x97 at offset 56 isn't UTF-8; save the file as UTF-8"
    )
    assert reasons[4] == "bad JSON: Extra data at column 19"
    assert isinstance(items[-1], Article)
    assert items[-1].origin == f"{tmp_path}/a.jsonl:9"


def test_lines_are_found_in_utf16_too_even_after_half_a_character(tmp_path: Path) -> None:
    lines = ['{"text": "ਊਊ"}', '{"text": "?"}', '{"text": "three"}']
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        content = "\n".join(lines).encode(encoding)
        content = content.replace("?".encode(encoding), "\udc00".encode(encoding, "surrogatepass"))
        assert places(read_items(tmp_path, mark + content)) == ["ਊਊ", 2, "three"]


def test_an_overlong_line_is_skipped_and_the_next_ones_read(tmp_path: Path) -> None:
    overlong = b'{"text": "' + b"a" * LONGEST + b'"}'
    items = read_items(tmp_path, b'{"text": "a"}\n' + overlong + b'\n{"text": "b"}\n\xff')
    assert places(items) == ["a", 2, "b", 4]
    assert isinstance(items[1], DocumentError)
    assert items[1].reason.startswith("longer than 4,194,304 characters;")
    assert isinstance(items[3], DocumentError)
    assert f"at offset {14 + len(overlong) + 1 + 14} " in items[3].reason


def test_a_line_at_the_limit_is_read_whole_and_does_not_swallow_the_next(tmp_path: Path) -> None:
    line = '{"text": "' + "a" * (LONGEST - 13) + '"}\n'
    assert len(line) == LONGEST
    first, second = read_items(tmp_path, line + '{"text": "b"}')
    assert isinstance(first, Article)
    assert len(first.text) == LONGEST - 13
    assert isinstance(second, Article)
    longer = read_items(tmp_path, " " + line + '{"text": "b"}')
    assert places(longer) == [1, "b"]


def test_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "one"}\n' * 100_000)
    items = documents.read(path)
    next(items)
    with path.open("r+b") as file:
        file.truncate(0)
    assert len(list(items)) < 50_000


@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_an_empty_file_is_an_error(tmp_path: Path, name: str, content: str) -> None:
    assert read_reason(tmp_path, content, name) == "empty: there is no article in it"


def test_an_empty_list_is_an_error(tmp_path: Path) -> None:
    assert read_reason(tmp_path, " [ ]\n", "a.json") == "empty: the list holds no article"


def test_one_object_is_one_article(tmp_path: Path) -> None:
    [item] = read_items(tmp_path, "\n" + json.dumps(FULL, indent=1) + "\n", "a.json")
    assert isinstance(item, Article)
    assert (item.id, item.origin) == ("17", f"{tmp_path}/a.json")


def test_a_bad_element_of_a_list_is_named_by_line_and_loses_no_other(tmp_path: Path) -> None:
    content = b'[{"text": "1\xe2\x80\xa6"},\n 2,\n [], {"text": "4 \x97"},\n\n{"text": "five"}\n]\n'
    items = read_items(tmp_path, content, "a.json")
    assert places(items) == ["1…", 2, 3, 3, "five"]
    assert isinstance(items[3], DocumentError)
    assert "byte 0x97 at offset 40 isn't UTF-8" in items[3].reason
    assert isinstance(items[4], Article)
    assert items[4].origin == f"{tmp_path}/a.json#5"


@pytest.mark.parametrize(
    ("rest", "line", "reason"),
    [
        (
            ",\n{",
            2,
            "bad JSON: Expecting property name enclosed in double quotes at byte offset 19;",
        ),
        (',\n{"text": "x', 2, "bad JSON: Unterminated string starting at at byte offset 27;"),
        (",\n{'text'}]", 2, "bad JSON: Expecting property name enclosed in double quotes"),
        (",\n]", 2, "bad JSON: Expecting value at byte offset 18;"),
        ("\n", 2, "bad JSON: Expecting ',' or ']' at byte offset 17;"),
        ('\n{"text": "x"}]', 2, "bad JSON: Expecting ',' or ']' at byte offset 17;"),
        ("]\n{}", 2, "bad JSON: Extra data (one object a line is .jsonl"),
    ],
)
def test_bad_json_in_a_list_keeps_the_articles_before_it(
    tmp_path: Path, rest: str, line: int, reason: str
) -> None:
    items = read_items(tmp_path, '[{"text": "one"}' + rest, "a.json")
    assert places(items) == ["one", line]
    assert isinstance(items[1], DocumentError)
    assert items[1].reason.startswith(reason)


def test_a_bad_byte_outside_a_string_is_called_one(tmp_path: Path) -> None:
    [error] = read_items(tmp_path, b"[\n\xe2\x80{}]", "a.json")
    assert isinstance(error, DocumentError)
    assert (error.line, "byte 0xe2 at offset 2 isn't UTF-8" in error.reason) == (2, True)


def test_json_lines_named_json_say_so(tmp_path: Path) -> None:
    reason = read_reason(tmp_path, '{"text": "one"}\n{"text": "two"}', "a.json")
    assert "one object a line is .jsonl" in reason


def test_elements_may_be_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    texts = ["a" * 700_000, "é" * 600_000, "\\" * 1_100_000, "b"]
    for indent in (None, 2):
        content = json.dumps([{"text": text} for text in texts], indent=indent)
        assert places(read_items(tmp_path, content, "a.json")) == texts


def test_a_number_is_not_split_where_a_piece_of_the_file_ends(tmp_path: Path) -> None:
    for spaces in range(2**20 - 6, 2**20):
        items = read_items(tmp_path, "[" + " " * spaces + '12345, {"text": "two"}]', "a.json")
        assert places(items) == [1, "two"]


def test_an_element_over_the_limit_ends_the_list(tmp_path: Path) -> None:
    content = '[{"text": "one"},\n{"text": "' + "a" * LONGEST + '"}]'
    items = read_items(tmp_path, content, "a.json")
    assert places(items) == ["one", 2]
    assert isinstance(items[1], DocumentError)
    assert items[1].reason.startswith("longer than 4,194,304 characters;")


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
