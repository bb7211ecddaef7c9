"""A check says what is wrong with an archive, and mends what can be made again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import Archive, build
from index.build import remove
from index.embedding import SentenceEmbedder
from index.errors import ArchiveFormatError, ArchiveLockedError, ArchiveNotFoundError
from index.locking import hold
from index.upkeep import check

TEXTS = {
    "bridge.txt": "Mayor Ilse Brandvold denied on Tuesday that the bridge was unsafe.",
    "ferry.txt": "“We sail on Friday,” harbour master Teo Marchetti said.",
    "granite.txt": "Granite is quarried at Brindle.",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    for name, text in TEXTS.items():
        (folder / "news").mkdir(exist_ok=True)
        (folder / "news" / name).write_text(text, encoding="utf-8")
    build(folder / "news", folder / "archive", embedder=embedder)
    return folder / "archive"


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "archive"))


def change(folder: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection, connection:
        connection.execute(sql, values)


def derived(folder: Path) -> Path:
    (found,) = folder.glob("derived-*")
    return found


def test_a_sound_archive_has_no_problems(folder: Path) -> None:
    report = check(folder)
    assert report.problems == ()
    assert (report.articles, report.passages, report.attributions) == (3, 3, 2)


@pytest.mark.parametrize(
    ("sql", "text", "remedy"),
    [
        (
            "UPDATE articles SET text = replace(text, 'denied', 'agreed')",
            "article bridge.txt: its text isn't the one that was stored",
            "restore",
        ),
        (
            'UPDATE passages SET "end" = 4000 WHERE n = 1',
            "article bridge.txt: a passage lies outside of it",
            "rebuild",
        ),
        (
            "UPDATE attributions SET content = '[[3, 9000]]' WHERE n = 1",
            "attribution bridge.txt#a0: it lies outside of its article",
            "rebuild",
        ),
        (
            "UPDATE attributions SET speaker = 'nobody' WHERE n = 1",
            "attribution bridge.txt#a0: its speaker isn't known",
            "rebuild",
        ),
        (
            "UPDATE vectors SET vector = zeroblob(1536) WHERE passage = 2",
            "passage 2: its vector isn't one of 384 numbers and length 1",
            "rebuild",
        ),
        (
            "UPDATE vectors SET tokens = zeroblob(3) WHERE passage = 2",
            "passage 2: its tokens' vectors are cut off",
            "rebuild",
        ),
        (
            "DELETE FROM vectors WHERE passage = 3",
            "article granite.txt: a passage has no vectors",
            "rebuild",
        ),
        (
            "UPDATE articles SET retired = 1 WHERE n = 3",
            "article granite.txt: its generations can't be",
            "rebuild",
        ),
    ],
)
def test_what_cant_be_true_is_found_with_its_place_and_remedy(
    folder: Path, sql: str, text: str, remedy: str
) -> None:
    change(folder, sql)
    assert (text, remedy) in [tuple(problem) for problem in check(folder).problems]


@pytest.mark.parametrize("name", ["vectors.faiss", "frequencies.npy", "words/meta.json"])
@pytest.mark.parametrize("size", [None, 0, 20])
def test_torn_derived_files_are_found_and_made_again(
    folder: Path, embedder: SentenceEmbedder, name: str, size: int | None
) -> None:
    path = derived(folder) / name
    if size is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:size])
    (problem,) = check(folder).problems
    assert problem.remedy == "repair"
    repaired = check(folder, repair=True)
    assert repaired.problems == ()
    assert repaired.repaired == ("made the vector and word indexes again",)
    with Archive.open(folder, embedder=embedder) as archive:
        assert archive.search("who denied that the bridge is unsafe?")[0].article.id == "bridge.txt"


def test_an_index_of_another_count_is_found_and_made_again(folder: Path) -> None:
    change(folder, "DELETE FROM attributions WHERE article = 3")
    change(folder, "DELETE FROM vectors WHERE passage = 3")
    change(folder, "DELETE FROM passages WHERE n = 3")
    (problem,) = check(folder).problems
    assert problem == (
        "there are 2 passages, but 3 vectors and 3 in the words",
        "repair",
    )
    assert check(folder, repair=True).problems == ()


def test_what_a_killed_process_left_behind_is_cleared_away(folder: Path) -> None:
    (folder / "making-abc" / "words").mkdir(parents=True)
    assert check(folder, repair=True).repaired == (
        "cleared away making-abc, which a killed process left behind",
    )
    assert not (folder / "making-abc").exists()


def test_corrections_that_cant_be_read_are_a_problem(folder: Path) -> None:
    (folder / "corrections.toml").write_text("merge = 3", encoding="utf-8")
    (problem,) = check(folder).problems
    assert problem.remedy == "correct"
    assert "corrections.toml" in problem.text


def test_an_archive_of_the_older_format_is_refused_until_it_is_repaired(
    folder: Path, embedder: SentenceEmbedder
) -> None:
    for statement in (
        "DROP TABLE generations",
        "DROP TABLE namings",
        "DROP TABLE tags",
        "DROP INDEX speakers_together",
        "DELETE FROM meta WHERE key IN ('linked', 'frequent')",
        "DROP TABLE bands",
        "DROP INDEX articles_by_story",
        "DROP INDEX articles_by_generation",
        "DROP INDEX articles_by_retirement",
        *(
            f"ALTER TABLE attributions DROP COLUMN {name}"
            for name in ("gender", "roles", "members")
        ),
        *(f"ALTER TABLE speakers DROP COLUMN {name}" for name in ("roles", "members")),
        "ALTER TABLE articles DROP COLUMN story",
        "ALTER TABLE articles DROP COLUMN signature",
        "UPDATE meta SET value = '1' WHERE key = 'format'",
    ):
        change(folder, statement)
    with pytest.raises(ArchiveFormatError, match="onrecord check --repair"):
        Archive.open(folder, embedder=embedder)
    report = check(folder, repair=True)
    assert "brought from format 1 up to date" in report.repaired
    assert report.problems == ()
    with Archive.open(folder, embedder=embedder) as archive:
        assert {article.id: article.text for article in archive.articles()} == TEXTS
    remove(["bridge.txt"], folder)  # the first change tells anew who is who everywhere
    with Archive.open(folder, embedder=embedder) as archive:
        assert [speaker.name for speaker in archive.speakers.values()] == ["Teo Marchetti"]
        assert archive.statements == {"teo-marchetti": 1}
    assert check(folder).problems == ()


def test_a_repair_waits_for_no_build(folder: Path) -> None:
    with hold(folder), pytest.raises(ArchiveLockedError):
        check(folder, repair=True)


def test_where_there_is_no_archive_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFoundError):
        check(tmp_path)
