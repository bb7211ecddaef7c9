"""Figures are what a hand counts, and gold that is wrong is an error, never a wrong figure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

import pytest

from index import Archive
from index.errors import DocumentError
from index.language import SpacyParser
from index.records import Span
from rag import Answer, AskOptions, Assistant, Message
from rag.evaluation import LONGEST, Figures, covers, evaluate, options_of, read_questions

Gold = dict[str, Any]

COURIER, HERALD = "2031/ferry.md", "2031/bridge.txt"
JOB = {"article": COURIER, "quote": "Nobody should lose a job because of two piers."}
RESIGN = {"article": HERALD, "quote": "the mayor should resign"}
BLOSSOM = {"article": "wire-2", "quote": "The blossom was never touched by frost,"}

JOBS: Gold = {
    "id": "jobs",
    "type": "what-said",
    "question": "What did Hanne Osterlund say about losing a job because of two piers?",
    "answerable": True,
    "speakers": [["H. Osterlund", "Hanne Osterlund"]],
    "evidence": [[JOB]],
}
RESIGNS: Gold = {
    "id": "resigns",
    "type": "verify",
    "question": "Did Teo Marchetti say that the mayor should resign?",
    "answerable": True,
    "speakers": [["Teo Marchetti"]],
    "evidence": [[BLOSSOM, RESIGN]],  # either will do
    "verdict": "yes",
}
STRANGER: Gold = {
    "id": "stranger",
    "type": "unanswerable",
    "question": "What did Olga Brandt say about eels?",
    "answerable": False,
}
MISLED: Gold = JOBS | {"id": "misled", "speakers": [["Per Lindqvist"]], "evidence": [[BLOSSOM]]}
CONTRARY: Gold = RESIGNS | {"id": "contrary", "verdict": "no"}
UNREFUSED: Gold = JOBS | {"id": "unrefused", "type": "unanswerable", "answerable": False}


@pytest.fixture(scope="module")
def assistant(archive: Archive, parser: SpacyParser) -> Assistant:
    return Assistant(archive, parser=parser)


def figures(assistant: Assistant, *questions: Gold) -> Figures:
    return evaluate(assistant, questions)["all"]


def test_figures_are_what_a_hand_counts(assistant: Assistant) -> None:
    """Three are right; one has its gold elsewhere, one the wrong verdict, one isn't refused."""
    questions = [JOBS, RESIGNS, STRANGER, MISLED, CONTRARY, UNREFUSED]
    assert evaluate(assistant, questions)["all"] == Figures(
        questions=6,
        correct=0.5,
        recall={1: 0.75, 5: 1.0, 10: 1.0},  # there are four passages in all
        cited=0.75,
        speaker=0.75,
        answered=1.0,
        refused=0.5,
        verdict=0.5,
        altered=0,
    )


def test_figures_are_given_by_type(assistant: Assistant) -> None:
    found = evaluate(assistant, [JOBS, RESIGNS, STRANGER, CONTRARY])
    assert {kind: (row.questions, row.correct) for kind, row in found.items()} == {
        "all": (4, 0.75),
        "what-said": (1, 1.0),
        "verify": (2, 0.5),
        "unanswerable": (1, 1.0),
    }


def test_a_figure_that_no_question_has_a_part_in_is_no_number(assistant: Assistant) -> None:
    found = figures(assistant, STRANGER)
    assert (found.correct, found.refused) == (1.0, 1.0)
    assert all(map(isnan, (found.cited, found.speaker, found.answered, found.verdict)))
    assert all(map(isnan, found.recall.values()))


def test_no_questions_are_no_figures(assistant: Assistant) -> None:
    assert evaluate(assistant, []) == {}


def test_each_question_is_shown_with_its_answer_and_whether_it_is_right(
    assistant: Assistant,
) -> None:
    seen: list[tuple[str, bool, bool]] = []
    evaluate(
        assistant,
        [JOBS, STRANGER, MISLED],
        each=lambda gold, answer, right: seen.append((gold["id"], answer.abstained, right)),
    )
    assert seen == [("jobs", False, True), ("stranger", True, True), ("misled", False, False)]


def test_half_is_enough_for_a_list_and_for_nothing_else(assistant: Assistant) -> None:
    both: Gold = JOBS | {
        "evidence": [[JOB], [BLOSSOM]], "speakers": [["Hanne Osterlund"], ["Per Lindqvist"]],
    }  # fmt: skip
    found = figures(assistant, both)
    assert (found.correct, found.cited, found.speaker) == (0.0, 0.5, 0.5)
    assert figures(assistant, both | {"type": "list"}).correct == 1.0


def test_a_refusal_of_what_has_an_answer_is_wrong_whatever_it_cites(assistant: Assistant) -> None:
    """The nearest statements that a refusal shows may hold the gold; they are no answer."""
    found = figures(assistant, JOBS | {"question": STRANGER["question"]})
    assert (found.answered, found.correct) == (0.0, 0.0)


