"""What is derived from the records is made again where it is missing, damaged or another's."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from flows.stories import STORIES, Counting

from index import Archive, build
from index.records import Query


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
