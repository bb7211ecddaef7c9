"""Whom a question describes instead of naming, and who fits that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.language import SpacyParser
from index.records import Article, Attribution, Hit, Passage, Role, Span, Speaker
from rag.descriptions import describe
from rag.directory import Directory
from rag.voices import resolve

BERG = Speaker(id="berg", name="Otto Berg", kind="person")
BRANDT = Speaker(id="brandt", name="Olga Brandt", kind="person")
BOARD = Speaker(id="board", name="Eel Board", kind="organisation")
SPEAKERS = {speaker.id: speaker for speaker in (BERG, BRANDT, BOARD)}
DIRECTORY = Directory(SPEAKERS.values(), {"berg": 4, "brandt": 2, "board": 1})


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("What did Otto Berg's lawyer say about the weir?", "Otto Berg's lawyer"),
        ("What did the head of the Eel Board say?", "the head of the Eel Board"),
        ("What did the Berg side say?", "the Berg side"),
        ("What was the Berg campaign's answer to the suit?", "the Berg campaign"),
        ("And the miller from Halden?", "the miller from Halden"),
        ("Did her first teacher think so?", "her first teacher"),
        ("what about the woman who ran it, would she?", "the woman who ran it"),
        ("How did the Berg campaign respond to the report?", "the Berg campaign"),
        ("What did the mill headmistress say of the gate?", "the mill headmistress"),
        ("What did the nurses’ leader want?", "the nurses’ leader"),
        ("What did the East Halden DJ say about the weir?", "the East Halden DJ"),
        ("What merits did the East Halden DJ list for those who leave?", "the East Halden DJ"),
        ("What did the East Halden Choir say about the weir?", ""),
        ("Had Berg's people anything to say about the suit?", "Berg's people"),
        ("What did Otto Berg say about the lawyer?", ""),
        ("How did the village's police commissioner Berg argue?", ""),
        ("What did the miller Otto Berg say?", ""),
        ("How did Otto Berg respond when the mill closed?", ""),
        ("What did people say about Otto Berg?", ""),
        ("What was his answer?", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_description_is_told_from_a_name(text: str, described: str, parser: SpacyParser) -> None:
    found = describe(text, parser.parse(text), DIRECTORY.find(text))
    assert (text[found.start : found.end] if found else "") == described


TEXT = "Olga Brandt, the lawyer of Otto Berg, said no. Otto Berg said yes."
ARTICLE = Article(id="a", text=TEXT)


def stated(number: int, source: str, speaker: str) -> Attribution:
    start = TEXT.index(source)
    return Attribution(
        id=f"a#{number}", article_id="a", source=(Span(start, start + len(source)),), cue=(),
        content=(Span(0, 1),), kind="indirect", speaker_id=speaker,
    )  # fmt: skip


STATED = (stated(0, "Olga Brandt, the lawyer of Otto Berg,", "brandt"), stated(1, "Otto", "berg"))
HIT = Hit(
    article=ARTICLE, passage=Passage(id="p", article_id="a", span=Span(0, len(TEXT))),
    span=Span(0, len(TEXT)), attribution=None, score=1.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("described", "names"),
    [
        ("Otto Berg's lawyer", ["Olga Brandt"]),
        ("Otto Berg's lawyer who lost", ["Olga Brandt"]),
        ("the Berg side", ["Olga Brandt"]),
        ("the Brandt chair of the Eel Board", []),
        ("the mayor's lawyer", []),
        ("the miller", []),
        ("the", []),
    ],
)
def test_who_fits_is_told_by_how_the_article_names_its_sources(
    described: str, names: list[str]
) -> None:
    found = resolve(described, [HIT], lambda _: STATED, SPEAKERS)
    assert [speaker.name for speaker in found] == names


def test_an_office_is_that_of_the_place_which_the_article_is_about() -> None:
    text = "Floods came to Norvane. Gov. Ida Lund said no. Otto Berg said yes."
    article = Article(id="a", text=text)
    hit = replace(HIT, article=article, passage=Passage(id="p", article_id="a", span=Span(0, 9)))

    def at(words: str, number: int, speaker: str) -> Attribution:
        start = text.index(words)
        return replace(
            STATED[0], id=f"a#{number}", source=(Span(start, start + len(words)),),
            speaker_id=speaker,
        )  # fmt: skip

    lund = Speaker(id="lund", name="Ida Lund", kind="person")
    both = Speaker(id="both", name="Gov. Ida Lund and Otto Berg", kind="group", members=("lund",))
    made = [at("Gov. Ida Lund", 0, "lund"), at("Otto Berg", 1, "berg"), at("Gov. Ida", 2, "both")]
    known = {one.id: one for one in (lund, both, *SPEAKERS.values())}
    assert resolve("Norvane's governor", [hit], lambda _: made, known) == (lund,)
    pollster = replace(lund, roles=(Role(name="former Berg pollster", articles=1),))
    known_so = known | {"lund": pollster}
    assert resolve("Berg's pollster", [hit], lambda _: made, known) == ()
    assert resolve("Berg's pollster", [hit], lambda _: made, known_so) == (pollster,)
    assert resolve("Halden's governor", [hit], lambda _: made, known) == ()
    assert resolve("Norvane's miller", [hit], lambda _: made, known) == ()
