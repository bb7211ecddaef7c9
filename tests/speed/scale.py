"""What an archive costs by its size: `python tests/speed/scale.py --sizes 10000 100000`.

Prints a table and writes it as JSON. The larger archives are copies of a small one with each
vector moved (`synthetic.py`); the small one is built from tests/examples, or given by --source.
Each archive is read by a process of its own, whose memory and answers are measured.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
from synthetic import multiply

EXAMPLES = Path(__file__).parents[1] / "examples"
WARM, MOST = 15, 65
"""Questions asked before any is timed, and in all."""


def main() -> None:
    """Measure each size, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--source", type=Path, help="archive to copy")
    parser.add_argument("--questions", type=Path, default=EXAMPLES / "questions.jsonl")
    parser.add_argument("--out", type=Path, default=Path("bench-archive/scale.json"))
    parser.add_argument("--work", type=Path, help="folder for the archives, kept")
    parser.add_argument("--tokens", type=int, default=512, help="most token vectors a passage")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read(options.read, options.questions)))
        return
    work = options.work or Path(tempfile.mkdtemp(prefix="scale-"))
    source = options.source or build_examples(work / "examples")
    found = []
    for size in options.sizes:
        found.append(measure(source, work / str(size), size, options))
        print(json.dumps(found[-1]), flush=True)
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    if not options.work:
        shutil.rmtree(work)


def build_examples(folder: Path) -> Path:
    """Build the archive of the examples' articles."""
    from index import build

    build(EXAMPLES / "articles.jsonl", folder)
    return folder


def measure(
    source: Path, folder: Path, size: int, options: argparse.Namespace
) -> dict[str, object]:
    """Make an archive and its derived files; return what that and its reader cost."""
    from index import derived
    from index.store import Reader

    began = time.monotonic()
    if not folder.exists():
        multiply(source, folder, size, options.tokens)
    written = time.monotonic() - began
    began, cpu = time.monotonic(), time.process_time()
    with closing(Reader(folder)) as reader:
        passages = len(reader.numbers())
        made = derived.read(folder, reader)
    built = {"index s": time.monotonic() - began, "index CPU-s": time.process_time() - cpu}
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    indexes = sum(n for path, n in sizes.items() if "derived-" in str(path))
    command = [sys.executable, "-W", "ignore", __file__, "--read", str(folder)]
    command += ["--questions", str(options.questions)]
    seen = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return {
        "passages": passages,
        "most tokens a passage": options.tokens,
        "vectors": made.vectors.describe(),
        "written s": round(written, 1),
        **{name: round(value, 1) for name, value in built.items()},
        "disk MB": round(sum(sizes.values()) / 1e6),
        "derived MB": round(indexes / 1e6),
        **seen,
    }


def read(folder: Path, questions: Path) -> dict[str, object]:
    """Open an archive, ask it, and return how long that took and what it holds in memory."""
    from index import Archive
    from index.embedding import SentenceEmbedder
    from index.records import Query
    from rag import Assistant

    lines = questions.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["question"] for line in lines[:MOST]]

    def clocks() -> np.ndarray:  # type: ignore[type-arg]
        return np.array([time.monotonic(), time.process_time()])

    began = clocks()
    embedder = SentenceEmbedder()
    embedder.encode(["warm"])
    loaded = clocks()
    archive = Archive.open(folder, embedder=embedder)
    opened = clocks()
    assistant = Assistant(archive)
    known = clocks()
    assistant.ask(texts[0])
    asked = clocks()
    months = sorted(month for month, _, _ in archive.months if month)
    since = date.fromisoformat(f"{months[len(months) // 2]}-01")
    busiest = max(archive.statements, key=lambda one: archive.statements[one])
    found = {
        "seconds passed, CPU": {
            name: (later - earlier).round(2).tolist()
            for name, earlier, later in (
                ("model", began, loaded),
                ("open", loaded, opened),
                ("speakers", opened, known),
                ("first answer", known, asked),
            )
        },
        "search ms": timed(archive.search, texts),
        "search since ms": timed(lambda t: archive.search(Query(text=t, since=since)), texts),
        "search speaker ms": timed(
            lambda t: archive.search(Query(text=t, speakers=(busiest,))), texts
        ),
        "ask ms": timed(assistant.ask, texts),
        **memory(),
        "recall@10": recall(archive, embedder, texts),
    }
    archive.close()
    return found


def timed(ask: Callable[[str], object], texts: list[str]) -> dict[str, list[float]]:
    """Return p50 and p95, in milliseconds, of each text asked once, after `WARM` others.

    Beside the time that passed stands that of this process on the processor, which other
    processes on the machine don't lengthen.
    """
    for text in texts[:WARM]:
        ask(text)
    passed, worked = [], []
    for text in texts[WARM:]:
        began, cpu = time.monotonic(), time.process_time()
        ask(text)
        passed.append(1000 * (time.monotonic() - began))
        worked.append(1000 * (time.process_time() - cpu))
    return {
        name: [round(float(np.percentile(times, p)), 1) for p in (50, 95)]
        for name, times in (("passed", passed), ("CPU", worked))
    }


def memory() -> dict[str, int]:
    """Return what this process holds: in all, and without the files that it maps."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    held = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Rss")}
    total = sum(map(int, held.values()))
    return {"reader MB": total // 1024, "own MB": int(held["RssAnon"]) // 1024}


def recall(archive: object, embedder: object, texts: list[str]) -> float:
    """Return the share of the 10 passages with the highest cosine that the index finds."""
    reader, index = archive._reader, archive._derived.vectors  # type: ignore[attr-defined]
    probes = np.stack([one.vector for one in embedder.encode(texts)])  # type: ignore[attr-defined]
    ids = np.zeros((len(probes), 0), np.int64)
    cosines = np.zeros((len(probes), 0), np.float32)
    numbers = reader.numbers()
    for first in range(0, len(numbers), 5000):
        some, vectors = reader.vectors(numbers[first : first + 5000])
        cosines = np.hstack([cosines, probes @ vectors.T])
        ids = np.hstack([ids, np.broadcast_to(some, (len(probes), len(some)))])
        best = np.argsort(-cosines, axis=1)[:, :10]
        cosines = np.take_along_axis(cosines, best, axis=1)
        ids = np.take_along_axis(ids, best, axis=1)
    found = [index.nearest(probe, 10) for probe in probes]
    shares = [
        len(one.keys() & set(true.tolist())) / len(true)
        for one, true in zip(found, ids, strict=True)
    ]
    return round(float(np.mean(shares)), 4)


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
