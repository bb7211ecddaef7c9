"""Whom an article names, where its words rather than the parser's entities tell that it does."""

from __future__ import annotations

import re

import pytest

from index.language import SpacyParser
from index.records import Article, Attribution, Span
from index.speakers import resolve

PARSER = SpacyParser()
_MARK = re.compile(r"\[([^\]]*)\]")


def _names(marked: str, author: str = "") -> list[str | None]:
    """Resolve the sources in brackets; what follows each up to the end of its line is its content.

    The quotation right before it is, where the line has one.
    """
    text = _MARK.sub(r"\1", marked)
    attributions, cut = [], 0
    for number, match in enumerate(_MARK.finditer(marked)):
        source = Span(match.start() - cut, match.end() - cut - 2)
        cut += 2
        line = text.rfind("\n", 0, source.start) + 1
        quoted = list(re.finditer(r"“[^”]*”(?= (?:said )?$)", text[line : source.start]))
        end = text.find("\n", source.end)
        content = Span(source.end, end if end > 0 else len(text))
        if quoted:
            content = Span(line + quoted[-1].start(), line + quoted[-1].end())
        attributions.append(
            Attribution(
                id=str(number),
                article_id="a",
                source=(source,),
                cue=(),
                content=(content,),
                kind="direct" if quoted else "indirect",
            )
        )
    found = resolve(Article(id="a", text=text, author=author), PARSER.parse(text), attributions)
    named = {mention.attribution_id: mention.name for mention in found}
    return [named.get(attribution.id) for attribution in attributions]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The harbour master, Oriel Tamsett,", "Oriel Tamsett"),
        ("Its warden, Corvin Maddle,", "Corvin Maddle"),
        ("A spokesman for the ferry line, Ansel Prowse,", "Ansel Prowse"),
        ("The Wanderers captain, Ikenna Solberg,", "Ikenna Solberg"),
        ("One of them, Sorrel Vane of the Tide Institute,", "Sorrel Vane"),
        ("The beekeeper Ottoline Grubb", "Ottoline Grubb"),
        (
            "The botanist Stelios Karras (Στέλιος Καρράς) of Tarn College",
            "Stelios Karras",
        ),
        ("Wendell Pyke of the coroner's office", "Wendell Pyke"),
        ("Ludmil Harrow from the dockers' union", "Ludmil Harrow"),
        ("Detective Sgt. Ebba Thorne", "Ebba Thorne"),
    ],
)
def test_a_role_or_an_affiliation_is_no_part_of_a_name(source: str, name: str) -> None:
    assert _names(f"Two people spoke at the inquest. [{source}] said that it was late.") == [name]


def test_an_organisation_keeps_what_it_is_of() -> None:
    assert _names("[The Bank of Tarn] said that rates would rise.") == ["Bank of Tarn"]


def test_a_role_given_with_a_name_comes_back_to_it() -> None:
    text = (
        "The harbour master, Oriel Tamsett, met Ansel Prowse on Friday.\n\n"
        "[The harbour master] said that the quay was closed."
    )
    assert _names(text) == ["Oriel Tamsett"]


def test_a_role_comes_back_to_nobody_who_has_another() -> None:
    text = (
        "[Bruno Estwick, the company's chief executive,] said that the tank was full.\n\n"
        "[The minister] said that it was empty."
    )
    assert _names(text) == ["Bruno Estwick", "minister"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Imogen Adeyinka-Thorpe", "Adeyinka-Thorpe"),
        ("Caitríona Ní Bhroin", "Ms. Ní Bhroin"),
        ("Kwesi Amponsah-Holm", "Mr. Amponsah-Holm"),
    ],
)
def test_a_surname_of_two_words_is_the_person_named_in_full(full: str, short: str) -> None:
    text = f"[The captain, {full},] said that it was old.\n\n[{short}] said that it leaked."
    assert _names(text) == [full, full]


def test_a_noun_named_somebody_is_that_person_by_role() -> None:
    text = (
        "[A detective named Stroud] said that a barge was gone.\n\n"
        "[Edda Stroud, the detective,] said that it had been moored.\n\n"
        "[Conrad Stroud, a lock keeper,] said that it had not."
    )
    assert _names(text) == ["Edda Stroud", "Edda Stroud", "Conrad Stroud"]


def test_a_transcript_names_its_speakers_in_full() -> None:
    text = (
        "Dame Winifred Oduro, the chair, questions the plant's manager, Lorcan Tibbs.\n\n"
        "[DAME WINIFRED]: Were you told?\n\n[MR TIBBS]: I was not."
    )
    assert _names(text) == ["Winifred Oduro", "Lorcan Tibbs"]


def test_in_an_interview_the_first_one_named_answers_and_the_author_asks() -> None:
    text = (
        "Hester Quayle has kept the lighthouse for years. She once met Bram Foley.\n\n"
        "[Q]: Is it cold?\n\n[A]: Only in June."
    )
    assert _names(text, author="Milo Trench") == ["Milo Trench", "Hester Quayle"]


def test_a_transcript_goes_on_with_whom_it_follows() -> None:
    text = "[Governor Hanna Orr] said that it was safe.\n\n[Partial transcript] as follows:"
    assert _names(f"{text}\n\n“We ate.”") == ["Hanna Orr", "Hanna Orr"]


def test_a_dateline_says_nothing() -> None:
    text = "[TARN QUAY (Tarn Wire) - The harbour board] said that boats may leave."
    assert _names(text) == ["harbour board"]


def test_whom_a_paragraph_begins_with_is_the_pronoun_in_it() -> None:
    text = (
        "[Mayor Judith Crole] said that the pier was safe.\n\n"
        "The borough's surveyor, Alice Venn, was more careful. [She] said that it was rusty."
    )
    assert _names(text) == ["Judith Crole", "Alice Venn"]


def test_a_pronoun_agrees_with_those_that_the_article_gave_somebody() -> None:
    text = (
        "[Xanthe Orrin] said that she was tired.\n\n"
        "[Zebedee Marl] said that he was not. He thanked Orrin.\n\n"
        "“It is late,” [she] said."
    )
    assert _names(text) == ["Xanthe Orrin", "Zebedee Marl", "Xanthe Orrin"]


def test_a_statement_does_not_speak_in_itself() -> None:
    text = "The Tarn campaign changed its mind. In a statement, [it] said that the ad was gone."
    assert _names(text) == ["Tarn campaign"]
