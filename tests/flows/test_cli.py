"""The command line: what it prints, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui import cli

ARTICLE = {
    "id": "weir-1",
    "title": "Halden keeps its weir",
    "text": (
        "“We never sold the weir,” said Jo Vance, the mayor of Halden.\n\n"
        "Petra Holm, who runs the eel farm, denied that the water was dirty."
    ),
    "published": "2025-03-04",
    "outlet": "The Halden Post",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    lines = [json.dumps(ARTICLE), '{"title": "no text"}', "not json"]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "archive"
    assert run("build", str(documents), "--archive", str(folder)).exit_code == 0
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def test_a_build_reports_what_it_took_and_what_it_could_not_read(
    documents: Path, tmp_path: Path
) -> None:
    result = run("build", str(documents), "--archive", str(tmp_path / "a"), "--json")
    report = json.loads(result.stdout)
    assert (report["added"], report["unchanged"], report["generation"]) == (1, 0, 1)
    assert [(Path(r["path"]).name, r["line"]) for r in report["rejected"]] == [
        ("news.jsonl", 2),
        ("news.jsonl", 3),
    ]
    again = json.loads(run("build", str(documents), "-a", str(tmp_path / "a"), "--json").stdout)
    assert (again["added"], again["unchanged"], again["generation"]) == (0, 1, 1)


def test_an_answer_as_json_has_the_documented_fields(archive: Path) -> None:
    answer = json.loads(
        run("ask", "What did Jo Vance say about the weir?", "-a", str(archive), "--json").stdout
    )
    assert set(answer) == {
        "id", "question", "answer", "abstained", "reason", "verdict", "citations", "evidence",
    }  # fmt: skip
    assert answer["abstained"] is False
    cited = answer["citations"][0]
    assert len(cited.pop("version")) == 64
    assert (cited.pop("superseded"), cited.pop("copies")) == (False, [])
    assert cited == {
        "number": 1,
        "article": "weir-1",
        "start": 0,
        "end": 61,
        "quote": "“We never sold the weir,” said Jo Vance, the mayor of Halden.",
        "speaker": "Jo Vance",
        "published": "2025-03-04",
        "outlet": "The Halden Post",
        "title": "Halden keeps its weir",
        "url": "",
    }
    assert set(answer["evidence"][0]) == {"article", "start", "end", "speaker", "score"}


def test_a_file_of_questions_gives_one_answer_a_line(archive: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    rows = [
        {"id": "q1", "question": "What did Jo Vance say?"},
        {
            "id": "q2",
            "question": "And what did she never sell?",
            "history": [
                {"role": "user", "content": "What did Jo Vance say?"},
                {"role": "assistant", "content": "Jo Vance said: “We never sold the weir”"},
            ],
        },
    ]
    questions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("ask", "--questions", str(questions), "--archive", str(archive))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [a["id"] for a in answers] == ["q1", "q2"]
    assert {a["citations"][0]["speaker"] for a in answers} == {"Jo Vance"}


def test_attributions_are_printed_without_an_archive(documents: Path) -> None:
    result = run("attributions", str(documents / "news.jsonl"), "--json")
    assert result.exit_code == 1  # two lines of the file couldn't be read
    rows = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    text = str(ARTICLE["text"])
    said = [(r["speaker"], *(text[s:e] for s, e in r["content"])) for r in rows]
    assert ("Jo Vance", "“We never sold the weir,”") in said
    assert {(r["doc"], r["stance"]) for r in rows} >= {("weir-1", "says"), ("weir-1", "denies")}


def test_attributions_are_found_in_mapped_fields_and_within_limits(tmp_path: Path) -> None:
    rows = ["“We never sold the weir,” said Jo Vance.", "“It leaks,” said Ida Holm. " * 9]
    lines = [json.dumps({"content": {"body": text}}) for text in rows]
    (tmp_path / "export.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run(
        "attributions", str(tmp_path), "--json", "--finder", "rules",
        "--map", "text=content.body", "--limits", "characters=120",
    )  # fmt: skip
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert [row["speaker"] for row in found] == ["Jo Vance"]


def test_speakers_are_listed_with_their_statements(archive: Path) -> None:
    rows = map(json.loads, run("speakers", "-a", str(archive), "--json").stdout.splitlines())
    assert {(r["name"], r["kind"], r["statements"]) for r in rows} >= {("Jo Vance", "person", 1)}
    assert "Petra Holm" in run("speakers", "-a", str(archive), "--find", "holm").stdout


def test_an_article_is_shown_as_printed(archive: Path) -> None:
    shown = run("show", "weir-1", "-a", str(archive)).stdout
    assert "Halden keeps its weir" in shown
    assert "“We never sold the weir,” said Jo Vance, the mayor of Halden." in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "Who?", "--archive", "nowhere"], "onrecord build"),
        (["ask", "--archive", "nowhere"], "either a question or --questions"),
        (["ask", " ", "--archive", "ARCHIVE"], "the question is empty"),
        (["ask", "Who?", "--archive", "ARCHIVE", "--limit", "99"], "limit must be 1 to 10"),
        (["show", "nothing", "--archive", "ARCHIVE"], "no article 'nothing'"),
        (["build", "nowhere", "--archive", "NEW"], "no such file or folder"),
        (
            ["build", "DOCUMENTS", "--archive", "ARCHIVE", "--passage-tokens", "64"],
            "passage_tokens",
        ),
        (["ask", "--questions", "QUESTIONS", "--archive", "ARCHIVE"], "QUESTIONS:2"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(
    arguments: list[str],
    message: str,
    archive: Path,
    documents: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = tmp_path / "QUESTIONS"
    questions.write_text('{"question": "Who?"}\n{"id": 3}\n', encoding="utf-8")
    places = {
        "ARCHIVE": archive, "DOCUMENTS": documents, "NEW": tmp_path / "new", "QUESTIONS": questions,
    }  # fmt: skip
    monkeypatch.setattr("sys.argv", ["onrecord", *(str(places.get(a, a)) for a in arguments)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 1
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert message in error.replace("\n", " ")
    assert "Traceback" not in error


def test_the_archive_can_be_named_by_the_environment(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(archive))
    assert "Jo Vance" in run("speakers").stdout


def test_an_evaluation_is_a_table_that_fits_or_json_without_what_is_not_known(
    archive: Path, tmp_path: Path
) -> None:
    gold = {
        "id": "q1", "type": "what-said", "question": "What did Jo Vance say?", "answerable": True,
        "speakers": [["Jo Vance"]],
        "evidence": [[{"article": "weir-1", "quote": "We never sold the weir,"}]],
    }  # fmt: skip
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(gold), encoding="utf-8")
    printed = run("evaluate", str(questions), "-a", str(archive)).stdout
    assert "what-said" in printed
    assert "–" in printed  # nothing was to be refused
    assert max(map(len, printed.splitlines())) <= 80
    found = json.loads(run("evaluate", str(questions), "-a", str(archive), "--json").stdout)
    assert found["all"]["correct"] == found["all"]["recall"]["1"] == 1.0
    assert found["all"]["refused"] is None
