"""What readers say of answers is kept, line by line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag import Answer, OnRecordError, Question, Scope
from ui.feedback import FILE, append_feedback, read_feedback
from ui.turns import Turn

TURN = Turn(
    question="Is it\nsafe?",
    link="?q=Is+it",
    rating="down",
    answer=Answer(
        question=Question(text="Is the ferry safe?", kind="what-said", topic="safe"),
        text="Nobody says so.",
        citations=(),
        evidence=(),
        scope=Scope(2, None, None),
        abstention="nobody-said-it",
    ),
)


def test_a_judgement_is_one_line_with_question_answer_and_reason(tmp_path: Path) -> None:
    append_feedback(tmp_path, TURN, "Wrong\nferry", "ann")
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    row = json.loads(lines[0])
    expected = {
        "id": TURN.id, "user": "ann", "rating": "down", "reason": "Wrong\nferry",
        "question": "Is it\nsafe?", "link": "?q=Is+it",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["answer"]["answer"] == "Nobody says so."
    assert row["answer"]["reason"] == "nobody-said-it"


def test_a_line_is_added_and_none_changed_but_the_last_one_stands(tmp_path: Path) -> None:
    other = replace(TURN, id="other")
    for turn, reason in ((TURN, ""), (other, "x"), (replace(TURN, rating="up"), "Right")):
        append_feedback(tmp_path, turn, reason, "")
    assert len((tmp_path / FILE).read_text(encoding="utf-8").splitlines()) == 3
    judged = [(row["id"], row["rating"], row["reason"]) for row in read_feedback(tmp_path)]
    assert judged == [(TURN.id, "up", "Right"), ("other", "down", "x")]


def test_without_feedback_there_is_none(tmp_path: Path) -> None:
    assert list(read_feedback(tmp_path)) == []


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"id": "a"}\n[]\n', encoding="utf-8")
    with pytest.raises(OnRecordError, match=r"feedback\.jsonl:2: not a line of feedback"):
        list(read_feedback(tmp_path))


def test_a_folder_that_cant_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OnRecordError, match="Your judgement could not be kept"):
        append_feedback(tmp_path / "file", TURN, "", "")
