"""Building again: a change replaces its own document, and no document takes another's place."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from flows.stories import STORIES, Counting, counts, dump, jsonl, texts_of, write

from index import Archive, build
from index.build import remove
from index.options import BuildOptions

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


# A removal


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


# Two ids, one text


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
