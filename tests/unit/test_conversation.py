"""Follow-ups get from the conversation what they leave out, and nothing else."""

from __future__ import annotations

import re

import pytest

from rag.conversation import stand_alone
from rag.records import Message

HISTORY = [
    Message("user", "Who denied the leak?"),
    Message("assistant", "Jo Vance said in denial: “There was no leak.” [1]"),
]


def names_in(text: str) -> list[str]:
    return re.findall(r"Jo Vance|Petra Holm", text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("And what did he want to close?", "And what did Jo Vance want to close?"),
        ("did she apologise?", "did Jo Vance apologise?"),
        ("And Petra Holm?", "Petra Holm"),
    ],
)
def test_a_pronoun_or_a_bare_name_is_completed(asked: str, text: str) -> None:
    assert text in stand_alone(asked, HISTORY, names_in).text


@pytest.mark.parametrize(
    ("asked", "alone"),
    [
        (
            "Who wrote that sparing the board tells the powerful that they can do as they like?",
            True,
        ),
        ("Did Petra Holm tell the board in March that she would buy the weir?", True),
        ("Did the miller tell the board in March that she would buy the weir?", False),
        ("What did Petra Holm say of the weir to them?", False),
        ("And what did the board's own lawyer say to that, will they fight on?", False),
        ("Did they like eels?", False),
    ],
)
def test_a_long_question_may_have_whom_its_pronoun_means(asked: str, *, alone: bool) -> None:
    assert (stand_alone(asked, HISTORY, names_in) == (asked, "")) is alone


ATTACK = [
    Message("user", "How did Jo Vance attack Petra Holm over the weir?"),
    Message("assistant", "Jo Vance said: “She built it on sand.” [1]"),
]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("and what was her answer to that?", "and what was Petra Holm's answer to that?"),
        ("how did she respond?", "how did Petra Holm respond?"),
        ("and what was his advice?", "and what was Jo Vance's advice?"),
        ("the miller, what was her answer?", "the miller, what was her answer?"),
    ],
)
def test_who_answers_is_who_was_talked_about(asked: str, text: str) -> None:
    assert stand_alone(asked, ATTACK, names_in).text == text


def test_he_is_no_petra_and_they_who_are_people_alone_are_he_or_she() -> None:
    history = [
        Message("user", "What did Otto Vance tell Petra Holm at the Eel Board?"),
        Message("assistant", "The Eel Board heard: “No eels.” [1]"),
    ]

    def all_in(text: str) -> list[str]:
        return re.findall(r"Otto Vance|Petra Holm|Eel Board", text)

    def people_in(text: str) -> list[str]:
        return re.findall(r"Otto Vance|Petra Holm", text)

    def completed(text: str) -> str:
        return stand_alone(text, history, all_in, people_in).text

    assert completed("what did she want?") == "what did Petra Holm want?"
    assert completed("what did he want?") == "what did Otto Vance want?"
    assert completed("what did they want?") == "what did Eel Board want?"


def test_a_bare_name_takes_the_place_of_the_one_asked_about() -> None:
    history = [
        Message("user", "What did Jo Vance say about eels?"),
        Message("assistant", "Nothing."),
    ]
    found = stand_alone("and Petra Holm?", history, names_in)
    assert found.text == "What did Petra Holm say about eels?"


def test_a_follow_up_is_searched_with_the_question_before_it() -> None:
    assert stand_alone("And how did the mayor answer that?", HISTORY, names_in).context == (
        "Who denied the leak?"
    )


def test_with_its_subject_named_a_new_topic_is_searched_for_alone() -> None:
    found = stand_alone("And what did she say about her orchard?", HISTORY, names_in)
    assert found == ("And what did Jo Vance say about her orchard?", "")


@pytest.mark.parametrize("history", [[], HISTORY])
@pytest.mark.parametrize(
    "asked",
    [
        "Who opposed the new bridge in Halden?",
        "Did Petra Holm promise that there would be no toll?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(asked: str, history: list[Message]) -> None:
    assert stand_alone(asked, history, names_in) == (asked, "")


def test_a_short_follow_up_with_a_verb_of_its_own_is_no_bare_name() -> None:
    history = [Message("user", "What did Jo Vance say about eels?")]
    asked = "And how did Petra Holm answer?"
    assert stand_alone(asked, history, names_in).text == asked


def test_of_several_names_the_one_who_speaks_is_swapped() -> None:
    history = [Message("user", "In Petra Holm's poll, what did Jo Vance say about eels?")]
    found = stand_alone("and Petra Holm?", history, names_in)
    assert found.text == "In Petra Holm's poll, what did Petra Holm say about eels?"


def test_with_a_name_goes_what_it_is_introduced_by() -> None:
    history = [Message("user", "What did the harbour board's chief Jo Vance say about eels?")]
    found = stand_alone("and Petra Holm?", history, names_in)
    assert found.text == "What did Petra Holm say about eels?"
    history = [Message("user", "What did the papers that Jo Vance reads say about eels?")]
    found = stand_alone("and Petra Holm?", history, names_in)
    assert found.text == "What did the papers that Petra Holm reads say about eels?"


def test_every_turn_is_completed_from_the_one_before_ten_turns_long() -> None:
    turns = [
        ("What did Jo Vance say about eels?", "What did Jo Vance say about eels?", ""),
        ("And about the weir, did he agree?", "And about the weir, did Jo Vance agree?", ""),
        ("And Petra Holm?", "And about the weir, did Petra Holm agree?", ""),
        ("Jo Vance on the weir?", "What did Jo Vance say on the weir?", ""),
        ("Why?", "Why?", "What did Jo Vance say on the weir?"),
        ("Who denied that?", "Who denied that?", "Why? What did Jo Vance say on the weir?"),
        (
            "And who confirmed it?",
            "And who confirmed it?",
            "Who denied that? Why? What did Jo Vance say on the weir?",
        ),
        ("Did Petra Holm promise a new weir?", "Did Petra Holm promise a new weir?", ""),
        ("No, Jo Vance.", "Did Jo Vance promise a new weir?", ""),
        (
            "When did he say that?",
            "When did Jo Vance say that?",
            "Did Jo Vance promise a new weir?",
        ),
    ]
    history: list[Message] = []
    for asked, text, context in turns:
        assert stand_alone(asked, history, names_in) == (text, context)
        history += [Message("user", asked), Message("assistant", "Jo Vance said no. [1]")]


def test_of_many_turns_the_last_forty_words_are_searched_with() -> None:
    long = " ".join(["eel"] * 60)
    found = stand_alone("And why was that?", [Message("user", f"Who said {long}?")], names_in)
    assert len(found.context.split()) == 40
    assert found.context.startswith("Who said eel")
