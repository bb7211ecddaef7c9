"""Eight stories, where their archive is to be, and an embedder that keeps count."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from flows.stories import STORIES, Counting, write

from index.embedding import SentenceEmbedder


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
