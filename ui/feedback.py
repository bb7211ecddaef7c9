"""What readers think of answers, beside the archive: one line each, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rag import OnRecordError

from .formats import Json, answer_json
from .turns import Turn

FILE = "feedback.jsonl"
_WAIT = 10


def append_feedback(folder: Path, turn: Turn, reason: str, user: str) -> None:
    """Add a line on a turn that was judged; a later line with the same `id` stands for it.

    Raises:
        OnRecordError: The file can't be written.
    """
    line = json.dumps(
        {
            "id": turn.id,
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "user": user,
            "rating": turn.rating,
            "reason": reason,
            "question": turn.question,
            "link": turn.link,
            "answer": answer_json(turn.answer) if turn.answer else None,
        },
        ensure_ascii=False,
    )
    try:
        with (
            FileLock(folder / f"{FILE}.lock", timeout=_WAIT),
            (folder / FILE).open("a", encoding="utf-8") as file,
        ):
            file.write(line + "\n")
    except (OSError, Timeout) as error:
        message = f"Your judgement could not be kept: {folder / FILE} can't be written ({error})."
        raise OnRecordError(message) from error


def read_feedback(folder: Path) -> Iterator[Json]:
    """Yield the judgements of an archive's answers, oldest first, each as it stands last.

    Raises:
        OnRecordError: A line isn't JSON.
    """
    file = folder / FILE
    if not file.exists():
        return
    latest: dict[object, Json] = {}
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                latest[row["id"]] = row
            except (ValueError, KeyError, TypeError) as error:
                message = f"{file}:{number}: not a line of feedback; mend or remove it"
                raise OnRecordError(message) from error
    yield from latest.values()
