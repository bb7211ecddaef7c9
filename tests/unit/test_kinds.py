"""The kind of a question shows in its wording; what is left without the asking is its topic."""

from __future__ import annotations

import pytest

from rag.kinds import find_kind, without_asking


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("time", "When did the mayor promise a bridge?"),
        ("time", "On what day did the miller resign?"),
        ("time", "And when was that?"),
        ("time", "When did the board deny the fire?"),  # the day is asked for, not the denial
        ("nested", "According to the miller, who sold the weir?"),
        ("nested", "By the miller’s account, what did the warden shout?"),
        ("list", "Which councillors doubt the report?"),
        ("list", "Who all spoke against the mill?"),
        ("list", "What did each of the farmers want?"),
        ("list", "List the promises of the mayor."),
        ("denial", "Did the mayor deny that the water was dirty?"),
        ("denial", "Did the board comment on the fire?"),
        ("denial", "Who denied the theft?"),
        ("denial", "How did the miller respond to the charge?"),
        ("denial", "What was the board’s reaction?"),
        ("denial", "Who disputed the figures?"),
        ("verify", "Did the mayor say that the bridge was safe?"),
        ("verify", "Was it the miller who shouted?"),
        ("verify", "And has she apologised?"),
        ("verify", "In March 2031, did the mayor resign?"),
        ("who-said", "Who said that the bridge was safe?"),
        ("who-said", "But who wants the ferry?"),
        ("who-said", "Whose idea was the ferry?"),
        ("what-said", "What did the mayor say about eels?"),
        ("what-said", "Why did the miller leave?"),
        ("what-said", "How was the weir mended?"),
    ],
)
def test_wording_tells_the_kind(kind: str, text: str) -> None:
    assert find_kind(text, named=False, tells_of_telling=False) == kind
    assert find_kind(text.upper(), named=False, tells_of_telling=False) == kind


def test_who_asks_for_a_speaker_only_where_none_is_named() -> None:
    """After "Who does Jo Vance blame?" the words of Jo Vance are wanted, not another speaker."""
    text = "Who does Jo Vance blame?"
    assert find_kind(text, named=True, tells_of_telling=False) == "what-said"
    assert find_kind(text, named=False, tells_of_telling=False) == "who-said"


def test_telling_of_another_ones_telling_is_nested() -> None:
    text = "What does Jo Vance say that Petra Holm told her?"
    assert find_kind(text, named=True, tells_of_telling=True) == "nested"
    assert find_kind(text, named=True, tells_of_telling=False) == "what-said"


def test_a_word_that_only_looks_like_a_sign_is_none() -> None:
    assert find_kind("What did she say of whenever?", named=True, tells_of_telling=False) == (
        "what-said"
    )
    assert find_kind("What did the lister say?", named=True, tells_of_telling=False) == "what-said"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What did he say about eels?", "he about eels"),
        ("Who denied the theft?", "the theft"),
        ("Has she apologised?", "she apologised"),
        ("According to the miller, who sold the weir?", "the miller, who sold the weir"),
        ("WHAT DID HE SAY ABOUT EELS?", "HE ABOUT EELS"),
        ("The eels of the whole weir", "The eels of the whole weir"),  # "who" is in "whole"
        ("What did he say?", "he"),
        ("What was said?", ""),
        ("", ""),
    ],
)
def test_the_words_that_ask_are_left_out(text: str, topic: str) -> None:
    assert without_asking(text) == topic
