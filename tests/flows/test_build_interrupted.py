"""A stopped build goes on where it was, readers see nothing of it, and a second one is refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flows.stories import STORIES, Counting, counts, dump, texts_of, write

import rag
from index import Archive, build
from index.build import Progress, rebuild
from index.errors import ArchiveLockedError, ArchiveNotFoundError
from index.options import BuildOptions


class Stop(Exception):  # noqa: N818 - it is no error
    """Interrupts a build."""


def stop_at(number: int) -> Callable[[Progress], None]:
    def stop(progress: Progress) -> None:
        if progress.read == number:
            raise Stop

    return stop


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("number", [1, 6, 8])
def test_an_interrupted_build_goes_on_where_it_was(
    news: Path, tmp_path: Path, folder: Path, counting: Counting, number: int
) -> None:
    with pytest.raises(Stop):
        build(news, folder, embedder=counting, progress=stop_at(number))
    with pytest.raises(ArchiveNotFoundError, match="run the build again"):
        Archive.open(folder, embedder=counting)
    finished = list(counting.texts)
    assert len(finished) == (number - 1) // 2 * 2
    counting.texts.clear()
    report = build(news, folder, embedder=counting)
    assert (counts(report), report.generation) == ((8 - len(finished), 0, len(finished)), 1)
    assert sorted(finished + counting.texts) == sorted(text.strip() for text in STORIES.values())
    whole = tmp_path / "whole"
    build(news, whole, embedder=counting)
    assert dump(folder, "vectors", "meta") == dump(whole, "vectors", "meta")


@pytest.mark.usefixtures("small_batches")
def test_readers_see_nothing_of_an_interrupted_change(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    before = texts_of(folder, counting)
    write(news, {f"{n}.txt": f"Granite number {n} is quarried at Brindle." for n in range(8)})
    with pytest.raises(Stop):
        build(news, folder, embedder=counting, progress=stop_at(6))
    assert texts_of(folder, counting) == before
    counting.texts.clear()
    report = build(news, folder, embedder=counting)
    assert (counts(report), report.generation) == ((0, 4, 4), 2)
    assert len(counting.texts) == 4
    assert all("Granite" in text for text in texts_of(folder, counting).values())


@pytest.mark.usefixtures("small_batches")
def test_a_change_taken_back_after_an_interruption_leaves_the_old_text(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    before = texts_of(folder, counting)
    write(news, {f"{n}.txt": f"Granite number {n} is quarried at Brindle." for n in range(8)})
    with pytest.raises(Stop):
        build(news, folder, embedder=counting, progress=stop_at(6))
    write(news, STORIES)
    build(news, folder, embedder=counting)
    assert texts_of(folder, counting) == before


KILLED = """
import os, signal, sys
from importlib import import_module
from index import build
from index.store import rows

flow = import_module("index.build")
flow.BATCH = 2
flow.AHEAD = 0

def die(*_args, **_options):
    os.kill(os.getpid(), signal.SIGKILL)

def at_sixth(progress):
    if progress.read == 6:
        die()

where = sys.argv[3]
insert = rows.insert
if where == "writing":
    # In the middle of a transaction: the first of its two articles is in.
    rows.insert = lambda connection, article, *others: (
        die() if article.id == "3.txt" else insert(connection, article, *others)
    )
if where == "published":
    flow.derived.read = die
build(sys.argv[1], sys.argv[2], progress=at_sixth if where == "reading" else None)
"""


@pytest.mark.parametrize(("where", "finished"), [("reading", 4), ("writing", 2), ("published", 8)])
def test_a_killed_build_goes_on_where_it_was(
    news: Path, folder: Path, counting: Counting, where: str, finished: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", KILLED, str(news), str(folder), where],
        env=os.environ | {"PYTHONPATH": str(Path(rag.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    report = build(news, folder, embedder=counting)
    assert (counts(report), report.generation) == ((8 - finished, 0, finished), 1)
    assert len(counting.texts) == 8 - finished
    assert texts_of(folder, counting) == STORIES
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.totals.passages == 8
        assert archive.search("Quell")[0].article.id == "5.txt"


def test_a_second_build_into_the_same_archive_is_refused(
    news: Path, folder: Path, counting: Counting
) -> None:
    refused: list[str] = []
    script = (
        "import sys, types; from index import build; from index.errors import ArchiveLockedError\n"
        "model = types.SimpleNamespace(fingerprint='', dimension=384)\n"
        "try: build(sys.argv[1], sys.argv[2], embedder=model)\n"
        "except ArchiveLockedError as error: print(error)"
    )

    def build_beside(progress: Progress) -> None:
        if progress.read == 3:
            with pytest.raises(ArchiveLockedError, match=f"locked by process {os.getpid()} since"):
                build(news, folder, embedder=counting)
            done = subprocess.run(
                [sys.executable, "-P", "-c", script, str(news), str(folder)],
                env=os.environ | {"PYTHONPATH": str(Path(rag.__file__).parents[1])},
                capture_output=True,
                text=True,
                check=True,
            )
            refused.append(done.stdout)

    report = build(news, folder, embedder=counting, progress=build_beside)
    (text,) = refused
    assert text.startswith(f"{folder}: it is locked by process {os.getpid()} ")
    assert counts(report) == (8, 0, 0)
    assert counts(build(news, folder, embedder=counting)) == (0, 0, 8)


@pytest.mark.usefixtures("small_batches")
def test_an_interrupted_rebuild_goes_on_or_is_forgotten(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    small = BuildOptions(passage_tokens=16)
    with pytest.raises(Stop):
        rebuild(folder, small, embedder=counting, progress=stop_at(6))
    assert texts_of(folder, counting) == STORIES
    assert rebuild(folder, small, embedder=counting).changed == 2
    with pytest.raises(Stop):
        rebuild(folder, embedder=counting, progress=stop_at(6))
    write(news, {"2.txt": "Granite is quarried at Brindle."})
    report = build(news, folder, small, embedder=counting)
    assert (report.changed, report.unchanged) == (1, 7)
    assert texts_of(folder, counting) == STORIES | {"2.txt": "Granite is quarried at Brindle."}
