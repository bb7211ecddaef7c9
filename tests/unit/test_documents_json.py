"""JSON and JSON lines: one bad article costs no other, wherever the file is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from unit.json_files import FULL, places, read_items, read_reason

from index import documents
from index.errors import DocumentError
from index.options import Limits
from index.records import Article

LONGEST = Limits().characters


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