def test_history_and_limits_come_with_the_question(assistant: Assistant) -> None:
    follow_up: Gold = JOBS | {
        "question": "And what did she say about losing a job because of two piers?",
        "history": [
            {"role": "user", "content": "What did Hanne Osterlund promise?"},
            {"role": "assistant", "content": "Hanne Osterlund said: “We will carry everybody”"},
        ],
    }
    assert figures(assistant, follow_up).correct == 1.0
    assert figures(assistant, JOBS | {"until": "2031-03-08"}).answered == 0.0
    assert figures(assistant, JOBS | {"since": "2031-03-09"}).answered == 1.0


def test_limits_are_read_as_days() -> None:
    gold = {"since": "2031-03-01", "until": "2031-03-31", "asked": "2031-04-02"}
    assert options_of(gold) == AskOptions(
        since=date(2031, 3, 1), until=date(2031, 3, 31), asked=date(2031, 4, 2)
    )
    assert options_of({"since": None, "until": ""}) == AskOptions()
    with pytest.raises(ValueError, match="last year"):
        options_of({"since": "last year"})


class Altering(Assistant):
    """Alters one of two quotations after the check, as no assistant should."""

    def ask(
        self, text: str, *, history: Sequence[Message] = (), options: AskOptions | None = None
    ) -> Answer:
        answer = super().ask(text, history=history, options=options)
        return replace(answer, text="“Nobody  should lose a job” and “Somebody should”")


def test_an_altered_quotation_is_counted(archive: Archive, parser: SpacyParser) -> None:
    """White space may differ, words may not."""
    assistant = Altering(archive, parser=parser)
    assert figures(assistant, JOBS).altered == 1
    assert figures(assistant, JOBS, JOBS).altered == 2


@pytest.mark.parametrize(
    "piece", [JOB | {"article": "gone"}, JOB | {"quote": "Everybody should lose a job"}]
)
def test_gold_that_is_not_in_the_archive_is_an_error(
    piece: dict[str, str], assistant: Assistant
) -> None:
    with pytest.raises(ValueError, match=f"isn't in the archive.*{piece['quote']}"):
        figures(assistant, JOBS | {"evidence": [[piece]]})


@pytest.mark.parametrize(
    ("article", "span", "covered"),
    [
        ("a", Span(100, 120), True),
        ("a", Span(0, 110), True),  # half of it
        ("a", Span(0, 109), False),
        ("a", Span(111, 300), False),
        ("b", Span(100, 120), False),
        ("a", Span(120, 140), False),
        ("a", Span(110 - LONGEST, 200), True),
        ("a", Span(109 - LONGEST, 200), False),  # too far down in a very long one
    ],
)
def test_a_span_covers_a_piece_from_half_of_its_characters_on(
    article: str,
    span: Span,
    covered: bool,  # noqa: FBT001
) -> None:
    assert covers(article, span, ("a", Span(100, 120))) is covered


# Files of questions


def write(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_questions_are_read_in_order_and_blank_lines_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(JOBS), "", "  ", json.dumps(STRANGER), "")
    assert read_questions(path) == [JOBS, STRANGER]


def test_without_gold_a_question_needs_its_text_and_gets_its_line_as_id(tmp_path: Path) -> None:
    path = write(tmp_path, "", '{"question": "Who?"}', '{"question": "Why?", "id": "q7"}')
    found = read_questions(path, required=("question",))
    assert [(row["id"], row["question"]) for row in found] == [("2", "Who?"), ("q7", "Why?")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "isn't JSON"),
        ("[]", "needs"),
        ("7", "needs"),
        ("null", "needs"),
        ('"id type question answerable"', "needs"),
        ("{}", "needs id, type, question, answerable"),
        (json.dumps({k: v for k, v in JOBS.items() if k != "answerable"}), "needs answerable"),
        (json.dumps({k: v for k, v in JOBS.items() if k != "evidence"}), "needs evidence"),
        (json.dumps({k: v for k, v in JOBS.items() if k != "speakers"}), "needs speakers"),
        (json.dumps(JOBS | {"question": 7}), "question, as a text"),
        (json.dumps(JOBS | {"question": None}), "question, as a text"),
    ],
)
def test_a_bad_line_is_named_by_file_and_line(line: str, words: str, tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(JOBS), "", line)
    with pytest.raises(DocumentError) as caught:
        read_questions(path)
    assert (caught.value.path, caught.value.line) == (path, 3)
    assert words in caught.value.reason


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b'{"question": "caf\xe9"}')
    for path in (tmp_path / "missing.jsonl", tmp_path, latin):
        with pytest.raises(DocumentError, match="can't be read") as caught:
            read_questions(path)
        assert (caught.value.path, caught.value.line) == (path, None)
