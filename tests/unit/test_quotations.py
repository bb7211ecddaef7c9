"""Where quotation marks open and close."""

from __future__ import annotations

import pytest

from index.attributions import quotations


def _quoted(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in quotations.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is safe,” she said. “Quite.”", ["“It is safe,”", "“Quite.”"]),
        ('"It is safe," she said. "Quite."', ['"It is safe,"', '"Quite."']),
        ("''It is safe,'' she said.", ["''It is safe,''"]),
        ("``It is safe,'' she said.", ["``It is safe,''"]),
        ("« C’est sûr », she said.", ["« C’est sûr »"]),
        ("„It is safe“, she said.", ["„It is safe“"]),
        ('“It is safe," she said.', ['“It is safe,"']),
        ("‘It is safe,’ she said.", ["‘It is safe,’"]),
        ("'It is safe,' she said.", ["'It is safe,'"]),
        ("", []),
        ("Nobody spoke.", []),
    ],
)
def test_every_style_of_marks_is_paired(text: str, expected: list[str]) -> None:
    assert _quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The mayor's plan and the workers' plan aren't alike.",
        "The mayor’s plan and the workers’ plan aren’t alike.",
        "In the '90s they'd sing rock 'n' roll.",
        "Get 'em while they're warm.",
        "She is 5'2\" tall.",
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text: str) -> None:
    assert _quoted(text) == []


def test_apostrophes_inside_single_marks_do_not_close_them() -> None:
    text = "'It's the miners' choice, isn't it?' she asked."
    assert _quoted(text) == ["'It's the miners' choice, isn't it?'"]


def test_a_quotation_in_a_quotation_is_one_deeper() -> None:
    text = "“He told us ‘never again’ and left,” she said."
    found = quotations.find(text)
    assert [(text[q.span.start : q.span.end], q.depth) for q in found] == [
        ("“He told us ‘never again’ and left,”", 0),
        ("‘never again’", 1),
    ]


def test_a_mark_left_open_runs_to_the_end_of_its_paragraph() -> None:
    text = "She said: “It is safe.\n\n“It is sound.” Then she left."
    found = quotations.find(text)
    assert _quoted(text) == ["“It is safe.", "“It is sound.”"]
    assert [q.closed for q in found] == [False, True]


def test_a_closing_mark_that_nothing_opened_is_left_alone() -> None:
    assert _quoted("It is safe,” she said.") == []
