"""Eight stories to build an archive from, and what such an archive holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from index import Archive
from index.build import BuildReport
from index.embedding import Encoding, SentenceEmbedder

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
