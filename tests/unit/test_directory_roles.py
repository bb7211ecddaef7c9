"""Speakers are found by what articles say that they are, and by whom they speak with."""

from __future__ import annotations

from datetime import date

from index.records import Role, Speaker
from rag.directory import Directory


def _role(name: str, first: date, last: date, articles: int = 2) -> Role:
    return Role(name=name, articles=articles, first=first, last=last)


OLD = Speaker(
    id="otto-berg",
    name="Otto Berg",
    kind="person",
    roles=(_role("director of the eel board", date(2019, 1, 1), date(2020, 5, 1)),),
)
NEW = Speaker(
    id="ida-holm",
    name="Ida Holm",
    kind="person",
    roles=(
        _role("Eel Board Director", date(2020, 6, 1), date(2021, 5, 1)),
        _role("Otto Berg's running mate", date(2016, 1, 1), date(2016, 9, 1)),
    ),
)
PAST = Speaker(
    id="per-lund",
    name="Per Lund",
    kind="person",
    roles=(_role("former eel board director", date(2020, 6, 1), date(2021, 5, 1), 9),),
)
BOTH = Speaker(
    id="both", name="Otto Berg and Ida Holm", kind="group", members=("otto-berg", "ida-holm")
)
DIRECTORY = Directory([OLD, NEW, PAST, BOTH], {"otto-berg": 4, "ida-holm": 2, "both": 1})


def test_a_role_leads_to_those_who_were_in_it() -> None:
    assert DIRECTORY.in_role("the eel board's director") == (NEW, OLD)
    assert DIRECTORY.in_role("Berg's running mate") == (NEW,)
    assert DIRECTORY.in_role("the former eel board director") == (PAST,)


def test_a_role_leads_to_who_was_in_it_then() -> None:
    assert DIRECTORY.in_role("the eel board director", date(2019, 3, 1), date(2019, 4, 1)) == (OLD,)
    assert DIRECTORY.in_role("the eel board director", since=date(2021, 1, 1)) == (NEW,)


def test_a_side_is_all_who_speak_for_it_the_most_quoted_first() -> None:
    office = Speaker(id="office", name="Otto Berg's campaign", kind="organisation")
    voice = Speaker(id="voice", name="spokeswoman for Otto Berg", kind="unnamed")
    aide = Speaker(
        id="aide", name="Jo Lee", kind="person", roles=(Role(name="Berg spokesman", articles=1),)
    )
    mate = NEW  # whoever runs with him doesn't speak for him
    other = Speaker(id="other", name="Ida Holm's campaign", kind="organisation")
    votes = Speaker(
        id="votes", name="twice the votes that Otto Berg received in the campaign of May",
        kind="group",
    )  # fmt: skip
    directory = Directory(
        [office, voice, aide, mate, other, votes, OLD, BOTH], {"office": 2, "voice": 1, "aide": 5}
    )
    for described in ("the Berg campaign", "Otto Berg's camp", "Berg’s side"):
        assert directory.on_side(described) == (aide, office, voice)
    assert directory.on_side("the Holm team") == (other,)
    assert directory.on_side("Berg's running mate") == ()
    assert directory.on_side("the campaign") == ()


def test_a_single_word_leads_to_nobody() -> None:
    assert DIRECTORY.in_role("the director") == ()
    assert DIRECTORY.in_role("the") == ()


def test_one_asked_about_speaks_with_others_too() -> None:
    assert DIRECTORY.with_partners([NEW]) == (NEW, BOTH)
    assert DIRECTORY.with_partners([PAST]) == (PAST,)


def test_a_side_is_its_owners_and_no_namesakes() -> None:
    ann = Speaker(id="ann", name="Ann Orr", kind="person")
    bo = Speaker(id="bo", name="Bo Orr", kind="person")
    team = Speaker(id="team", name="Bo Orr's team", kind="organisation")
    camp = Speaker(id="camp", name="Orr campaign", kind="organisation")
    office = Speaker(id="office", name="Ann Orr's office", kind="organisation")
    directory = Directory([ann, bo, team, camp, office], {"ann": 9, "office": 3, "camp": 2})
    assert directory.on_side("the Orr side") == (office, camp)
    assert directory.on_side("Ann Orr's people") == (office, camp)
    assert directory.on_side("Bo Orr's people") == (camp, team)
