"""Earlier conversations of one reader, newest first, as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from filelock import FileLock

from rag import Archive

from .formats import Json
from .memory import pack_turn, unpack_turn
from .turns import Turn

LONGEST_NAME = 120
_MOST_CONVERSATIONS = 50
_MOST_TURNS = 30
_MOST_CHARACTERS = 1_000_000
"""A browser keeps five times as much; each answer sends what is kept to it."""

_FRESH = 3600
"""Seconds after its last question in which a conversation goes on when the page is opened."""


def keep(kept: Sequence[Json], conversation: str, turns: Sequence[Turn]) -> list[Json]:
    """Return what is kept with a conversation as it stands now, first; the oldest make room."""
    entry: Json = {
        "id": conversation,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "name": next((one["name"] for one in kept if one["id"] == conversation), ""),
        "turns": [pack_turn(turn) for turn in turns[-_MOST_TURNS:]],
    }
    entries = [entry, *forget(kept, conversation)][:_MOST_CONVERSATIONS]
    sizes = accumulate(len(json.dumps(one)) for one in entries)
    fitting = sum(size <= _MOST_CHARACTERS for size in sizes)
    return entries[: max(1, fitting)]


def rename(kept: Sequence[Json], conversation: str, name: str) -> list[Json]:
    """Return what is kept with a conversation under another name; none gives back its question."""
    name = " ".join(name.split())[:LONGEST_NAME]
    return [one | {"name": name} if one["id"] == conversation else one for one in kept]


def forget(kept: Sequence[Json], conversation: str) -> list[Json]:
    """Return what is kept without a conversation."""
    return [one for one in kept if one["id"] != conversation]


def read_kept(data: Any) -> list[Json]:  # noqa: ANN401 (JSON from outside)
    """Return the conversations that `keep` made, as far as `data` holds such."""
    return [
        {
            "id": str(entry["id"]),
            "time": str(entry["time"]),
            "name": str(entry.get("name") or "")[:LONGEST_NAME],
            "turns": entry["turns"],
        }
        for entry in (data if isinstance(data, list) else ())
        if isinstance(entry, dict)
        and isinstance(entry.get("turns"), list)
        and {"id", "time"} <= entry.keys()
    ][:_MOST_CONVERSATIONS]


def list_questions(entry: Json) -> list[str]:
    """Return the questions of a kept conversation, in order."""
    turns = entry["turns"]
    assert isinstance(turns, list)  # noqa: S101 (read_kept lets through nothing else)
    return [str(turn.get("question", "")) for turn in turns if isinstance(turn, dict)]


def resume(entry: Json, archive: Archive) -> tuple[Turn, ...]:
    """Return a kept conversation's turns; what can't be read is left out."""
    turns = entry["turns"]
    assert isinstance(turns, list)  # noqa: S101 (read_kept lets through nothing else)
    return tuple(turn for data in turns if (turn := unpack_turn(data, archive)))


def is_fresh(entry: Json) -> bool:
    """Say whether a conversation is so new that the reader would go on with it."""
    try:
        then = datetime.fromisoformat(str(entry["time"]))
        return (datetime.now(UTC) - then).total_seconds() < _FRESH
    except (TypeError, ValueError):
        return False


class Shelf:
    """Conversations of the readers of a shared page, one file a reader beside the archive."""

    def __init__(self, archive: Path) -> None:
        self._folder = archive / "history"

    def load(self, user: str) -> list[Json]:
        """Return a reader's conversations; none where there are none, or they are damaged."""
        try:
            return read_kept(json.loads(self._file(user).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return []

    def save(self, user: str, kept: Sequence[Json]) -> None:
        """Write a reader's conversations, for the server's owner alone to read."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        file = self._file(user)
        with FileLock(f"{file}.lock"):
            made, path = tempfile.mkstemp(prefix="saving-", dir=self._folder)
            with os.fdopen(made, "w", encoding="utf-8") as out:
                json.dump(list(kept), out, ensure_ascii=False)
            Path(path).replace(file)

    def _file(self, user: str) -> Path:
        return self._folder / f"{hashlib.sha256(user.encode()).hexdigest()[:32]}.json"
