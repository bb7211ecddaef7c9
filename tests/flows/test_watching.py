"""A watched folder's changes are in the archive without anybody's doing."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from index import Archive
from index.embedding import SentenceEmbedder
from index.errors import ArchiveLockedError, DocumentError
from index.locking import hold
from index.options import BuildOptions
from index.reports import BuildReport
from index.watching import watch

ONE = "Mayor Ilse Brandvold denied on Tuesday that the bridge was unsafe."
TWO = "“We sail on Friday,” harbour master Teo Marchetti said."


def report(found: object) -> BuildReport:
    assert isinstance(found, BuildReport)
    return found


def test_what_is_added_changed_and_deleted_is_taken(
    tmp_path: Path, embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.watching.QUIET", 100)
    folder, archive, stop = tmp_path / "news", tmp_path / "archive", Event()
    folder.mkdir()
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    options = BuildOptions(finder="rules", prune=True)
    reports = watch(folder, archive, options, embedder=embedder, stop=stop)
    assert report(next(reports)).added == 1
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    assert report(next(reports)).added == 1
    (folder / "one.txt").write_text(ONE.replace("Tuesday", "Monday"), encoding="utf-8")
    assert report(next(reports)).changed == 1
    (folder / "two.txt").unlink()
    assert report(next(reports)).removed == 1
    stop.set()
    assert list(reports) == []
    with Archive.open(archive, embedder=embedder) as opened:
        assert [article.text for article in opened.articles()] == [ONE.replace("Tuesday", "Monday")]


def test_a_locked_archive_is_tried_again(
    tmp_path: Path, embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.watching.TICK", 200)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(ONE, encoding="utf-8")
    reports = watch(
        tmp_path / "news", tmp_path / "a", BuildOptions(finder="none"), embedder=embedder
    )
    with hold(tmp_path / "a"):
        assert isinstance(next(reports), ArchiveLockedError)
    assert report(next(reports)).added == 1


def test_what_is_no_folder_cant_be_watched(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    with pytest.raises(DocumentError, match="no such folder to watch"):
        next(watch(tmp_path / "nowhere", tmp_path / "archive", embedder=embedder))
