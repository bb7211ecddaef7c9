"""A build's options are checked once, where they are made, and never change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from index.options import BuildOptions, Limits


@pytest.mark.parametrize("tokens", [16, 200, 8191])
def test_a_passage_may_have_16_to_8191_tokens(tokens: int) -> None:
    assert BuildOptions(passage_tokens=tokens).passage_tokens == tokens


@pytest.mark.parametrize("tokens", [-1, 0, 15, 8192])
def test_any_other_number_is_refused_and_named(tokens: int) -> None:
    with pytest.raises(ValueError, match=rf"passage_tokens must be 16 to 8191, not {tokens}$"):
        BuildOptions(passage_tokens=tokens)


def test_an_unknown_finder_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"finder must be one of .*'rules'.*, not 'guess'$"):
        BuildOptions(finder="guess")  # type: ignore[arg-type]


def test_options_are_given_by_name_and_cant_be_changed() -> None:
    with pytest.raises(TypeError):
        BuildOptions("model")  # type: ignore[misc]
    options = BuildOptions()
    with pytest.raises(FrozenInstanceError):
        options.passage_tokens = 100  # type: ignore[misc]
    assert options == BuildOptions(embedder="", passage_tokens=200, finder=options.finder)


def test_a_limit_under_one_is_refused_and_named() -> None:
    with pytest.raises(ValueError, match=r"^pages must be at least 1, not 0$"):
        Limits(pages=0)
    assert BuildOptions().limits == Limits()


def test_a_field_that_there_is_none_of_cant_be_mapped() -> None:
    with pytest.raises(ValueError, match=r"^no field is called 'body'; use articles, id, title,"):
        BuildOptions(field_map={"body": "text"})  # type: ignore[dict-item]
    assert BuildOptions(field_map={"text": "body"}).field_map == {"text": "body"}
