"""Ask from many threads while another process builds: `python tests/speed/load.py --minutes 5`.

What the build adds is about other places, an article at a time, each published on its own. Each
answer must refuse or cite first what the quiet archive does, before or after (as it grows, words
weigh otherwise), and all that it quotes must stand in the articles that it cites.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from index import Archive, build
from rag import Answer, Assistant
from rag.quotation import quoted_runs

EXAMPLES = Path(__file__).parents[1] / "examples"
QUESTIONS = 24
PLACES = "Brack Ulvik Senn Oder Tisk Marl Quend Fosh Rilk Zand".split()


def main() -> int:
    """Ask and build, side by side; print, and write as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--out", type=Path, default=Path("bench-archive/load.json"))
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        grow(options.build)
        return 0
    work = Path(tempfile.mkdtemp(prefix="load-"))
    try:
        found = measure(work, options.clients, 60 * options.minutes)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))
    return bool(found["wrong"] or found["failed"])


def measure(work: Path, clients: int, seconds: float) -> dict[str, object]:
    """Ask while another process builds, and ask again when it is quiet; return what came of it."""
    build(EXAMPLES / "articles.jsonl", work / "archive")
    assistant = Assistant(Archive.open(work / "archive"))
    lines = (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()[:QUESTIONS]
    questions = [json.loads(line)["question"] for line in lines]
    expected = {text: {gist(assistant.ask(text))} for text in questions}
    command = [sys.executable, "-W", "ignore", __file__, "--build", str(work / "archive")]
    builder = subprocess.Popen(command)
    try:
        while assistant.archive.generation == 1 and builder.poll() is None:
            time.sleep(0.1)  # its models take a while to load
        found, answers = ask(assistant, questions, clients, seconds)
        found["builder ended early"] = builder.poll() is not None
    finally:
        builder.kill()
        builder.wait()
    found["generations seen"] = assistant.archive.generation
    for text in questions:
        expected[text].add(gist(assistant.ask(text)))
    wrong = [text for text, one in answers if gist(one) not in expected[text] or altered(one)]
    return found | {"wrong": wrong[:20]}


def ask(
    assistant: Assistant, questions: list[str], clients: int, seconds: float
) -> tuple[dict[str, object], list[tuple[str, Answer]]]:
    """Let clients ask, one question after another; return what came of it, and the answers."""
    times: list[float] = []
    answers: list[tuple[str, Answer]] = []
    failed: list[str] = []
    end = time.monotonic() + seconds

    def run(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 (nothing secret)
        while time.monotonic() < end:
            text = chance.choice(questions)
            began = time.monotonic()
            try:
                answer = assistant.ask(text)
            except Exception as error:  # noqa: BLE001 (each is counted)
                failed.append(f"{text}: {error!r}")
                continue
            times.append(time.monotonic() - began)
            answers.append((text, answer))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found: dict[str, object] = {
        "clients": clients,
        "seconds": seconds,
        "answers": len(times),
        "p50, p95 s": [round(float(np.percentile(times, p)), 2) for p in (50, 95)],
        "failed": failed[:20],
    }
    return found, answers


def gist(answer: Answer) -> tuple[str | None, str | None, str | None]:
    """Return what an answer comes to: refusal, verdict, and the article first cited."""
    first = answer.citations[0].article.id if answer.citations else None
    return answer.abstention, answer.verdict, None if answer.abstained else first


def altered(answer: Answer) -> bool:
    """Say whether a quotation stands in none of the articles cited."""
    texts = [" ".join(cited.article.text.split()) for cited in answer.citations]
    runs = (" ".join(run.split()) for run in quoted_runs(answer.text))
    return not all(any(run in text for text in texts) for run in runs)


def grow(folder: Path) -> None:
    """Add articles to an archive, each a generation of its own, until whoever asks has ended."""
    number, parent = 0, os.getppid()
    while os.getppid() == parent:
        place = f"{PLACES[number % 10]}{PLACES[number // 10 % 10].lower()}"
        text = f"Snow lay on the {place} pass. The {place} road stayed shut for a week.\n"
        path = folder.parent / "news" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        build(path, folder)
        number += 1


if __name__ == "__main__":
    sys.exit(main())
