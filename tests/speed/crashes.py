"""Kill builds, updates, removals and rebuilds; see what is left: `python tests/speed/crashes.py`.

Each round forks a process that changes an archive, ends it (SIGKILL), and then asserts that the
archive opens and shows either the generation before or the one after, whole; that `check` finds
nothing wrong; and that the same change, run again, completes. The parser is the real one; the
embedder is a stand-in, since what is encoded doesn't matter here. Then the disk is full, and the
index is torn.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from index import Archive, build
from index.build import rebuild, remove
from index.embedding import Encoding
from index.errors import ArchiveError, ArchiveNotFoundError
from index.language import SpacyParser
from index.options import BuildOptions
from index.upkeep import check

TOWNS = ("Velmora", "Osk", "Tarrow", "Port Ansel", "Oxhaven", "Quell", "Brindle", "Marrowby")
OLD = {
    str(n): f"Mayor Ida Holm of {town} said the harbour would open in {2030 + n}. “{town} has "
    "waited long enough,” she said.\n\nPer Lindqvist denied it.\n"
    for n, town in enumerate(TOWNS)
}
NEW = {
    "2": "Mayor Ida Holm of Tarrow said the harbour would stay shut.\n",
    **{str(n): f"Oona Feld said {n} boats had sunk off Osk.\n" for n in range(20, 26)},
}
GONE = ("0", "5")
RULES, SMALLER = BuildOptions(finder="rules"), BuildOptions(finder="rules", passage_tokens=40)


class Hashing:
    """An embedder of made-up vectors: the same word has the same one."""

    name, fingerprint, dimension, limit = "hashing", "0" * 64, 64, 256

    def count(self, text: str) -> int:
        """Count words."""
        return len(text.split()) + 2

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Return the words' vectors, and their mean."""
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> Encoding:
        words = text.split()
        ids = np.array([zlib.crc32(word.encode()) % 5000 for word in words], np.int32)
        rows = [np.random.default_rng(int(n)).normal(size=self.dimension) for n in ids]
        tokens = np.array(rows, np.float32)
        tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
        mean = tokens.mean(axis=0)
        return Encoding(
            mean / np.linalg.norm(mean), tokens, ids, np.arange(len(words), dtype=np.int32)
        )


class Bench:
    """The changes that are interrupted, each with what the archive holds before and after."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._embedder, self._parser = Hashing(), SpacyParser()
        for name, texts in (("old", OLD), ("new", NEW)):
            lines = [json.dumps({"id": i, "text": text}) for i, text in texts.items()]
            (work / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        self._base = work / "base"
        self.build(self._base)
        updated = OLD | NEW
        left = {name: text for name, text in OLD.items() if name not in GONE}
        self.changes: dict[str, tuple[Callable[[Path], object], Mapping[str, str]]] = {
            "build": (self.build, OLD),
            "update": (self.update, updated),
            "remove": (lambda folder: remove(GONE, folder), left),
            "rebuild": (self.rebuild, OLD),
        }

    def build(self, folder: Path) -> object:
        """Make the archive."""
        return build(
            self._work / "old.jsonl", folder, RULES, embedder=self._embedder, parser=self._parser
        )

    def update(self, folder: Path) -> object:
        """Change one article and add six."""
        return build(
            self._work / "new.jsonl", folder, RULES, embedder=self._embedder, parser=self._parser
        )

    def rebuild(self, folder: Path) -> object:
        """Cut all of it anew."""
        return rebuild(folder, SMALLER, embedder=self._embedder, parser=self._parser)

    def start(self, name: str, folder: Path) -> Path:
        """Return a folder with the archive as the change finds it; none for the first build."""
        if name != "build":
            shutil.copytree(self._base, folder)
        return folder

    def texts(self, folder: Path) -> dict[str, str] | None:
        """Return what the archive shows; None where nothing was ever published."""
        try:
            with Archive.open(folder, embedder=self._embedder) as archive:
                archive.search("Who said the harbour would open?")
                return {article.id: article.text for article in archive.articles()}
        except ArchiveNotFoundError:
            return None

    def judge(self, name: str, folder: Path) -> str:
        """Return what is wrong after an interruption, and after the change was run again."""
        change, after = self.changes[name]
        before = None if name == "build" else OLD
        shown = self.texts(folder)
        if shown not in (before, after):
            return "neither the generation before nor the one after is shown"
        if shown is not None and check(folder).problems:
            return f"check: {check(folder).problems}"
        change(folder)
        if self.texts(folder) != after:
            return "run again, it isn't complete"
        return f"check, then: {check(folder).problems}" if check(folder).problems else ""


def interrupt(change: Callable[[Path], object], folder: Path, *, seconds: float) -> bool:
    """Kill a change after some time; return whether it was still running."""
    child = os.fork()
    if child == 0:
        _run(change, folder)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def interrupt_at(change: Callable[[Path], object], folder: Path, call: int) -> bool:
    """Kill a change at its n-th call of a function; return whether it came so far."""
    child = os.fork()
    if child == 0:
        left = call

        def count(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        _run(change, folder)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def count_calls(change: Callable[[Path], object], folder: Path) -> int:
    """Return how many functions a change calls."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    change(folder)
    sys.setprofile(None)
    return calls


