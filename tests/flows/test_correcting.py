"""Speakers corrected by a program, and led together again without a build."""

from __future__ import annotations

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
