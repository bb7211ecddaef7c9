"""Options and model are one for a whole archive: only a rebuild changes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flows.stories import STORIES, Counting, texts_of

from index import Archive, build
from index.build import rebuild
from index.embedding import SentenceEmbedder
from index.errors import ArchiveFormatError
from index.options import BuildOptions


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
