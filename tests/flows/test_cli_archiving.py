"""The commands that change an archive: what they print, and how they fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui import cli

HARBOUR = "“We sail on Friday,” harbour master Teo Marchetti said."
BRIDGE = "Mayor Ilse Brandvold denied on Tuesday that the bridge was unsafe."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    return folder


@pytest.fixture
def archive(news: Path, tmp_path: Path) -> Path:
    assert run("build", news, "-a", tmp_path / "a", "--finder", "rules").exit_code == 0
    return tmp_path / "a"


def test_an_article_is_removed_by_its_id_once(archive: Path) -> None:
    assert json.loads(run("remove", "bridge.txt", "-a", archive, "--json").stdout)["removed"] == 1
    again = run("remove", "bridge.txt", "-a", archive)
    assert again.exit_code == 1
    assert "no article of that id" in again.stderr
    assert "Brandvold" not in run("speakers", "-a", archive).stdout


def test_pruning_removes_what_is_gone(archive: Path, news: Path) -> None:
    (news / "bridge.txt").unlink()
    kept = run("build", news, "-a", archive, "--finder", "rules", "--json")
    assert json.loads(kept.stdout)["removed"] == 0
    pruned = run("build", news, "-a", archive, "--finder", "rules", "--prune")
    assert "0 articles added, 0 changed, 1 unchanged, 1 removed" in pruned.stdout


def test_a_rebuild_takes_other_options_where_a_build_refuses_them(
    archive: Path, news: Path
) -> None:
    refused = run("build", news, "-a", archive, "--finder", "none")
    assert "change the whole archive with: onrecord rebuild" in str(refused.exception)
    report = json.loads(run("rebuild", "-a", archive, "--finder", "none", "--json").stdout)
    assert (report["changed"], report["attributions"], report["generation"]) == (2, 0, 2)
    assert (
        json.loads(run("build", news, "-a", archive, "--finder", "none", "--json").stdout)[
            "unchanged"
        ]
        == 2
    )


def test_fields_of_other_names_are_mapped(tmp_path: Path) -> None:
    row = {"body": {"clean": BRIDGE}, "pub_date": "2031-03-04"}
    (tmp_path / "feed.jsonl").write_text(json.dumps(row), encoding="utf-8")
    mapped = "text=body.clean, published=pub_date"
    result = run("build", tmp_path / "feed.jsonl", "-a", tmp_path / "a", "--map", mapped, "--json")
    assert json.loads(result.stdout)["added"] == 1


@pytest.mark.parametrize(
    ("mapped", "told"), [("text", "name=value"), ("words=body", "no field is called 'words'")]
)
def test_a_wrong_map_is_refused_with_how_it_is_written(
    news: Path, tmp_path: Path, mapped: str, told: str
) -> None:
    result = run("build", news, "-a", tmp_path / "a", "--map", mapped)
    assert told in str(result.exception)
    assert not (tmp_path / "a").exists()


def test_a_check_says_what_is_wrong_and_a_repair_mends_it(archive: Path) -> None:
    sound = run("check", "-a", archive)
    assert sound.exit_code == 0
    assert "2 articles, 2 passages, 2 attributions (generation 1): all sound." in sound.stdout
    for path in archive.glob("derived-*/vectors.faiss"):
        path.write_bytes(b"")
    torn = run("check", "-a", archive, "--json")
    assert torn.exit_code == 1
    (problem,) = json.loads(torn.stdout)["problems"]
    assert "onrecord check --repair" in problem["what_to_do"]
    assert "all sound" in run("check", "-a", archive, "--repair").stdout


def test_limits_can_be_set_and_a_wrong_one_names_those_there_are(
    news: Path, tmp_path: Path
) -> None:
    small = run("build", news, "-a", tmp_path / "a", "--limits", "characters=60", "--json")
    report = json.loads(small.stdout)
    assert [Path(r["path"]).name for r in report["rejected"]] == ["bridge.txt"]
    assert report["added"] == 1
    wrong = run("build", news, "-a", tmp_path / "b", "--limits", "letters=60")
    assert "characters, depth, document_bytes, pages" in str(wrong.exception)
