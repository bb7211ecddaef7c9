"""Whatever ends a change to an archive, the archive opens, and the change can be run again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rag
from index import Archive
from index.errors import ArchiveNotFoundError

ROOT = Path(rag.__file__).parents[1]


def test_killed_at_eight_places_with_a_full_disk_or_torn_files_nothing_is_lost(
    tmp_path: Path,
) -> None:
    out = tmp_path / "crashes.json"
    script = ROOT / "tests" / "speed" / "crashes.py"
    done = subprocess.run(
        [sys.executable, script, "--rounds", "8", "--by-calls", "--out", out],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["kill -9"] == {"rounds": 8, "killed while running": 8, "wrong": []}
    assert found["disk full"]["wrong"] == []
    assert found["disk full"]["refused"] >= 2
    assert found["torn files"] == {"rounds": 12, "wrong": []}


def test_an_archive_that_was_only_just_begun_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").touch()
    with pytest.raises(ArchiveNotFoundError, match="first build didn't finish"):
        Archive.open(tmp_path)
