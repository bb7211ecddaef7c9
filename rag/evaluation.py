"""Questions with gold in, figures out: how far an archive's answers can be trusted.

A question is a JSON object: `id`, `type`, `question`, `answerable`; `speakers`: for each speaker
that a right answer names, the names accepted; `evidence`: the pieces that a complete answer needs,
each a list of alternatives `{article, quote}`; `verdict` ("yes" or "no") for a "did X say ...?"
question; and, where they apply, `history` and the dates `since`, `until` (limits that the asker
set) and `asked`.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import DocumentError
from index.records import Span

from .assistant import Assistant
from .names import name_key
from .options import AskOptions
from .quotation import quoted_runs
from .records import Answer, Evidence, Message

Gold = Mapping[str, Any]
Place = tuple[str, Span]
"""An article's id and a span in it."""

COUNTED = 3
"""Citations that count, the first ones; of a list question, `COUNTED_LIST`."""

COUNTED_LIST = 10
LONGEST = 1200
"""Characters of a span that count: citing a whole article earns nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of 1, over all questions of one type, or of all ("all").

    A figure is nan where no question has a part in it: `refused` where all are answerable.

    Attributes:
        correct: Answerable: not refused, every piece cited (of a list: half of them), every
            speaker named (half), the verdict right. Unanswerable: refused.
        recall: Pieces covered by the first 1, 5 and 10 passages of evidence.
        altered: Quotations that aren't verbatim in a cited article; a count, which must be 0.
    """

    questions: int
    correct: float
    recall: Mapping[int, float]
    cited: float
    speaker: float
    answered: float
    refused: float
    verdict: float
    altered: int


def read_questions(
    path: Path, required: Collection[str] = ("id", "type", "question", "answerable")
) -> list[Gold]:
    """Read a `.jsonl` file of questions, with gold unless `required` says otherwise.

    Raises:
        DocumentError: The file can't be read, or a line lacks a required field.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"the questions can't be read: {error}", path=path) from error
    found: list[Gold] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise DocumentError(f"this isn't JSON: {error.msg}", path=path, line=number) from error
        missing = _missing(row, required)
        if missing or not isinstance(row["question"], str):
            needed = ", ".join(missing or ["question, as a text"])
            raise DocumentError(f"a question needs {needed}", path=path, line=number)
        found.append({"id": str(number), **row})
    return found


def _missing(row: Any, required: Collection[str]) -> list[str]:  # noqa: ANN401 (any JSON)
    """Return the required fields that a row lacks, an answer's gold among them."""
    if not isinstance(row, dict):
        return list(required)
    gold = ("speakers", "evidence") if "answerable" in required and row.get("answerable") else ()
    return [key for key in (*required, *gold) if key not in row]


def evaluate(
    assistant: Assistant,
    questions: Iterable[Gold],
    *,
    each: Callable[[Gold, Answer, bool], None] | None = None,
) -> dict[str, Figures]:
    """Ask every question and return the figures by type, "all" among them.

    Args:
        each: Called with each question, its answer, and whether that is right.

    Raises:
        ValueError: A piece of gold isn't in the archive.
    """
    notes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for gold in questions:
        answer = assistant.ask(
            gold["question"],
            history=[Message(t["role"], t["content"]) for t in gold.get("history") or ()],
            options=options_of(gold),
        )
        note = _note(assistant, gold, answer)
        notes["all"].append(note)
        notes[gold["type"]].append(note)
        if each:
            each(gold, answer, note["correct"])
    return {kind: _figures(rows) for kind, rows in notes.items()}


def options_of(gold: Gold) -> AskOptions:
    """Return the limits that a question comes with."""

    def day(key: str) -> date | None:
        return date.fromisoformat(gold[key]) if gold.get(key) else None

    return AskOptions(since=day("since"), until=day("until"), asked=day("asked"))


def _note(assistant: Assistant, gold: Gold, answer: Answer) -> dict[str, Any]:
    """Return what one answer adds to each figure; a figure that it has no part in is missing."""
    note: dict[str, Any] = {"altered": _altered(answer)}
    if not gold["answerable"]:
        return note | {"refused": answer.abstained, "correct": answer.abstained}
    pieces = [[place(assistant, p) for p in group] for group in gold["evidence"]]
    counted = answer.citations[: COUNTED_LIST if gold["type"] == "list" else COUNTED]
    cited = _covered([(c.article.id, c.span) for c in counted], pieces)
    speakers = (c.speaker for c in counted if c.speaker)
    names = {name_key(one.name) for s in speakers for one in assistant.archive.members(s)}
    named = [bool(names & {name_key(n) for n in accepted}) for accepted in gold["speakers"]]
    passages = _passages(answer.evidence)
    for k in (1, 5, 10):
        note[f"recall@{k}"] = _covered(passages[:k], pieces)
    note |= {"answered": not answer.abstained, "cited": cited, "speaker": named}
    right = True
    if gold.get("verdict"):
        right = note["verdict"] = answer.verdict == gold["verdict"]
    enough = _half if gold["type"] == "list" else all
    return note | {"correct": not answer.abstained and enough(cited) and enough(named) and right}


def _half(hits: Sequence[bool]) -> bool:
    return sum(hits) * 2 >= len(hits)


def _covered(found: Sequence[Place], pieces: Sequence[Sequence[Place]]) -> list[bool]:
    return [any(covers(*f, p) for f in found for p in group) for group in pieces]


def place(assistant: Assistant, piece: Mapping[str, str]) -> Place:
    """Return where a piece of gold stands: its article's id, and its first occurrence there.

    Raises:
        ValueError: The archive has no such article, or the article no such words.
    """
    try:
        start = assistant.archive.article(piece["article"]).text.index(piece["quote"])
    except (KeyError, ValueError):
        raise ValueError(f"this gold isn't in the archive: {dict(piece)}") from None
    return piece["article"], Span(start, start + len(piece["quote"]))


def _passages(evidence: Sequence[Evidence]) -> list[Place]:
    """Return the passages of the evidence, each once, best first."""
    return list(dict.fromkeys((e.article.id, e.passage.span) for e in evidence))


def covers(article_id: str, span: Span, piece: Place) -> bool:
    """Say whether a span of an article covers at least half of a piece's characters."""
    article, (start, end) = piece
    covered = min(end, span.end, span.start + LONGEST) - max(start, span.start)
    return article_id == article and covered * 2 >= end - start


def _altered(answer: Answer) -> int:
    texts = [" ".join(c.article.text.split()) for c in answer.citations]
    return sum(
        not any(" ".join(run.split()) in text for text in texts) for run in quoted_runs(answer.text)
    )


def _figures(notes: Sequence[Mapping[str, Any]]) -> Figures:
    def mean(key: str) -> float:
        values = [
            float(value)
            for note in notes
            if key in note
            for value in (note[key] if isinstance(note[key], list) else [note[key]])
        ]
        return round(sum(values) / len(values), 4) if values else math.nan

    return Figures(
        questions=len(notes),
        correct=mean("correct"),
        recall={k: mean(f"recall@{k}") for k in (1, 5, 10)},
        cited=mean("cited"),
        speaker=mean("speaker"),
        answered=mean("answered"),
        refused=mean("refused"),
        verdict=mean("verdict"),
        altered=sum(note["altered"] for note in notes),
    )
