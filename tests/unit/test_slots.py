"""Whom a question asks about: by grammar, not merely by being named."""

from __future__ import annotations

import pytest

from index.language import SpacyParser
from index.records import Speaker
from rag.directory import Directory
from rag.slots import find_slots, tells_of_telling

DIRECTORY = Directory(
    [
        Speaker(id="berg", name="Otto Berg", kind="person"),
        Speaker(id="lindqvist", name="Mara Lindqvist", kind="person"),
        Speaker(id="anders", name="Tove Anders", kind="person"),
        Speaker(id="council", name="Halden Town Council", kind="organisation"),
        Speaker(id="eel-board", name="Eel Board", kind="organisation"),
    ],
    {"berg": 4, "lindqvist": 5, "anders": 3, "council": 2, "eel-board": 1},
)


def asked_about(text: str, parser: SpacyParser) -> list[str]:
    """Return the names that a question asks about, as it spells them."""
    slots = find_slots(text, parser.parse(text), DIRECTORY.find(text))
    assert all(text[slot.start : slot.end] == slot.text for slot in slots)
    return [slot.text for slot in slots]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did Mara Lindqvist say about the weir?", ["Mara Lindqvist"]),
        ("What does Lindqvist think of Otto Berg?", ["Lindqvist"]),
        ("What did the Halden Town Council say about Otto Berg?", ["Halden Town Council"]),
        ("What has Tove Anders said about Halden?", ["Tove Anders"]),
        ("How did Otto Berg respond to Tove Anders?", ["Otto Berg"]),
        ("How did Otto Berg rate the Post's Anders book?", ["Otto Berg"]),
        ("How did Tove Anders react when Otto Berg resigned?", ["Tove Anders"]),
        ("What did Mara Lindqvist say about the bridge that Otto Berg built?", ["Mara Lindqvist"]),
        ("And what does Berg want?", ["Berg"]),
        ("what did otto berg say about the weir", ["otto berg"]),
        ("Has Tove Anders apologised?", ["Tove Anders"]),
        ("List everything Tove Anders has said about eels", ["Tove Anders"]),
        ("List all statements that Tove Anders made about eels", ["Tove Anders"]),
        ("List all houses that Tove Anders has sold", []),
    ],
)
def test_the_subject_is_asked_about_and_the_object_is_topic(
    text: str, names: list[str], parser: SpacyParser
) -> None:
    assert asked_about(text, parser) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("According to Otto Berg, who sold the weir?", ["Otto Berg"]),
        ("Who sold the weir, according to Otto Berg?", ["Otto Berg"]),
        ("Who sold the weir, acording to Otto Berg?", ["Otto Berg"]),
        ("Why did Otto Berg sell it, in the opinion of the miller Tove Anders?", ["Tove Anders"]),
        ("How many eels are there, to hear Tove Anders tell it?", ["Tove Anders"]),
        ("In Tove Anders's view, why did Otto Berg sell the weir?", ["Tove Anders"]),
        ("What was Otto Berg's answer to the charges?", ["Otto Berg"]),
        ("What was Otto Berg's advice to the miller?", ["Otto Berg"]),
        ("What did Tove Anders say to Otto Berg's claim that it was sold?", ["Tove Anders"]),
        ("What was Mara Lindqvist’s reaction to Otto Berg?", ["Mara Lindqvist"]),
        ("What was the Eel Board's explanation for the delay?", ["Eel Board"]),
        ("According to Otto Berg, what did Tove Anders tell him?", ["Otto Berg", "Tove Anders"]),
        ("According to Otto Berg, what does Tove Anders need?", ["Otto Berg"]),
    ],
)
def test_according_to_somebody_and_somebodys_answer_are_asked_about(
    text: str, names: list[str], parser: SpacyParser
) -> None:
    assert asked_about(text, parser) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Was it Otto Berg who promised a new bridge?", ["Otto Berg"]),
        ("Is it Tove Anders who owns the mill?", ["Tove Anders"]),
        ("Was it the Eel Board who closed the weir?", ["Eel Board"]),
        ("Was it Mara Lindqvist who warned that Otto Berg would sell?", ["Mara Lindqvist"]),
        ("Was it Berg or Lindqvist who said no?", ["Berg", "Lindqvist"]),
        ("Is it true that Otto Berg said no?", ["Otto Berg"]),
    ],
)
def test_was_it_somebody_who_asks_about_that_one(
    text: str, names: list[str], parser: SpacyParser
) -> None:
    assert asked_about(text, parser) == names


