"""Speakers are found in a question by every name a journalist would use for them."""

from __future__ import annotations

import pytest

from index.records import Speaker
from rag.directory import Directory
from rag.names import name_key

SPEAKERS = [
    Speaker(
        id="mara-lindqvist", name="Mara Lindqvist", kind="person", aliases=("Maria Lindqvist",)
    ),
    Speaker(id="otto-lindqvist", name="Otto Lindqvist", kind="person"),
    Speaker(id="jo-vance", name="Jo Vance", kind="person"),
    Speaker(id="petra-vance", name="Petra Vance", kind="person"),
    Speaker(id="halden-council", name="Halden Town Council", kind="organisation"),
    Speaker(id="vance", name="Vance", kind="person"),
    Speaker(id="strand", name="Alderwoman Rosa Strand Jr.", kind="person"),
    Speaker(id="eels-forever", name="Eels Forever", kind="unnamed"),
    Speaker(id="michael-tarr", name="Michael Tarr", kind="person"),
    Speaker(id="an-official", name="an official", kind="unnamed"),
]
STATEMENTS = {"mara-lindqvist": 3, "otto-lindqvist": 2, "jo-vance": 90, "petra-vance": 2}


@pytest.fixture
def directory() -> Directory:
    return Directory(SPEAKERS, STATEMENTS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("What did Mara Lindqvist say?", ["mara-lindqvist"]),
        ("What did Maria Lindqvist say?", ["mara-lindqvist"]),  # an alias
        ("What did Mayor Mara Lindqvist’s lawyer say?", ["mara-lindqvist"]),
        ("What did Mara Lindquist say?", ["mara-lindqvist"]),  # a typo
        ("What did Mike Tarr say?", ["michael-tarr"]),
        ("What did Lindqvist say?", ["mara-lindqvist", "otto-lindqvist"]),  # either may be meant
        # Nearly all statements of that surname are his; who is called so alone is he as well.
        ("What did Vance say?", ["jo-vance", "vance"]),
        ("What did Ms. Vance say?", ["jo-vance", "vance"]),
        ("What did Rosa Strand say?", ["strand"]),
        ("What did Strand say?", ["strand"]),
        ("Why did Eels Forever leave?", ["eels-forever"]),
        ("what did the halden town council say", ["halden-council"]),
        ("What did the HTC say?", ["halden-council"]),
        ("What did the Htc say?", []),
        ("What did an official say?", []),  # nobody in particular
        ("What did the report say?", []),
    ],
)
def test_a_name_leads_to_its_speakers(directory: Directory, text: str, ids: list[str]) -> None:
    assert [s.id for named in directory.find(text) for s in named.speakers] == ids


def test_a_given_name_is_the_well_known_bearers_whoever_else_is_called_so() -> None:
    known = Speaker(id="hanna-orr", name="Hanna Orr", kind="person")
    alone = Speaker(id="hanna", name="Hanna", kind="person")
    family = Speaker(id="jo-hanna", name="Jo Hanna", kind="person")
    often = Directory([known, alone, family], {"hanna-orr": 50, "hanna": 2, "jo-hanna": 1})
    assert often.named("Hanna")[0] is known
    seldom = Directory([known, alone, family], {"hanna-orr": 1, "hanna": 2, "jo-hanna": 9})
    assert known not in seldom.named("Hanna")


def test_a_stranger_is_found_as_a_name_without_speakers(directory: Directory) -> None:
    found = directory.find("What did Olga Brandt tell Jo Vance?")
    assert [(n.text, [s.id for s in n.speakers]) for n in found] == [
        ("Olga Brandt", []),
        ("Jo Vance", ["jo-vance"]),
    ]


def test_another_given_name_with_a_known_surname_is_a_stranger(directory: Directory) -> None:
    """Rosa Vance isn't Jo or Petra: taking her for one of them would be a wrong speaker."""
    assert directory.named("Rosa Vance") == ()


def test_an_alias_without_a_given_name_makes_nobody_of_another_given_name() -> None:
    ted = Speaker(id="ted", name="Ted Vance", kind="person", aliases=("Vance",))
    lone = Speaker(id="lone", name="Tarr", kind="person")
    directory = Directory([ted, lone], {})
    [heidi] = directory.find("What did Heidi Vance say?")
    assert (heidi.text, heidi.speakers) == ("Heidi Vance", ())
    [tarr] = directory.find("What did Heidi Tarr say?")
    assert tarr.speakers == (lone,)  # nobody knows what Tarr's given name is


def test_a_body_is_known_by_its_acronym_and_without_its_last_word() -> None:
    bodies = [
        Speaker(id="velm", name="Velm Institution", kind="organisation"),
        Speaker(id="berg", name="Berg Foundation", kind="organisation"),
        Speaker(id="otto", name="Otto Berg", kind="person"),
    ]
    found = {
        text: [s.id for named in Directory(bodies, {}).find(text) for s in named.speakers]
        for text in ("What did the Velm say?", "what did the velm say", "What did Berg say?")
    }
    assert list(found.values()) == [["velm"], [], ["otto"]]


def test_a_full_name_is_none_who_is_called_by_its_first_word_alone() -> None:
    george = Speaker(id="george", name="George", kind="person")
    bush = Speaker(id="bush", name="George W. Vance", kind="person")
    works = Speaker(id="works", name="Halden", kind="organisation")
    directory = Directory([george, bush, works], {})
    assert [n.speakers for n in directory.find("What did George Vance say?")] == [(bush,)]
    assert [n.speakers for n in directory.find("What did George say?")] == [(george,)]
    assert [n.text for n in directory.find("Did Halden Mill say so?")] == ["Halden"]


def test_a_found_name_stands_where_it_says(directory: Directory) -> None:
    text = "Why did Otto Lindqvist’s sister leave?"
    named = directory.find(text)[0]
    assert text[named.start : named.end] == named.text == "Otto Lindqvist"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sen. Zoë O’Hara", "zoe ohara"),
        ("THE HALDEN POST", "halden post"),
        ("Ke’s", "ke"),
        ("", ""),
    ],
)
def test_name_keys_forget_case_accents_and_titles(name: str, key: str) -> None:
    assert name_key(name) == key
