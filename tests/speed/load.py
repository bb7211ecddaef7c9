"""Ask from many threads while another process builds: `python tests/speed/load.py --minutes 5`.

Each answer must be the one that a quiet archive gives to the same question; what the build adds
is about other people in other places, a batch at a time, each published on its own.
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
from rag import Assistant

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
    build(EXAMPLES / "articles.jsonl", work / "archive")
    assistant = Assistant(Archive.open(work / "archive"))
    lines = (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()[:QUESTIONS]
    expected = {(q := json.loads(line)["question"]): assistant.ask(q).text for line in lines}
    command = [sys.executable, "-W", "ignore", __file__, "--build", str(work / "archive")]
    builder = subprocess.Popen(command)
    try:
        while assistant.archive.generation == 1 and builder.poll() is None:
            time.sleep(0.1)  # its models take a while to load
        found = ask(assistant, expected, options.clients, 60 * options.minutes)
        found["generations seen"] = assistant.archive.generation
        found["builder ended early"] = builder.poll() is not None
    finally:
        builder.kill()
        builder.wait()
        shutil.rmtree(work, ignore_errors=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))
    return bool(found["wrong"] or found["failed"])


def ask(
    assistant: Assistant, expected: dict[str, str], clients: int, seconds: float
) -> dict[str, object]:
    """Let clients ask, one question after another; return what came of it."""
    times: list[float] = []
    wrong: list[str] = []
    failed: list[str] = []
    end = time.monotonic() + seconds

    def run(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 (nothing secret)
        while time.monotonic() < end:
            text = chance.choice(list(expected))
            began = time.monotonic()
            try:
                answer = assistant.ask(text)
            except Exception as error:  # noqa: BLE001 (each is counted)
                failed.append(f"{text}: {error!r}")
                continue
            times.append(time.monotonic() - began)
            if answer.text != expected[text]:
                wrong.append(text)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "clients": clients,
        "seconds": seconds,
        "answers": len(times),
        "p50, p95 s": [round(float(np.percentile(times, p)), 2) for p in (50, 95)],
        "wrong": wrong[:20],
        "failed": failed[:20],
    }


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
