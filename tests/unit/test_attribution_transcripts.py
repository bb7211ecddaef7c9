"""Turns of transcripts and answers of interviews, however the labels are printed."""

from __future__ import annotations

import pytest

from index.attributions import find, transcripts
from index.attributions.tree import grow
from index.language import SpacyParser
from index.records import Article
from index.speakers import resolve

PARSER = SpacyParser()


def _turns(text: str) -> list[tuple[str, str, bool]]:
    """Return each turn's name and words, and whether it is an interviewer's question."""
    tree = grow(PARSER.parse(text))

    def words(places: tuple[int, ...]) -> str:
        return text[tree.tokens[places[0]].start : tree.tokens[places[-1]].end]

    return [(words(t.name), words(t.content), t.asks) for t in transcripts.find(text, tree)]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Q: Is it safe?\n\nA: It is. I looked.", "A", "It is. I looked."),
        ("Q: Is it safe?\nA: It is. I looked.", "A", "It is. I looked."),
        ("We asked Orr. Q: Is it safe? A: It is. I looked.", "A", "It is. I looked."),
        ("Q. Is it safe?\n\nA. It is. I looked.", "A.", "It is. I looked."),
        ("Q - Is it safe?\n\nA - It is. I looked.", "A", "It is. I looked."),
        ("Q1: Is it safe?\n\nA1: It is. I looked.", "A1", "It is. I looked."),
        ("Question: Is it safe? Answer: It is. I looked.", "Answer", "It is. I looked."),
        ("**Q: Is it safe?**\n\n**A:** It is. I looked.", "A", "It is. I looked."),
        ("**Q:** Is it safe?\n\n**A:** It is. I looked.", "A", "It is. I looked."),
        ("Q: “Is it safe?”\n\nA: “It is. I looked.”", "A", "“It is. I looked.”"),
        ("Q: Is it safe?\n\nA: It is.\n\nI looked.\n\nQ: And now?", "A", "It is.\n\nI looked."),
    ],
)
def test_the_answers_of_an_interview(text: str, name: str, words: str) -> None:
    question, answer, *_ = _turns(text)
    assert question[2]
    assert answer == (name, words, False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MAYOR ORR: It is safe.\n\nLUND: It is rotten.", ["MAYOR ORR", "LUND"]),
        ("MAYOR ORR: It is safe. LUND: It is rotten.", ["MAYOR ORR", "LUND"]),
        ("JUROR 4: We have.\n\nTHE COURT: Thank you.", ["JUROR 4", "THE COURT"]),
        ("“ORR: It is safe.\n\n“LUND: It is rotten.”", ["ORR", "LUND"]),
        (
            "Ana Orr: It is safe.\n\nMr. Lund: No.\n\nAna Orr: Yes.\n\nMr. Lund: Never!",
            ["Ana Orr", "Mr. Lund", "Ana Orr", "Mr. Lund"],
        ),
        ("Q: Is it?\n\nAna Orr: It is.\n\nQ: Why?\n\nAna Orr: So be it.", ["Q", "Ana Orr"] * 2),
    ],
)
def test_the_names_of_a_transcript(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in _turns(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ELMBROOK: The bridge was closed on Monday.",
        "A. Smith crossed the bridge.\n\nB. Jones did not.",
        "WHO: the council\n\nWHERE: the hall\n\nWHEN: Monday",
        "Monday: rain.\n\nTuesday: sun.",
        "Orr: 1,769 votes.\n\nLund: 1,547 votes.\n\nOrr: 12.\n\nLund: 10.",
        "Photo: The bridge on Friday.\n\nPhoto: The same bridge on Monday.",
        "UPDATE: The bridge is open.\n\nBREAKING: The bridge is closed.",
        "Three things were clear: the bridge, the road and the rain.",
    ],
)
def test_a_label_that_names_nobody_makes_no_turn(text: str) -> None:
    assert _turns(text) == []


INTERVIEW = (
    "Mayor Lena Brandt was re-elected on Sunday. Her engineer, Tomas Quill, spoke with the Herald"
    " about the Tarrow Bridge.\n\nQ: Is the bridge safe?\n\nA: I checked every bolt. The mayor told"
    " me it would be paid for.\n\nQ: Lena Brandt says that it will last. Will it?\n\nA: It will."
)


@pytest.mark.parametrize("finder", ["tagger", "rules"])
@pytest.mark.parametrize(
    "text",
    [
        INTERVIEW,
        INTERVIEW.replace("Q:", "Q.").replace("A:", "A."),
        INTERVIEW.replace("Q:", "**Q:**").replace("A:", "**A:**"),
        INTERVIEW.replace("\n", " "),
    ],
)
def test_answers_are_the_interviewees_and_questions_nobodys(finder: str, text: str) -> None:
    article = Article(id="i1", text=text, author="By Oona Feld")
    parse = PARSER.parse(text)
    found = find(article, parse, finder)  # type: ignore[arg-type]
    names = {mention.attribution_id: mention.name for mention in resolve(article, parse, found)}
    said = {
        text[a.content[0].start : a.content[-1].end]: (names.get(a.id), a.within) for a in found
    }
    answer = "I checked every bolt. The mayor told me it would be paid for."
    outer = next(a.id for a in found if article.quote(a.content[0]) == answer)
    assert said[answer] == ("Tomas Quill", None)
    assert said["It will."] == ("Tomas Quill", None)
    assert said["it would be paid for"] == ("Lena Brandt", outer)
    assert said["that it will last"] == ("Lena Brandt", None)
    assert "Is the bridge safe?" not in said


def test_who_asks_in_a_transcript_asks() -> None:
    text = "MS ORR: Is the bridge safe?\n\nMR LUND: It is.\n\nMS ORR: I doubt it."
    found = find(Article(id="i1", text=text), PARSER.parse(text), "rules")
    turns = [a for a in found if a.within is None]
    assert [(a.stance, a.polarity) for a in turns] == [
        ("asks", "asserted"), ("says", "asserted"), ("says", "asserted")
    ]  # fmt: skip