def _run(change: Callable[[Path], object], folder: Path) -> None:
    try:
        change(folder)
    finally:
        os._exit(0)


def kill(bench: Bench, work: Path, rounds: int, *, by_calls: bool) -> dict[str, object]:
    """Interrupt at so many moments, all changes in turn; return how it went."""
    chance = random.Random(0)  # noqa: S311 (nothing secret)
    lengths: dict[str, float] = {}
    for name, (change, _) in bench.changes.items():
        folder = bench.start(name, work / f"whole-{name}")
        began = time.monotonic()
        calls = count_calls(change, folder) if by_calls else change(folder) and 0
        lengths[name] = calls if by_calls else time.monotonic() - began
    killed, wrong = 0, []
    for number in range(rounds):
        name = list(bench.changes)[number % len(bench.changes)]
        change = bench.changes[name][0]
        folder = bench.start(name, work / str(number))
        if by_calls:
            moment = (number + 0.5) / rounds * lengths[name]
            killed += interrupt_at(change, folder, int(moment))
        else:
            moment = chance.random() * lengths[name]
            killed += interrupt(change, folder, seconds=moment)
        fault = bench.judge(name, folder)
        if fault:
            wrong.append(f"{name} at {moment:.3f}: {fault}")
        shutil.rmtree(folder, ignore_errors=True)
    return {"rounds": rounds, "killed while running": killed, "wrong": wrong}


def fill(bench: Bench, work: Path) -> dict[str, object]:
    """Let no file grow beyond some sizes, as a full disk does; return how it went."""
    wrong, refused = [], 0
    for number, share in enumerate((0.02, 0.2, 0.5, 0.8, 1.0, 1.2)):
        name = ("build", "update")[number % 2]
        change = bench.changes[name][0]
        folder = bench.start(name, work / f"full-{number}")
        size = (bench.start("update", work / f"size-{number}") / "archive.sqlite").stat().st_size
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(size * share),) * 2)
            try:
                change(folder)
            except ArchiveError:
                os._exit(3)
            except BaseException as error:  # noqa: BLE001 (whatever it is, it is a fault)
                print(repr(error), file=sys.stderr)
                os._exit(4)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        refused += code == 3
        fault = bench.judge(name, folder) if code in (0, 3) else "it wasn't an error of ours"
        if fault:
            wrong.append(f"{name} with files of {share} of the archive's: {fault}")
    return {"rounds": 6, "refused": refused, "wrong": wrong}


def tear(bench: Bench, work: Path) -> dict[str, object]:
    """Cut the derived files off at some places; return how it went."""
    wrong, rounds = [], 0
    for share in (0.0, 0.3, 0.99):
        for file in ("vectors.faiss", "vectors.json", "frequencies.npy", "columns.npy"):
            folder = bench.start("update", work / f"torn-{rounds}")
            rounds += 1
            (path,) = folder.glob(f"derived-*/{file}")
            path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
            if bench.texts(folder) != OLD or check(folder).problems:
                wrong.append(f"{file} cut off at {share}")
    return {"rounds": rounds, "wrong": wrong}


def main() -> int:
    """Run all of it; print, and write as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--by-calls", action="store_true", help="kill at the same places each time")
    parser.add_argument("--out", type=Path, default=Path("bench-archive/crashes.json"))
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="crashes-"))
    try:
        bench = Bench(work)
        found = {
            "kill -9": kill(bench, work, options.rounds, by_calls=options.by_calls),
            "disk full": fill(bench, work),
            "torn files": tear(bench, work),
        }
    finally:
        shutil.rmtree(work)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))
    return any(part["wrong"] for part in found.values())


if __name__ == "__main__":
    sys.exit(main())