@pytest.mark.parametrize(
    "text",
    [
        "Otto Berg on eels?",
        "Otto Berg of the weir on eels?",
        "What worried Otto Berg about Tove Anders?",
        "Otto Berg, what did he say about eels?",
        "Otto Berg and the eels: what did he say?",
        "Otto Berg’s view?",
    ],
)
def test_a_name_in_front_or_one_who_feels_is_asked_about(text: str, parser: SpacyParser) -> None:
    assert asked_about(text, parser) == ["Otto Berg"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "What did Mara Lindqvist and Otto Berg say about the weir?",
            ["Mara Lindqvist", "Otto Berg"],
        ),
        ("What did Otto Berg and Tove Anders promise?", ["Otto Berg", "Tove Anders"]),
    ],
)
def test_two_joined_names_are_both_asked_about_in_order(
    text: str, names: list[str], parser: SpacyParser
) -> None:
    assert asked_about(text, parser) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What did the young mayor Mara Lindqvist deny?", "Mara Lindqvist"),
        ("What did the eel farmers' lawyer Otto Berg say?", "Otto Berg"),
        ("Did the miller Otto Berg ever say that the water was dirty?", "Otto Berg"),
    ],
)
def test_a_description_may_stand_before_the_name(text: str, name: str, parser: SpacyParser) -> None:
    assert asked_about(text, parser) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Who accused Otto Berg of theft?",
        "Who said that Mara Lindqvist had sold the weir?",
        "Who denied that Otto Berg had stolen eels?",
        "Who criticised Otto Berg and Mara Lindqvist?",
        "Which councillors opposed Otto Berg?",
        "What did people say about Otto Berg?",
        "What did they say about Otto Berg?",
        "What was said about Tove Anders?",
        "What did Otto Berg's sister say?",
        "Who spoke?",
        "",
    ],
)
def test_a_name_that_is_only_topic_is_not_asked_about(text: str, parser: SpacyParser) -> None:
    assert asked_about(text, parser) == []


def test_a_stranger_is_asked_about_like_anybody(parser: SpacyParser) -> None:
    text = "What did Olga Brandt say about Otto Berg?"
    [slot] = find_slots(text, parser.parse(text), DIRECTORY.find(text))
    assert (slot.text, slot.speakers) == ("Olga Brandt", ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What does Mara Lindqvist say that Otto Berg told her?", True),
        ("What does Mara Lindqvist say Otto Berg said about the weir?", True),
        ("According to Mara Lindqvist, what did Otto Berg tell her?", True),
        ("What did Mara Lindqvist say people kept telling Otto Berg?", True),
        ("What did Mara Lindqvist report Otto Berg as telling the crew?", True),
        ("By Mara Lindqvist's account, what was Otto Berg's answer?", True),
        ("In Mara Lindqvist's memoir, what does Otto Berg recall?", True),
        ("From what the crew recounted, what did Otto Berg shout?", True),
        ("What did Mara Lindqvist say about telling the crew?", False),
        ("What did Mara Lindqvist say in Otto Berg's defence?", False),
        ("According to Mara Lindqvist, what does Otto Berg need?", False),
        ("According to Mara Lindqvist, what warning did Otto Berg give her?", True),
        ("According to Mara Lindqvist, what bread did Otto Berg give her?", False),
        ("What did Mara Lindqvist say about the weir?", False),
        ("What did Mara Lindqvist and Otto Berg say about the weir?", False),
    ],
)
def test_one_ones_telling_of_anothers_is_told_apart(
    text: str,
    told: bool,  # noqa: FBT001
    parser: SpacyParser,
) -> None:
    assert tells_of_telling(parser.parse(text)) is told
