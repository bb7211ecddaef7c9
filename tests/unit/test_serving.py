"""Serving a page to oneself or to others, who may use it, and what they say of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag import Archive
from ui import app as page
from ui.accounts import Accounts
from ui.cli import app
from ui.settings import Settings


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, str]]:
    calls: list[tuple[Settings, str]] = []

    def serve(_: object, settings: Settings, *, host: str, port: int) -> None:
        del port
        calls.append((settings, host))

    monkeypatch.setattr(page, "serve", serve)
    return calls


@pytest.mark.parametrize(
    ("arguments", "warned"),
    [
        ((), False),
        (("--host", "127.0.0.1"), False),
        (("--host", "localhost"), False),
        (("--host", "::1"), False),
        (("--host", "0.0.0.0"), True),  # noqa: S104 (it is what is warned of)
        (("--host", "::"), True),
        (("--host", "192.168.0.7"), True),
        (("--host", "news.example"), True),
        (("--host", "0.0.0.0", "--auth", "accounts"), False),  # noqa: S104
    ],
)
def test_a_page_that_is_open_to_everybody_is_warned_of(
    served: list[tuple[Settings, str]],
    archive: Archive,
    arguments: tuple[str, ...],
    *,
    warned: bool,
) -> None:
    result = CliRunner().invoke(app, ["serve", "--archive", str(archive.folder), *arguments])
    assert result.exit_code == 0, result.output
    assert ("WARNING: this page is open to everybody" in result.stderr) is warned
    assert len(served) == 1


def test_serve_listens_to_this_machine_alone_and_hands_on_what_was_chosen(
    served: list[tuple[Settings, str]], archive: Archive, tmp_path: Path
) -> None:
    arguments = ["--folder", str(tmp_path), "--folder", "seeds", "--questions-a-minute", "5"]
    CliRunner().invoke(app, ["serve", "--archive", str(archive.folder), *arguments])
    settings, host = served[0]
    assert host == "127.0.0.1"
    assert settings.folders == (tmp_path, Path("seeds"))
    assert settings.questions_a_minute == 5
    assert settings.accounts is None


def test_a_user_is_added_with_a_password_from_a_pipe(tmp_path: Path) -> None:
    file = tmp_path / "accounts"
    result = CliRunner().invoke(
        app, ["add-user", "ann", "--auth", str(file)], input="correct horse\n"
    )
    assert result.exit_code == 0, result.output
    assert Accounts(file).admits("ann", "correct horse")


def test_feedback_prints_each_judgement_as_it_stands_last(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "rating": "up"},
        {"id": "b", "rating": "up"},
        {"id": "a", "rating": "down"},
    ]
    (tmp_path / "feedback.jsonl").write_text(
        "".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8"
    )
    result = CliRunner().invoke(app, ["feedback", "--archive", str(tmp_path)])
    assert [json.loads(line) for line in result.stdout.splitlines()] == [lines[2], lines[1]]
