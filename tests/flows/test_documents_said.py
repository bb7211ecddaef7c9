"""What the project says of itself is true: commands, options, variables, examples in Python."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ui.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


SHELL = [line.split(" #")[0].strip() for block in blocks("sh") for line in block.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with seeds/ and the archive/ that the README's commands count on."""
    there = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", there / "seeds")
    onrecord(there, "build", "seeds", "--archive", "archive")
    return there


def onrecord(there: Path, *arguments: str) -> str:
    command = [str(Path(sys.executable).parent / "onrecord"), *arguments]
    environment = {k: v for k, v in os.environ.items() if k != "ONRECORD_ARCHIVE"}
    done = subprocess.run(
        command, cwd=there, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("onrecord")])
def test_every_command_in_the_readme_runs(line: str, folder: Path) -> None:
    assert onrecord(folder, *shlex.split(line)[1:]).strip()


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("make")])
def test_every_make_target_in_the_readme_exists(line: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", *shlex.split(line)[1:]],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("code", blocks("python"))
def test_every_python_example_in_the_readme_runs(code: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Ke" in done.stdout


def test_the_readme_has_two_commands_first() -> None:
    commands = [line for line in SHELL if line]
    assert [c.split("#")[0].strip() for c in commands[:2]] == ["make run", "make test"]


def test_every_command_is_in_the_readme() -> None:
    listed = CliRunner().invoke(app, ["--help"]).stdout
    commands = re.findall(r"^│ ([a-z][a-z-]*) {2,}", listed, re.MULTILINE)
    assert commands
    documented = set(re.findall(r"onrecord ([a-z-]+)", README)) | {"serve"}
    assert set(commands) <= documented
    assert "serves http://127.0.0.1:7860" in README


def test_the_environment_variable_is_in_the_readme() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py"))
    variables = set(re.findall(r"envvar=\"(\w+)\"", source))
    assert variables == {"ONRECORD_ARCHIVE"}
    assert all(name in README for name in variables)
