"""Add to an archive, and publish what was added."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..errors import ArchiveError, ArchiveFormatError, OnRecordError
from ..records import Article
from . import rows
from .articles import COLUMNS, read_article
from .register import Register
from .rows import Row
from .schema import FILE, FORMAT, INDEXES, SCHEMA, connect, migrate, read_meta, statements

_MINE = "added = :g OR retired = :g"
"""Articles that the generation to come adds or replaces."""


class Signed(NamedTuple):
    """An article as one looks for its copies.

    Attributes:
        published: Day in ISO 8601, or None.
        story: Number that all copies of it share; None before it was looked for.
    """

    number: int
    published: str | None
    signature: bytes
    story: int | None


class Writer:
    """Adds to an archive; makes it where there is none. One at a time: the caller holds a lock.

    Everything is written under the generation to come, which no reader sees before `publish`. An
    archive of an older format is brought to this one first.

    Args:
        folder: The archive.
        meta: What must hold for all of it, the models' names and options; compared with what
            the archive was built with.
        renew: Let them differ: then every article is `stale` until it is added again, and the
            new ones hold once that is published.

    Raises:
        ArchiveFormatError: The archive was built otherwise.
    """

    def __init__(self, folder: Path, meta: Mapping[str, str], *, renew: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = not (folder / FILE).exists()
        self._folder = folder
        self._connection = connect(folder, make=True)
        try:
            if fresh or not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                self._make(meta)
            else:
                with self._transaction():
                    migrate(self._connection)
                    for statement in statements(INDEXES):
                        self._connection.execute(statement)
            self.meta = read_meta(self._connection, folder)
            self.generation = int(self.meta["generation"]) + 1
            self._settle(dict(meta), renew=renew or self.generation == 1)
        except OnRecordError:
            self._connection.close()
            raise

    def _make(self, meta: Mapping[str, str]) -> None:
        with self._transaction():
            for statement in statements(SCHEMA):
                self._connection.execute(statement)
            stamp = hashlib.sha256(json.dumps(meta, sort_keys=True).encode()).hexdigest()
            self._set_meta({"format": str(FORMAT), "generation": "0", "stamp": stamp, **meta})

    def _settle(self, meta: dict[str, str], *, renew: bool) -> None:
        """Settle by what options this build goes; forget what one of others left unfinished."""
        changed = [key for key, wanted in meta.items() if self.meta.get(key) != wanted]
        if changed and not renew:
            key = changed[0]
            raise ArchiveFormatError(
                f"the archive was built with {key} = {self.meta.get(key)}, not {meta[key]}; give "
                "the same option, or change the whole archive with: onrecord rebuild",
                path=self._folder,
            )
        self._mark = json.dumps(meta, sort_keys=True)
        before = self.meta.get("pending", self._mark)
        with self._transaction():
            if before != self._mark:
                self._forget()
            if changed and self.generation == 1:  # nothing of it was ever published
                self._connection.execute("DELETE FROM meta WHERE key = 'projection'")
                self._set_meta(meta)
        self.meta = read_meta(self._connection, self._folder)
        self._renewed = meta if changed and self.generation > 1 else {}

    def _forget(self) -> None:
        """Undo what an unfinished build added and replaced."""
        execute, mine = self._connection.execute, {"g": self.generation}
        for (n,) in execute("SELECT n FROM articles WHERE added = :g", mine).fetchall():
            rows.delete(self._connection, n)
        execute("UPDATE articles SET retired = NULL WHERE retired = :g", mine)
        execute("DELETE FROM meta WHERE key LIKE 'pending%'")

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
    def _projection_key(self) -> str:
        """Another model's directions wait until its vectors are published."""
        renewed = self._renewed.get("fingerprint", self.meta.get("fingerprint"))
        return "projection" if renewed == self.meta.get("fingerprint") else "pending projection"

    @property
    def projection(self) -> npt.NDArray[np.float32] | None:
        """The directions that token vectors are cut to, (d, 64); None before the first."""
        found = self.meta.get(self._projection_key)
        return None if found is None else np.array(json.loads(found), dtype=np.float32)

    def set_projection(self, projection: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Store the directions of the token vectors, (d, 64), once and for all; return them.

        They are rounded to five digits: use those returned, as every later build will.
        """
        rounded = [[round(float(x), 5) for x in row] for row in projection]
        with self._transaction():
            self._set_meta({self._projection_key: json.dumps(rounded)})
        self.meta = read_meta(self._connection, self._folder)
        return np.array(rounded, dtype=np.float32)

    def pending(self) -> bool:
        """Say whether articles were added or removed that aren't published yet."""
        query = f"SELECT 1 FROM articles WHERE {_MINE} LIMIT 1"
        return bool(self._connection.execute(query, {"g": self.generation}).fetchone())

    def current(self, article_id: str) -> tuple[str, str] | None:
        """Return (digest, origin) of the newest version of an article, published or not."""
        found = self._connection.execute(
            "SELECT digest, origin FROM articles WHERE id = ? AND retired IS NULL", (article_id,)
        ).fetchone()
        return tuple(found) if found else None

    def renamed(self, article_id: str, origin: str) -> list[str]:
        """Return the ids that articles from `origin` have because another has `article_id`."""
        found = self._connection.execute(
            "SELECT id FROM articles WHERE retired IS NULL AND origin = ? "
            "AND substr(id, 1, length(?) + 1) = ? || '~'",
            (origin, article_id, article_id),
        )
        return [one for (one,) in found]

    def origins(self) -> dict[str, str]:
        """Return where each article that isn't retired came from, by id."""
        return dict(
            self._connection.execute("SELECT id, origin FROM articles WHERE retired IS NULL")
        )

    def stale(self) -> Iterator[tuple[int, Article]]:
        """Yield what a renewal has still to add again: (how many are left, the next of them)."""
        query = "SELECT n FROM articles WHERE retired IS NULL AND added < ? ORDER BY n"
        found = self._connection.execute(query, (self.generation,)).fetchall()
        for place, (n,) in enumerate(found):
            row = self._connection.execute(
                f"SELECT {COLUMNS} FROM articles a WHERE n = ?", (n,)
            ).fetchone()
            yield len(found) - place, read_article(row)

    def add(self, batch: Sequence[tuple[Article, Sequence[Row]]]) -> None:
        """Add articles, in one transaction; an older version of one is retired."""
        with self._transaction():
            self._set_meta({"pending": self._mark})
            for article, found in batch:
                self._retire(article.id)
                rows.insert(self._connection, article, found, self.generation)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Retire articles, in one transaction; return how many there were."""
        with self._transaction():
            self._set_meta({"pending": self._mark})
            return sum(self._retire(article_id) for article_id in article_ids)

    def _retire(self, article_id: str) -> bool:
        """Retire a published version; one that was never published is forgotten."""
        execute = self._connection.execute
        retired = execute(
            "UPDATE articles SET retired = ? WHERE id = ? AND retired IS NULL AND added < ?",
            (self.generation, article_id, self.generation),
        ).rowcount
        mine = execute(
            "SELECT n FROM articles WHERE id = ? AND added = ?", (article_id, self.generation)
        ).fetchall()
        for (n,) in mine:
            rows.delete(self._connection, n)
        return bool(retired or mine)

    def unsigned(self) -> Iterator[tuple[int, str, str | None]]:
        """Yield (number, text, day of publication) of what wasn't looked at for copies yet."""
        query = "SELECT n FROM articles WHERE story IS NULL AND retired IS NULL ORDER BY n"
        for (n,) in self._connection.execute(query).fetchall():
            yield self._connection.execute(
                "SELECT n, text, published FROM articles WHERE n = ?", (n,)
            ).fetchone()

    def near(self, keys: Sequence[int]) -> list[Signed]:
        """Return the articles that share any of the bands `keys`."""
        found = self._connection.execute(
            "SELECT n, published, signature, story FROM articles WHERE retired IS NULL AND n IN "
            "(SELECT article FROM bands WHERE key IN (SELECT value FROM json_each(?))) ORDER BY n",
            (json.dumps(list(keys)),),
        )
        return [Signed(*row) for row in found]

    def sign(self, number: int, signature: bytes, keys: Iterable[int], story: int) -> None:
        """Note what an article's copies are found by, and the story that it shares with them."""
        with self._transaction():
            self._connection.execute(
                "UPDATE articles SET signature = ?, story = ? WHERE n = ?",
                (signature, story, number),
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(key, number) for key in keys]
            )

    @contextmanager
    def publishing(self, corrections: str = "") -> Iterator[Register]:
        """Make what was added visible, with the speakers that are written to the register.

        All of it in one transaction: what goes wrong meanwhile leaves the archive as it was.

        Args:
            corrections: What was corrected by hand; kept in `meta`.
        """
        with self._transaction():
            yield Register(self._connection, self.generation)
            self._clear()
            stamp = self._stamp()
            self._connection.execute(
                "INSERT INTO generations VALUES (?, ?, ?)",
                (self.generation, stamp, datetime.now(UTC).isoformat(timespec="seconds")),
            )
            if self._projection_key != "projection" and self._projection_key in self.meta:
                self._set_meta({"projection": self.meta[self._projection_key]})
            self._connection.execute("DELETE FROM meta WHERE key LIKE 'pending%'")
            self._set_meta(
                {
                    "generation": str(self.generation),
                    "stamp": stamp,
                    "corrections": corrections,
                    **self._renewed,
                }
            )
        self.meta = read_meta(self._connection, self._folder)
        self._renewed = {}
        self.generation += 1

    def _clear(self) -> None:
        """Drop what the generation before this one still showed, or not even that.

        A version with other words stays readable, without its vectors. What this generation
        replaces stays until the next: derived files are brought up to date from it.
        """
        found = self._connection.execute(
            "SELECT o.n, EXISTS (SELECT 1 FROM articles c WHERE c.id = o.id AND "
            "c.digest = o.digest AND c.n > o.n) FROM articles o WHERE o.retired < ? AND EXISTS "
            "(SELECT 1 FROM vectors v JOIN passages p ON p.n = v.passage WHERE p.article = o.n)",
            (self.generation,),
        ).fetchall()
        for n, is_repeated in found:
            (rows.delete if is_repeated else rows.delete_vectors)(self._connection, n)

    def _stamp(self) -> str:
        """Return a hash over all that was ever added and replaced, this generation included.

        Derived files bear it, so that those of another archive, or of a history that was undone by
        a restored copy, are never taken for this one's.
        """
        stamp = hashlib.sha256(self.meta.get("stamp", "").encode())
        found = self._connection.execute(
            f"SELECT id, digest, added, retired FROM articles WHERE {_MINE} ORDER BY n",
            {"g": self.generation},
        )
        for row in found:
            stamp.update(repr(row).encode())
        return stamp.hexdigest()
