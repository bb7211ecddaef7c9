"""Speakers led together again: after corrections by a program, and under newer rules."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index import Archive, build, relink
from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from index.options import BuildOptions
from index.speakers import change_corrections


@pytest.fixture
def folder(
    documents: Path, tmp_path: Path, embedder: SentenceEmbedder, parser: SpacyParser
) -> Path:
    build(documents, tmp_path, BuildOptions(finder="rules"), embedder=embedder, parser=parser)
    return tmp_path


def names(folder: Path, embedder: SentenceEmbedder) -> dict[str, int]:
    with Archive.open(folder, embedder=embedder) as archive:
        return {s.name: archive.statements.get(s.id, 0) for s in archive.speakers.values()}


def test_a_merge_holds_once_led_together_and_says_what_found_nobody(
    folder: Path, embedder: SentenceEmbedder
) -> None:
    before = names(folder, embedder)
    pairs = (("Teo Marchetti", "Hanne Osterlund"), ("Teo Marchetti", "Zora Quillfeather"))
    change_corrections(folder, lambda old: replace(old, merges=pairs))
    report = relink(folder)
    after = names(folder, embedder)
    assert report.generation == 2
    assert report.unused == ("merge Zora Quillfeather: no such speaker",)
    assert "Hanne Osterlund" not in after
    assert after["Teo Marchetti"] == before["Teo Marchetti"] + before["Hanne Osterlund"]
    assert relink(folder).generation == 2


def test_the_next_build_leads_anew_who_was_led_by_older_rules(
    folder: Path, documents: Path, embedder: SentenceEmbedder
) -> None:
    before = names(folder, embedder)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'linked'")
        connection.execute("UPDATE speakers SET name = 'Somebody Else' WHERE kind = 'person'")
    assert "Somebody Else" in names(folder, embedder)

    def again() -> tuple[int, int]:
        report = build(documents, folder, BuildOptions(finder="rules"), embedder=embedder)
        return report.unchanged, report.generation

    unchanged, generation = again()
    assert generation == 2
    assert names(folder, embedder) == before
    assert again() == (unchanged, 2)
