"""The kind of a question shows in its wording; what is left without the asking is its topic."""

from __future__ import annotations

import pytest

from index.language import SpacyParser
from rag.kinds import find_kind, without_asking
from rag.wanted import wanted


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("time", "When did the mayor promise a bridge?"),
        ("time", "On what day did the miller resign?"),
        ("time", "And when was that?"),
        ("time", "When did the board deny the fire?"),  # the day is asked for, not the denial
        ("list", "Which councillors doubt the report?"),
        ("list", "Which of the young councillors doubt the report, and why?"),
        ("list", "Who opposed the mill, and how did each of them put it?"),
        ("list", "Who all spoke against the mill?"),
        ("list", "What did each of the farmers want?"),
        ("list", "When the mill burned, which of its neighbours blamed the miller?"),
        ("what-said", "Which words of the murdered miller's son did the mayor repeat?"),
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
        ("verify", "When the miller asked her, did the mayor say that the bridge was safe?"),
        ("what-said", "When the mill burned, what did the mayor say?"),
        ("time", "When the mill burned, the mayor spoke; when was that?"),
        ("denial", "Had the board anything to say about the fire?"),
        ("verify", "Asked about the mill, did the mayor say that it would close?"),
        ("denial", "Did the board have anything to say about the fire?"),
        ("who-said", "Which engineer warned of cracks in the old piers?"),
        ("who-said", "In May, who joked that one day everyone would fish?"),
        ("what-said", "Which fear did the mayor name?"),
        ("what-said", "Will the mill close? What does the mayor think?"),
        ("what-said", "How did the miller, who once owned the weir, see it?"),
        ("who-said", "Who said that the bridge was safe?"),
        ("who-said", "But who wants the ferry?"),
        ("who-said", "Whose idea was the ferry?"),
        ("what-said", "What did the mayor say about eels?"),
        ("what-said", "Why did the miller leave?"),
        ("what-said", "How was the weir mended?"),
    ],
)
def test_wording_tells_the_kind(kind: str, text: str, parser: SpacyParser) -> None:
    found = wanted(parser.parse(text))
    assert find_kind(text, wanted=found, tells_of_telling=False) == kind


def test_and_alone_is_no_topic() -> None:
    assert without_asking("And ?") == ""
    assert without_asking("And why was the mill sold?") == "the mill sold"


def test_who_asks_for_a_speaker_only_where_it_is_the_subject(parser: SpacyParser) -> None:
    """After "Who does Jo Vance blame?" the words of Jo Vance are wanted, not another speaker."""
    assert wanted(parser.parse("Who does Jo Vance blame?")) == "nobody"
    assert wanted(parser.parse("Who blames Jo Vance?")) == "one"
    assert wanted(parser.parse("Which farmers blame Jo Vance?")) == "several"
    assert wanted(parser.parse("Which farmers did Jo Vance blame?")) == "nobody"


def test_telling_of_another_ones_telling_is_nested_unless_it_is_to_be_verified() -> None:
    text = "What does Jo Vance say that Petra Holm told her?"
    assert find_kind(text, wanted="nobody", tells_of_telling=True) == "nested"
    assert find_kind(text, wanted="nobody", tells_of_telling=False) == "what-said"
    verify = "Does Jo Vance say that Petra Holm told her?"
    assert find_kind(verify, wanted="nobody", tells_of_telling=True) == "verify"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("List everything has said about tolls", "about tolls"),
        ("Please name all statements made on the weir", "on the weir"),
        ("What did he say about eels?", "he about eels"),
        ("Who denied the theft?", "the theft"),
        ("Has she apologised?", "she apologised"),
        ("According to the miller, who sold the weir?", "the miller, who sold the weir"),
        ("WHAT DID HE SAY ABOUT EELS?", "HE ABOUT EELS"),
        ("The eels of the whole weir", "The eels of the whole weir"),  # "who" is in "whole"
        ("What did he say?", "he"),
        ("In , what did the miller say of eels?", "the miller of eels"),
        ("What was said?", ""),
        ("", ""),
    ],
)
def test_the_words_that_ask_are_left_out(text: str, topic: str) -> None:
    assert without_asking(text) == topic
