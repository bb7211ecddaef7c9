"""Add to an archive, and publish what was added."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..errors import ArchiveError, ArchiveFormatError, OnRecordError
from ..records import Article, Attribution, Mention, Passage, Speaker
from ..token_vectors import TokenVectors
from .schema import FILE, FORMAT, SCHEMA, connect, read_meta


class Row(NamedTuple):
    """One passage with its vectors and the attributions whose content begins in it."""

    passage: Passage
    vector: npt.NDArray[np.float32]
    tokens: TokenVectors
    attributions: Sequence[tuple[Attribution, Mention | None]]


class Writer:
    """Adds to an archive; makes it where there is none. One at a time: the caller holds a lock.

    Args:
        folder: The archive.
        meta: What must hold for all of it, the models' names and options; compared with what
            the archive was built with.

    Raises:
        ArchiveFormatError: The archive was built otherwise.
    """

    def __init__(self, folder: Path, meta: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = not (folder / FILE).exists()
        self._folder = folder
        self._connection = connect(folder, make=True)
        try:
            if fresh or not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                self._make(meta)
            self.meta = read_meta(self._connection, folder)
            self._compare(meta)
        except OnRecordError:
            self._connection.close()
            raise
        self.generation = int(self.meta["generation"]) + 1

    def _make(self, meta: Mapping[str, str]) -> None:
        with self._transaction():
            for statement in filter(None, map(str.strip, SCHEMA.split(";"))):
                self._connection.execute(statement)
            stamp = hashlib.sha256(json.dumps(meta, sort_keys=True).encode()).hexdigest()
            self._set_meta({"format": str(FORMAT), "generation": "0", "stamp": stamp, **meta})

    def _compare(self, meta: Mapping[str, str]) -> None:
        for key, wanted in meta.items():
            if self.meta.get(key) != wanted:
                raise ArchiveFormatError(
                    f"the archive was built with {key} = {self.meta.get(key)}, not {wanted}; give "
                    "the same option, or build a new archive in another folder",
                    path=self._folder,
                )

    def close(self) -> None:
        """Let go of the file; what wasn't published waits for the next writer."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise ArchiveError(
                f"it can't be written ({error}); see to it that there is room and that nothing "
                "else writes to it, and run the build again",
                path=self._folder,
            ) from error
        finally:
            if self._connection.in_transaction:  # SQLite may have ended it itself
                self._connection.execute("ROLLBACK")

    def _set_meta(self, values: Mapping[str, str]) -> None:
        self._connection.executemany(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            values.items(),
        )

    @property
    def projection(self) -> npt.NDArray[np.float32] | None:
        """The directions that token vectors are cut to, (d, 64); None before the first."""
        found = self.meta.get("projection")
        return None if found is None else np.array(json.loads(found), dtype=np.float32)

    def set_projection(self, projection: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Store the directions of the token vectors, (d, 64), once and for all; return them.

        They are rounded to five digits: use those returned, as every later build will.
        """
        rounded = [[round(float(x), 5) for x in row] for row in projection]
        with self._transaction():
            self._set_meta({"projection": json.dumps(rounded)})
        self.meta = read_meta(self._connection, self._folder)
        return np.array(rounded, dtype=np.float32)

    def pending(self) -> bool:
        """Say whether an earlier build left articles that were never published."""
        query = "SELECT 1 FROM articles WHERE added = :g OR retired = :g LIMIT 1"
        return bool(self._connection.execute(query, {"g": self.generation}).fetchone())

    def current(self, article_id: str) -> tuple[str, str] | None:
        """Return (digest, origin) of the newest version of an article, published or not."""
        found = self._connection.execute(
            "SELECT digest, origin FROM articles WHERE id = ? AND retired IS NULL", (article_id,)
        ).fetchone()
        return tuple(found) if found else None

    def add(self, batch: Sequence[tuple[Article, Sequence[Row]]]) -> None:
        """Add articles, in one transaction; an older version of one is retired."""
        with self._transaction():
            for article, rows in batch:
                self._retire(article.id)
                self._insert(article, rows)

    def _retire(self, article_id: str) -> None:
        """Retire a published version; one that was never published is forgotten."""
        execute = self._connection.execute
        execute(
            "UPDATE articles SET retired = ? WHERE id = ? AND retired IS NULL AND added < ?",
            (self.generation, article_id, self.generation),
        )
        for (n,) in execute(
            "SELECT n FROM articles WHERE id = ? AND added = ?", (article_id, self.generation)
        ).fetchall():
            execute("DELETE FROM attributions WHERE article = ?", (n,))
            execute(
                "DELETE FROM vectors WHERE passage IN (SELECT n FROM passages WHERE article = ?)",
                (n,),
            )
            execute("DELETE FROM passages WHERE article = ?", (n,))
            execute("DELETE FROM articles WHERE n = ?", (n,))

    def _insert(self, article: Article, rows: Sequence[Row]) -> None:
        execute = self._connection.execute
        n = execute(
            "INSERT INTO articles (id, digest, title, text, outlet, author, published, url, "
            "origin, extra, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id, digest(article), article.title, article.text, article.outlet,
                article.author, article.published and article.published.isoformat(), article.url,
                article.origin, json.dumps(article.extra, sort_keys=True), self.generation,
            ),
        ).lastrowid  # fmt: skip
        found = []
        for row in rows:
            passage = execute(
                'INSERT INTO passages (article, start, "end") VALUES (?, ?, ?)',
                (n, *row.passage.span),
            ).lastrowid
            execute(
                "INSERT INTO vectors VALUES (?, ?, ?)",
                (passage, row.vector.astype("<f4").tobytes(), row.tokens.to_bytes()),
            )
            found += [(passage, *pair) for pair in row.attributions]
        for passage, attribution, mention in sorted(found, key=lambda f: f[1].content[0]):
            execute(
                "INSERT INTO attributions (article, passage, id, source, cue, content, kind, "
                "stance, polarity, within, name, name_kind) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    n, passage, attribution.id, *map(json.dumps, (attribution.source,
                    attribution.cue, attribution.content)), attribution.kind, attribution.stance,
                    attribution.polarity, attribution.within, mention.name if mention else "",
                    mention.kind if mention else "unnamed",
                ),
            )  # fmt: skip

    def mentions(self) -> Iterator[tuple[str, Mention]]:
        """Yield (article id, mention) of every attribution whose source has a name."""
        rows = self._connection.execute(
            "SELECT a.id, t.id, t.name, t.name_kind FROM attributions t JOIN articles a "
            "ON a.n = t.article WHERE t.name != '' AND a.retired IS NULL ORDER BY t.n"
        )
        for article, attribution, name, kind in rows:
            yield article, Mention(attribution_id=attribution, name=name, kind=kind)

    def publish(
        self,
        speakers: Iterable[Speaker],
        speaker_of: Mapping[tuple[str, str], str],
        corrections: str = "",
    ) -> int:
        """Make what was added visible, with its speakers; return the new generation.

        Args:
            speaker_of: (article id, attribution id) to speaker id.
            corrections: What was corrected by hand; kept in `meta`.
        """
        with self._transaction():
            self._connection.execute("DELETE FROM speakers")
            self._connection.executemany(
                "INSERT INTO speakers VALUES (?, ?, ?, ?)",
                [(s.id, s.name, s.kind, json.dumps(s.aliases)) for s in speakers],
            )
            rows = self._connection.execute(
                "SELECT t.n, a.id, t.id, t.speaker FROM attributions t JOIN articles a "
                "ON a.n = t.article WHERE a.retired IS NULL"
            ).fetchall()
            self._connection.executemany(
                "UPDATE attributions SET speaker = ? WHERE n = ?",
                [
                    (speaker_of.get((article, attribution)), n)
                    for n, article, attribution, speaker in rows
                    if speaker != speaker_of.get((article, attribution))
                ],
            )
            self._set_meta(
                {
                    "generation": str(self.generation),
                    "stamp": self._stamp(),
                    "corrections": corrections,
                }
            )
        self.meta = read_meta(self._connection, self._folder)
        published = self.generation
        self.generation += 1
        return published

    def _stamp(self) -> str:
        """Return a hash over all that was ever added and replaced, this generation included.

        Derived files bear it, so that those of another archive, or of a history that was undone by
        a restored copy, are never taken for this one's.
        """
        stamp = hashlib.sha256(self.meta.get("stamp", "").encode())
        rows = self._connection.execute(
            "SELECT id, digest, added, retired FROM articles WHERE added = :g OR retired = :g "
            "ORDER BY n",
            {"g": self.generation},
        )
        for row in rows:
            stamp.update(repr(row).encode())
        return stamp.hexdigest()


def digest(article: Article) -> str:
    """Return a sha256 of all that a reader of the article would see, in hex."""
    seen = (
        article.title, article.text, article.outlet, article.author, str(article.published),
        article.url, json.dumps(article.extra, sort_keys=True),
    )  # fmt: skip
    return hashlib.sha256("\0".join(seen).encode()).hexdigest()
