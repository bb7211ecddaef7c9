"""Recall, and time a question, beside other projects': `python tests/speed/retrieval.py`.

With `--peers PYTHON`, a Python that has them: LlamaIndex (dense), Haystack (hybrid) and txtai
(hybrid) get an archive's passages, each with its article's title, and the vectors stored with them,
and encode questions with the model that encoded these. Each is a process of its own, in one thread;
models are loaded and warm before the clock runs. OnRecord is measured three times: its search, its
search with the question understood and the hits ranked, and the whole answer.

Questions are those of `rag/evaluation.py`, with the day when each was `asked` if it matters. Gold
is their `evidence`, or `articles`: the ids of the articles that answer. The limits `since` and
`until` are given to none of them, `history` to all, as they take it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from peers.asking import MOST, WARM, Ask, measure, read_lines

from index import build
from index.embedding import bundled_folder
from index.store import Reader
from rag import AskOptions, Assistant, Message
from rag.evaluation import Gold, Place, covers, options_of, place, read_questions
from rag.ranking import rank

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
FIRST = (1, 5, 10)
PEERS = {
    "LlamaIndex, dense": "llamaindex",
    "Haystack, hybrid": "haystack",
    "txtai, hybrid": "txtai",
}
OURS = {
    "OnRecord, search": "search",
    "OnRecord, search understood and ranked": "ranked",
    "OnRecord, whole answer": "answer",
}
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TQDM_DISABLE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}


def main() -> None:
    """Measure, print a table, and write as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, help="one of the examples is built otherwise")
    parser.add_argument("--questions", type=Path, default=EXAMPLES / "questions.jsonl")
    parser.add_argument("--peers", type=Path, help="a Python that has the peers")
    parser.add_argument("--out", type=Path, default=Path("bench-archive/retrieval.json"))
    parser.add_argument("--ask", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        ask_ours(options.ask[0], options.archive, Path(options.ask[1]))
        return
    work = Path(tempfile.mkdtemp(prefix="retrieval-"))
    try:
        if options.archive is None:
            options.archive = work / "archive"
            build(EXAMPLES / "articles.jsonl", options.archive)
        found = compare(options, work)
    finally:
        shutil.rmtree(work)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(format_table(found))


def compare(options: argparse.Namespace, work: Path) -> dict[str, Any]:
    """Run all, one after another; return what each found, and how fast."""
    questions = read_questions(options.questions, ("question",))
    places = export(options.archive, questions, work)
    gold = find_gold(Assistant.open(options.archive), questions)
    ours = [sys.executable, "-W", "ignore", __file__, "--archive", options.archive, "--ask"]
    runs = {row: [*ours, name, work] for row, name in OURS.items()}
    if options.peers:
        peer = [options.peers, "-W", "ignore", HERE / "peers" / "asking.py"]
        runs = {row: [*peer, name, work] for row, name in PEERS.items()} | runs
    found: dict[str, Any] = {
        "questions": len(questions),
        "articles": len({article for article, _ in places.values()}),
        "passages": len(places),
        "systems": {},
    }
    for row, command in runs.items():
        subprocess.run(list(map(str, command)), check=True, env=os.environ | ONE_THREAD | QUIET)
        name = (PEERS | OURS)[row]
        seen = json.loads((work / f"{name}.json").read_text(encoding="utf-8"))
        found["systems"][row] = summarise(seen, gold, places)
        print(row, found["systems"][row], file=sys.stderr, flush=True)
    return found


def export(archive: Path, questions: Sequence[Gold], work: Path) -> dict[str, Place]:
    """Write what a process needs to be asked; return where each passage stands, by its id."""
    with closing(Reader(archive)) as reader:
        model = reader.meta["embedder"] or bundled_folder()
        numbers = reader.numbers()
        passages = reader.passages(numbers)
        rows = [
            {"id": passages[n].id, "text": f"{title}. {text}" if title else text}
            for n, title, text in reader.texts(numbers)
        ]
        np.save(work / "vectors.npy", reader.vectors(numbers)[1])
    asked = [
        {
            "text": whole(one),
            "question": one["question"],
            "history": one.get("history") or (),
            "asked": one.get("asked"),
        }
        for one in questions
    ]
    for name, lines in (("passages", rows), ("questions", asked)):
        (work / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (work / "model.txt").write_text(str(model), encoding="utf-8")
    return {one.id: (one.article_id, one.span) for one in passages.values()}


def whole(question: Gold) -> str:
    """Return a question with what was asked before it, for those who take a text alone."""
    before = (turn["content"] for turn in question.get("history") or () if turn["role"] == "user")
    return " ".join((*before, question["question"]))


def find_gold(
    assistant: Assistant, questions: Sequence[Gold]
) -> list[list[list[Place] | set[str]]]:
    """Return each question's pieces: places of which one must be found, or ids of articles."""
    found: list[list[list[Place] | set[str]]] = []
    for one in questions:
        if not one.get("answerable", True):
            found.append([])
        elif "articles" in one:
            found.append([set(one["articles"])])
        else:
            found.append(
                [[place(assistant, piece) for piece in group] for group in one["evidence"]]
            )
    return found


def summarise(
    seen: Mapping[str, Any],
    gold: Sequence[Sequence[list[Place] | set[str]]],
    places: Mapping[str, Place],
) -> dict[str, Any]:
    """Return the share of all pieces found among the first passages, and p50 and p95 of time."""
    hits = {
        k: [
            is_found(piece, [places[i] for i in ids[:k]])
            for pieces, ids in zip(gold, seen["found"], strict=True)
            for piece in pieces
        ]
        for k in FIRST
    }
    return {f"recall@{k}": round(sum(hits[k]) / len(hits[k]), 4) for k in FIRST} | {
        f"{clock} ms": [round(float(np.percentile(seen[clock], p)), 1) for p in (50, 95)]
        for clock in ("CPU", "clock")
    }


def is_found(piece: list[Place] | set[str], passages: Sequence[Place]) -> bool:
    """Say whether passages cover one of the places of a piece, or are of one of its articles."""
    if isinstance(piece, set):
        return any(article in piece for article, _ in passages)
    return any(covers(*one, wanted) for one in passages for wanted in piece)


def ask_ours(name: str, archive: Path, work: Path) -> None:
    """Ask this project, in one of its ways; write what came of it."""
    ask = ways(Assistant.open(archive))[name]
    warm = [{"text": text, "question": text} for text in WARM]
    seen = measure(ask, warm, read_lines(work / "questions.jsonl"))
    (work / f"{name}.json").write_text(json.dumps(seen), encoding="utf-8")


def ways(assistant: Assistant) -> dict[str, Ask]:
    """Return the ways of asking, by name."""

    def limits(question: Gold) -> tuple[list[Message], AskOptions]:
        turns = question.get("history") or ()
        return [Message(turn["role"], turn["content"]) for turn in turns], options_of(question)

    def search(question: Gold) -> list[str]:
        return first(assistant.archive.search(question["text"]))

    def ranked(question: Gold) -> list[str]:
        history, options = limits(question)
        asked, hits = assistant.retrieve(question["question"], history=history, options=options)
        return first(rank(asked, hits, assistant.archive.speakers))

    def answer(question: Gold) -> list[str]:
        history, options = limits(question)
        return first(assistant.ask(question["question"], history=history, options=options).evidence)

    return {"search": search, "ranked": ranked, "answer": answer}


def first(found: Sequence[Any]) -> list[str]:
    """Return the ids of the first passages of hits or evidence, each once."""
    return list(dict.fromkeys(one.passage.id for one in found))[:MOST]


def format_table(found: Mapping[str, Any]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        "{questions} questions, {articles} articles, {passages} passages".format_map(found),
        "",
        "| | "
        + " | ".join(f"recall@{k}" for k in FIRST)
        + " | CPU-ms, p50 / p95 | ms by the clock |",
        "| --- |" + " --- |" * (len(FIRST) + 2),
    ]
    for name, row in found["systems"].items():
        recalls = [f"{row[f'recall@{k}']:.3f}" for k in FIRST]
        times = ["{:.0f} / {:.0f}".format(*row[f"{clock} ms"]) for clock in ("CPU", "clock")]
        lines.append(f"| {' | '.join((name, *recalls, *times))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
