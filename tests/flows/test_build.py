"""Building an archive: what goes in, what is rejected, and what a crash or a change does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import rag
from index import Archive, build
from index.build import BuildReport, Progress, find_statements, rebuild, remove
from index.embedding import Encoding, SentenceEmbedder
from index.errors import (
    ArchiveError,
    ArchiveFormatError,
    ArchiveLockedError,
    ArchiveNotFoundError,
    DocumentError,
)
from index.options import BuildOptions
from index.records import Query

TOWNS = ["Velmora", "Osk", "Tarrow", "Port Ansel", "Oxhaven", "Quell", "Brindle", "Marrowby"]
STORIES = {
    f"{number}.txt": f"Mayor Ida Holm of {town} said the harbour would open in {2030 + number}. "
    f'"{town} has waited long enough," she said.\n\nPer Lindqvist denied it.\n'
    for number, town in enumerate(TOWNS)
}


class Counting:
    """The real embedder, and a list of all that it was asked to encode."""

    def __init__(self, embedder: SentenceEmbedder, fingerprint: str = "") -> None:
        self.name = embedder.name
        self.fingerprint = fingerprint or embedder.fingerprint
        self.dimension = embedder.dimension
        self.limit = embedder.limit
        self.texts: list[str] = []
        self._embedder = embedder

    def count(self, text: str) -> int:
        return self._embedder.count(text)

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        self.texts += texts
        return self._embedder.encode(texts)


@pytest.fixture
def counting(embedder: SentenceEmbedder) -> Counting:
    return Counting(embedder)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder of eight stories of one passage each."""
    return write(tmp_path / "news", STORIES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the archive is to be."""
    return tmp_path / "archive"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write every two stories in a transaction of their own."""
    monkeypatch.setattr(import_module("index.build"), "BATCH", 2)
    monkeypatch.setattr(import_module("index.build"), "AHEAD", 0)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def jsonl(*articles: Mapping[str, object]) -> str:
    return "".join(json.dumps(article) + "\n" for article in articles)


def counts(report: BuildReport) -> tuple[int, int, int]:
    return report.added, report.changed, report.unchanged


def texts_of(folder: Path, embedder: Counting) -> dict[str, str]:
    with Archive.open(folder, embedder=embedder) as archive:
        return {article.id: article.text for article in archive.articles()}


def dump(folder: Path, *left_out: str) -> list[str]:
    """Return the archive's records as SQL, but for the tables left out and the hour of a build."""
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        lines = list(connection.iterdump())
    return [
        line
        for line in lines
        if not line.startswith(tuple(map('INSERT INTO "{}"'.format, (*left_out, "generations"))))
    ]


# What goes in


def test_every_article_is_in_the_archive_to_the_letter(archive: Archive) -> None:
    articles = {article.id: article for article in archive.articles()}
    assert list(articles) == ["2031/bridge.txt", "2031/ferry.md", "wire-1", "wire-2"]
    assert articles["2031/bridge.txt"].text.startswith("Mayor Ilse Brandvold denied on Tuesday")
    assert articles["2031/bridge.txt"].text.endswith("who had received the report.\n")
    ferry = articles["2031/ferry.md"]
    assert (ferry.outlet, ferry.author) == ("Velmora Courier", "Oona Feld")
    assert ferry.published is not None
    assert ferry.published.isoformat() == "2031-03-09"


def test_one_speaker_is_known_by_all_articles_that_quote_him(archive: Archive) -> None:
    marchetti = [s for s in archive.speakers.values() if s.name == "Teo Marchetti"]
    assert len(marchetti) == 1
    quoted_in = {
        article.id
        for article in archive.articles()
        for attribution in archive.attributions(article.id)
        if attribution.speaker_id == marchetti[0].id
    }
    assert quoted_in == {"2031/bridge.txt", "2031/ferry.md", "wire-1"}


def test_a_denial_is_attributed_to_who_denied(archive: Archive) -> None:
    article = archive.article("2031/bridge.txt")
    first = archive.attributions(article.id)[0]
    assert [article.quote(span) for span in first.cue] == ["denied"]
    assert first.stance == "denies"
    assert archive.speakers[first.speaker_id or ""].name == "Ilse Brandvold"
    assert article.quote(first.content[0]).endswith(
        "cracks in the Tarrow Bridge before it was closed"
    )


def test_a_first_build_reports_what_it_added(news: Path, folder: Path, counting: Counting) -> None:
    seen: list[Progress] = []
    report = build(news, folder, embedder=counting, progress=seen.append)
    assert counts(report) == (8, 0, 0)
    assert (report.archive, report.generation, report.rejected) == (folder, 1, ())
    assert report.passages == len(counting.texts) == 8
    assert [(p.read, p.built) for p in seen] == [(n + 1, n) for n in range(8)]
    assert [p.origin for p in seen] == [str(news / name) for name in STORIES]
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.totals.attributions == report.attributions >= 16
        assert archive.totals.passages == 8


def test_without_attributions_only_passages_are_indexed(
    news: Path, folder: Path, counting: Counting
) -> None:
    options = BuildOptions(finder="none")
    assert build(news, folder, options, embedder=counting).attributions == 0
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.totals[:4] == (8, 8, 0, 0)
        assert archive.search("harbour of Osk")[0].article.id == "1.txt"


def test_an_archive_finds_its_model_by_itself(news: Path, folder: Path) -> None:
    build([news / "1.txt", str(news / "2.txt")], folder)
    with Archive.open(folder) as archive:
        assert archive.search("Tarrow")[0].article.id == "2.txt"


def test_the_same_documents_make_the_same_records(
    documents: Path, tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    for name in ("one", "two"):
        build(documents, tmp_path / name, embedder=embedder)
    first = dump(tmp_path / "one")
    assert len(first) > 50
    assert dump(tmp_path / "two") == first


@pytest.mark.parametrize(
    "title", ["漢字" * 200, "Extraordinarily " * 400, "https://a.example/" + "b1/" * 300]
)
def test_a_very_long_title_leaves_room_for_the_passages(
    tmp_path: Path, folder: Path, counting: Counting, title: str
) -> None:
    sentences = "The harbour of Velmora will open in May, the mayor said. " * 10
    news = write(tmp_path / "news", {"a.jsonl": jsonl({"title": title, "text": sentences})})
    report = build(news, folder, embedder=counting)
    assert report.passages == 1
    assert counting.count(counting.texts[0]) <= counting.limit


# What is rejected


def test_bad_documents_are_reported_with_their_place_and_the_rest_is_built(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    news = write(
        tmp_path / "news",
        {
            "a.txt": STORIES["0.txt"],
            "b.txt": b"caf\xe9 \x81\xff\x00",
            "c.jsonl": jsonl({"id": "c1", "text": STORIES["1.txt"]})
            + '{"text": \n{"text": "  "}\n',
            "d.txt": "",
            "e.docx": "?",
            "f.jsonl": '{"text": "\\ud800 alone"}\n'
            + jsonl({"id": "f2", "text": STORIES["2.txt"]}),
        },
    )
    report = build(news, folder, embedder=counting)
    assert counts(report) == (3, 0, 0)
    assert list(texts_of(folder, counting)) == ["a.txt", "c1", "f2"]
    assert [(error.path.name, error.line) for error in report.rejected] == [
        ("b.txt", 1),
        ("c.jsonl", 2),
        ("c.jsonl", 3),
        ("d.txt", None),
        ("e.docx", None),
        ("f.jsonl", 1),
    ]
    assert all(error.reason for error in report.rejected)


def test_an_archive_of_nothing_can_be_opened_and_filled_later(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    news = write(tmp_path / "news", {"a.txt": ""})
    report = build(news, folder, embedder=counting)
    assert (counts(report), len(report.rejected)) == ((0, 0, 0), 1)
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.search("harbour") == []
        assert archive.totals == (0, 0, 0, 0, None, None)
    write(news, {"a.txt": STORIES["1.txt"]})
    assert counts(build(news, folder, embedder=counting)) == (1, 0, 0)
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.search("harbour")[0].article.id == "a.txt"


def test_a_missing_source_is_refused_before_anything_is_made(
    news: Path, folder: Path, counting: Counting
) -> None:
    with pytest.raises(DocumentError, match="no such file or folder"):
        build([news, news / "missing"], folder, embedder=counting)
    assert not folder.exists()


def test_an_archive_cant_be_made_where_a_file_is(news: Path, counting: Counting) -> None:
    with pytest.raises(ArchiveError, match="name another folder"):
        build(news, news / "1.txt", embedder=counting)


def test_statements_are_found_without_an_archive(documents: Path) -> None:
    sources = [documents / "2031/bridge.txt", documents / "wires.jsonl"]
    found = list(find_statements(sources, BuildOptions(finder="rules")))
    assert not any(isinstance(one, DocumentError) for one in found)
    names = [set(one[2].values()) for one in found if not isinstance(one, DocumentError)]
    assert {"Ilse Brandvold", "Teo Marchetti"} <= names[0]
    assert {"Ilse Brandvold", "Teo Marchetti"} <= names[1]


# A change


def test_an_unchanged_folder_costs_nothing(news: Path, folder: Path, counting: Counting) -> None:
    build(news, folder, embedder=counting)
    before = dump(folder)
    counting.texts.clear()
    report = build(news, folder, embedder=counting)
    assert (counts(report), report.generation) == ((0, 0, 8), 1)
    assert counting.texts == []
    assert dump(folder) == before


def test_a_changed_document_replaces_the_old_version_for_readers_opened_later(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    with Archive.open(folder, embedder=counting) as before:
        assert before.latest() is before
        write(news, {"1.txt": "Granite is quarried at Brindle, Teo Marchetti said."})
        counting.texts.clear()
        report = build(news, folder, embedder=counting)
        assert (counts(report), report.generation) == ((0, 1, 7), 2)
        assert counting.texts == ["Granite is quarried at Brindle, Teo Marchetti said."]
        assert before.article("1.txt").text == STORIES["1.txt"]
        assert [h.article.id for h in before.search("Osk")][:1] == ["1.txt"]
        assert "Teo Marchetti" not in {s.name for s in before.speakers.values()}
        with before.latest() as after:
            assert (before.generation, after.generation) == (1, 2)
            found = after.search("granite quarry")[0]
            assert found.article.id == "1.txt"
            assert found.article.quote(found.span).startswith("Granite is quarried at Brindle")
            assert all("Osk" not in hit.article.text for hit in after.search("Osk"))
            assert "Teo Marchetti" in {s.name for s in after.speakers.values()}
            assert after.totals.articles == 8


def test_documents_are_added_without_encoding_those_that_are_in(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news / "0.txt", folder, embedder=counting)
    counting.texts.clear()
    report = build(news, folder, embedder=counting)
    assert counts(report) == (7, 0, 1)
    assert len(counting.texts) == 7
    assert texts_of(folder, counting) == STORIES


def test_a_source_is_the_same_by_whatever_path_it_is_given(
    news: Path, folder: Path, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(news, folder, embedder=counting)
    write(news, {"1.txt": "Granite is quarried at Brindle."})
    monkeypatch.chdir(news)
    report = build("../news", folder, embedder=counting)
    assert (counts(report), report.renamed) == ((0, 1, 7), ())


def test_corrections_by_hand_are_applied_by_the_next_build(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    write(folder, {"corrections.toml": '[[rename]]\nspeaker = "Ida Holm"\nname = "Ida Berg"\n'})
    counting.texts.clear()
    report = build(news, folder, embedder=counting)
    assert (counts(report), report.generation, counting.texts) == ((0, 0, 8), 2, [])
    with Archive.open(folder, embedder=counting) as archive:
        assert "Ida Berg" in {s.name for s in archive.speakers.values()}
    assert build(news, folder, embedder=counting).generation == 2


# One id, two documents


def test_two_files_of_one_name_are_both_kept_under_names_that_stay(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    east = write(tmp_path / "east", {"news.txt": STORIES["0.txt"]})
    west = write(tmp_path / "west", {"news.txt": STORIES["1.txt"]})
    report = build([east, west], folder, embedder=counting)
    assert counts(report) == (2, 0, 0)
    [(given, renamed)] = report.renamed
    assert given == "news.txt"
    assert renamed.startswith("news.txt~")
    expected = {"news.txt": STORIES["0.txt"], renamed: STORIES["1.txt"]}
    assert texts_of(folder, counting) == expected
    for again in ([east, west], [west], [east]):
        report = build(again, folder, embedder=counting)
        assert (counts(report), report.renamed) == ((0, 0, len(again)), ())
    assert texts_of(folder, counting) == expected


def test_a_file_of_a_name_that_is_taken_doesnt_replace_another_folders(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    east = write(tmp_path / "east", {"news.txt": STORIES["0.txt"]})
    west = write(tmp_path / "west", {"news.txt": STORIES["1.txt"]})
    build(east, folder, embedder=counting)
    report = build(west, folder, embedder=counting)
    assert (counts(report), len(report.renamed)) == ((1, 0, 0), 1)
    assert sorted(texts_of(folder, counting).values()) == sorted(
        [STORIES["0.txt"], STORIES["1.txt"]]
    )


def test_an_id_repeated_in_a_file_is_kept_once_where_the_article_is_the_same(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    one = {"id": "7", "text": STORIES["0.txt"]}
    other = {"id": "7", "text": STORIES["1.txt"]}
    news = write(tmp_path / "news", {"a.jsonl": jsonl(one, other, one, other)})
    report = build(news, folder, embedder=counting)
    assert counts(report) == (2, 0, 2)
    assert len(report.renamed) == 1
    assert counts(build(news, folder, embedder=counting)) == (0, 0, 4)
    assert list(texts_of(folder, counting).values()) == [STORIES["0.txt"], STORIES["1.txt"]]


def test_an_article_with_a_number_for_an_id_may_move_to_the_line_of_that_number(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    news = write(tmp_path / "news", {"a.jsonl": jsonl({"id": "2", "text": STORIES["0.txt"]})})
    build(news, folder, embedder=counting)
    moved = jsonl({"id": "1", "text": STORIES["2.txt"]}, {"id": "2", "text": STORIES["1.txt"]})
    write(news, {"a.jsonl": moved})
    report = build(news, folder, embedder=counting)
    assert (counts(report), report.renamed) == ((1, 1, 0), ())
    assert texts_of(folder, counting)["2"] == STORIES["1.txt"]


@pytest.mark.parametrize("batch", [1, 64])
def test_an_old_version_given_beside_the_new_is_another_article(
    tmp_path: Path, folder: Path, counting: Counting, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(import_module("index.build"), "BATCH", batch)
    monkeypatch.setattr(import_module("index.build"), "AHEAD", 0)
    old = {"id": "7", "text": STORIES["0.txt"]}
    new = {"id": "7", "text": STORIES["1.txt"]}
    news = write(tmp_path / "news", {"a.jsonl": jsonl(old)})
    build(news, folder, embedder=counting)
    write(news, {"a.jsonl": jsonl(new, old)})
    assert counts(build(news, folder, embedder=counting)) == (1, 1, 0)
    assert counts(build(news, folder, embedder=counting)) == (0, 0, 2)
    assert sorted(texts_of(folder, counting).values()) == sorted(
        [STORIES["0.txt"], STORIES["1.txt"]]
    )


# An interruption


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


# Two at once, and another model


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


def test_an_article_that_is_removed_is_found_no_more_and_stays_readable(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    encoded = len(counting.texts)
    report = remove(["3.txt", "none.txt"], folder)
    assert (report.removed, report.unchanged, report.generation) == (1, 1, 2)
    with Archive.open(folder, embedder=counting) as archive:
        assert "3.txt" not in {article.id for article in archive.articles()}
        assert "3.txt" not in {hit.article.id for hit in archive.search(STORIES["3.txt"])}
        (version,) = archive.versions("3.txt")
        assert version.until == 2
        assert archive.version("3.txt", version.digest[:12]).text == STORIES["3.txt"]
    assert len(counting.texts) == encoded + 1  # the question alone


def test_what_is_gone_is_removed_only_where_that_is_asked_for(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    (news / "2.txt").unlink()
    (news / "5.txt").write_bytes(b"\x00\x00\x00")  # can't be read any more: it stays
    assert build(news, folder, embedder=counting).removed == 0
    assert len(texts_of(folder, counting)) == 8
    report = build(news, folder, BuildOptions(prune=True), embedder=counting)
    assert (report.removed, len(report.rejected)) == (1, 1)
    assert set(texts_of(folder, counting)) == set(STORIES) - {"2.txt"}


def test_a_rebuild_changes_the_options_of_all_of_it(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    with Archive.open(folder, embedder=counting) as before:
        report = rebuild(folder, BuildOptions(passage_tokens=16), embedder=counting)
        assert before.totals.passages == 8
    assert (report.changed, report.added, report.generation) == (8, 0, 2)
    assert texts_of(folder, counting) == STORIES
    again = build(news, folder, BuildOptions(passage_tokens=16), embedder=counting)
    assert (again.unchanged, again.generation) == (8, 2)
    with pytest.raises(ArchiveFormatError, match="passage_tokens = 16, not 200"):
        build(news, folder, embedder=counting)


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


def test_a_copy_under_another_name_shares_the_story(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news, folder, embedder=counting)
    write(news, {"wire.txt": "PORT ANSEL (Wire)\n\n" + STORIES["1.txt"]})
    assert build(news, folder, embedder=counting).copies == 1
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.copies("1.txt") == ("wire.txt",)
        assert archive.copies("wire.txt") == ("1.txt",)
        assert archive.copies("2.txt") == ()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (BuildOptions(passage_tokens=100), "passage_tokens = 200, not 100"),
        (BuildOptions(finder="none"), "finder = .*, not none"),
    ],
)
def test_other_options_are_refused_with_what_to_do(
    news: Path, folder: Path, counting: Counting, options: BuildOptions, found: str
) -> None:
    build(news / "0.txt", folder, embedder=counting)
    with pytest.raises(ArchiveFormatError, match=f"{found}; give the same option, or change"):
        build(news, folder, options, embedder=counting)
    assert list(texts_of(folder, counting)) == ["0.txt"]


def test_another_model_is_refused_by_build_and_by_open(
    news: Path, folder: Path, counting: Counting, embedder: SentenceEmbedder
) -> None:
    build(news / "0.txt", folder, embedder=counting)
    other = Counting(embedder, fingerprint="other weights")
    with pytest.raises(ArchiveFormatError, match="onrecord rebuild"):
        build(news, folder, embedder=other)
    with pytest.raises(
        ArchiveFormatError, match=r"built with another model.*build it anew, or open"
    ):
        Archive.open(folder, embedder=other)
    assert other.texts == []


# What is derived


def hits(folder: Path, embedder: Counting) -> list[tuple[str, float]]:
    with Archive.open(folder, embedder=embedder) as archive:
        return [(h.article.id, h.score) for h in archive.search(Query(text="harbour of Quell"))]


def tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    ("damage", "pattern"),
    [
        (shutil.rmtree, ""),
        (shutil.rmtree, "words"),
        (Path.unlink, "vectors.faiss"),
        (Path.unlink, "weights.npy"),
        (Path.unlink, "words/meta.json"),
        (tear, "vectors.faiss"),
        (tear, "weights.npy"),
        (tear, "words/*.term"),
        (tear, "words/*.store"),
    ],
)
def test_what_is_derived_is_made_again_without_encoding(
    news: Path, folder: Path, counting: Counting, damage: Callable[[Path], None], pattern: str
) -> None:
    build(news, folder, embedder=counting)
    expected = hits(folder, counting)
    [derived] = folder.glob("derived-*")
    for path in list(derived.glob(pattern)) if pattern else [derived]:
        damage(path)
    counting.texts.clear()
    assert hits(folder, counting) == expected
    assert counting.texts == ["harbour of Quell"]
    assert not list(folder.glob("making-*"))


def test_older_derived_files_are_cleared_away(news: Path, folder: Path, counting: Counting) -> None:
    for number in range(4):
        build(news / f"{number}.txt", folder, embedder=counting)
    assert len(list(folder.glob("derived-*"))) == 2


def test_derived_files_of_another_archive_are_never_used(
    news: Path, folder: Path, counting: Counting
) -> None:
    build(news / "0.txt", folder, embedder=counting)
    for file in folder.glob("archive.sqlite*"):
        file.unlink()
    build(news / "5.txt", folder, embedder=counting)
    with Archive.open(folder, embedder=counting) as archive:
        found = archive.search("Quell")[0]
    assert found.article.text == STORIES["5.txt"]
    dense = np.dot(*(e.vector for e in counting.encode(["Quell", STORIES["5.txt"].strip()])))
    assert found.scores["dense"] == pytest.approx(float(dense), abs=2e-3)
