"""The questions that the first archive must answer, and refuse, through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rag import Archive, Assistant, Message, build
from ui.cli import app

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLE = "000_91c86c8ae3f4bc70.txt"

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "archive"
    report = build(SEEDS, folder)
    assert (report.added, report.rejected) == (1, ())
    return folder


@pytest.fixture(scope="session")
def ask(archive: Path) -> Ask:
    def run(question: str) -> dict[str, Any]:
        result = CliRunner().invoke(app, ["ask", question, "--archive", str(archive), "--json"])
        assert result.exit_code == 0, result.output
        answer: dict[str, Any] = json.loads(result.stdout)
        return answer

    return run


def check_cited(answer: dict[str, Any], speaker: str, *words: str) -> None:
    """Assert that the first citation is the speaker's, verbatim, and holds all of `words`."""
    assert not answer["abstained"], answer["answer"]
    first = answer["citations"][0]
    assert (first["number"], first["speaker"], first["article"]) == (1, speaker, ARTICLE)
    assert first["published"] == "2023-03-10"
    text = (SEEDS / ARTICLE).read_text(encoding="utf-8").removeprefix(" date 2023-03-10 ")
    assert text[first["start"] : first["end"]] == first["quote"]
    for part in words:
        assert part in first["quote"]


def test_who_denied_the_allegations(ask: Ask) -> None:
    answer = ask("Who denied the allegations?")
    check_cited(answer, "Vincent Ke")
    quotes = " ".join(c["quote"] for c in answer["citations"] if c["speaker"] == "Vincent Ke")
    assert "denied the allegations" in quotes
    assert "are false and defamatory" in quotes


def test_an_office_is_quoted_over_two_paragraphs_and_is_not_its_head(ask: Ask) -> None:
    answer = ask("What did Doug Ford's office say about Ke?")
    check_cited(
        answer,
        "Doug Ford's office",
        "“While the allegations against Mr. Ke are not proven",
        "has accepted his resignation effective immediately.”",
    )
    assert "“As a result, and out of an abundance of caution" in answer["answer"]


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        (
            "Who did the Globe and Mail say tried to disrupt Canada's democracy?",
            "The Globe and Mail",
            "China employed a sophisticated strategy to disrupt Canada’s democracy",
        ),
        (
            "What did Global News allege?",
            "Global News",
            "Mr. Ke was involved in an election interference network",
        ),
        ("Why did Ke step away?", "Vincent Ke", "clearing my name"),
    ],
)
def test_a_question_is_answered_from_the_statement_that_answers_it(
    ask: Ask, question: str, speaker: str, words: str
) -> None:
    check_cited(ask(question), speaker, words)


def test_a_speaker_without_a_statement_on_the_topic_is_refused_as_such(ask: Ask) -> None:
    answer = ask("What did Justin Trudeau say about the allegations?")
    assert (answer["abstained"], answer["reason"]) == (True, "nothing-on-topic")
    assert "Justin Trudeau" in answer["answer"]


def test_a_speaker_who_is_not_in_the_archive_is_refused_as_such(ask: Ask) -> None:
    answer = ask("What did Pierre Poilievre say?")
    assert (answer["abstained"], answer["reason"]) == (True, "no-such-speaker")
    assert "Pierre Poilievre" in answer["answer"]
    assert "1 article" in answer["answer"]


def test_a_follow_up_uses_the_history(archive: Path) -> None:
    assistant = Assistant.open(archive)
    first = assistant.ask("Who denied the allegations?")
    history = [Message("user", first.question.text), Message("assistant", first.text)]
    answer = assistant.ask("And what did he want to dedicate his time to?", history=history)
    assert answer.citations[0].speaker is not None
    assert answer.citations[0].speaker.name == "Vincent Ke"
    assert "dedicate my time to clearing my name" in answer.citations[0].quote


def test_a_day_outside_the_archive_is_refused_as_such(archive: Path) -> None:
    arguments = ["ask", "Who denied the allegations?", "--until", "2023-01-01", "--json"]
    result = CliRunner().invoke(app, [*arguments, "--archive", str(archive)])
    assert json.loads(result.stdout)["reason"] == "outside-dates"


def test_the_retriever_alone_finds_the_passage(archive: Path) -> None:
    with Archive.open(archive) as opened:
        best = opened.search("Who resigned from the caucus?")[0]
    assert best.article.id == ARTICLE
    assert best.article.quote(best.span)
