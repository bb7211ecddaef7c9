"""Read one published generation."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..errors import ArchiveNotFoundError, OnRecordError
from ..records import Article, Attribution, Passage, Role, Span, Speaker
from ..token_vectors import TokenVectors
from .articles import COLUMNS, read_article, read_date
from .schema import FILE, connect, damaged, read_meta

_VISIBLE = "a.added <= :generation AND (a.retired IS NULL OR a.retired > :generation)"
_HIDDEN = (
    "x.article IN (SELECT n FROM articles WHERE added > :generation "
    "UNION ALL SELECT n FROM articles WHERE retired <= :generation)"
)
_ATTRIBUTION = (
    "t.id, a.id, t.source, t.cue, t.content, t.kind, t.stance, t.polarity, t.speaker, t.within"
)


class Totals(NamedTuple):
    """What an archive holds, and the first and last day of publication."""

    articles: int
    passages: int
    attributions: int
    speakers: int
    first: date | None
    last: date | None


class Version(NamedTuple):
    """One wording of an article that the archive has, or had.

    Attributes:
        digest: sha256 of all that a reader of the article would see, in hex.
        generation: The first that shows it.
        until: The first that no longer does; None where it is the current one.
        published: When that first generation was published (ISO 8601, UTC); empty if unknown.
    """

    digest: str
    generation: int
    until: int | None
    published: str


class Statement(NamedTuple):
    """An attribution, and when and by whom its article was published."""

    attribution: Attribution
    published: date | None
    outlet: str


class Entry(NamedTuple):
    """An article as a list of them shows it.

    Attributes:
        title: Its own, or the first characters of its text.
    """

    id: str
    title: str
    outlet: str
    published: date | None


class Reader:
    """One published generation of an archive's records; safe to share between threads.

    Args:
        folder: The archive.

    Raises:
        ArchiveNotFoundError: The folder holds no archive, or one that was never published.
        ArchiveFormatError: It is damaged, or of another format version.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = RLock()
        self._path = folder / FILE
        self.connection = connect(folder)
        try:
            # An open read transaction: whatever is published later, this reader sees one state.
            self.connection.execute("BEGIN")
            self.meta = read_meta(self.connection, folder)
            self.generation = int(self.meta["generation"])
            if self.generation == 0:
                raise ArchiveNotFoundError(
                    "the archive's first build didn't finish; run the build again", path=folder
                )
        except OnRecordError:
            self.connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def _rows(self, sql: str, **values: object) -> list[tuple]:  # type: ignore[type-arg]
        bound = values | {"generation": self.generation}
        try:
            with self._lock:
                return self.connection.execute(sql, bound).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged(error, self._path) from error

    def totals(self) -> Totals:
        """Count the records of this generation."""
        articles, first, last = self._rows(
            f"SELECT COUNT(*), MIN(published), MAX(published) FROM articles a WHERE {_VISIBLE}"
        )[0]
        passages, attributions = (
            self._rows(f"SELECT COUNT(*) FROM {table}")[0][0]
            - self._rows(f"SELECT COUNT(*) FROM {table} x WHERE {_HIDDEN}")[0][0]
            for table in ("passages", "attributions")
        )
        speakers = self._rows("SELECT COUNT(*) FROM speakers")[0][0]
        return Totals(articles, passages, attributions, speakers, read_date(first), read_date(last))

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            KeyError: There is none of this id.
        """
        rows = self._rows(
            f"SELECT {COLUMNS} FROM articles a WHERE a.id = :id AND {_VISIBLE}", id=article_id
        )
        if not rows:
            raise KeyError(article_id)
        return read_article(rows[0])

    def articles(self) -> Iterator[Article]:
        """Yield every article, in the order in which they were added."""
        for (n,) in self._rows(f"SELECT n FROM articles a WHERE {_VISIBLE} ORDER BY n"):
            yield read_article(self._rows(f"SELECT {COLUMNS} FROM articles a WHERE n = :n", n=n)[0])

    def versions(self, article_id: str) -> tuple[Version, ...]:
        """Return every wording that an article ever had in the archive, oldest first."""
        found = self._rows(
            "SELECT a.digest, a.added, a.retired, COALESCE(g.published, '') FROM articles a "
            "LEFT JOIN generations g ON g.n = a.added "
            "WHERE a.id = :id AND a.added <= :generation ORDER BY a.added",
            id=article_id,
        )
        return tuple(
            Version(digest, first, until if until and until <= self.generation else None, day)
            for digest, first, until, day in found
        )

    def version(self, article_id: str, digest: str) -> Article:
        """Return the article as it was when its digest began with `digest`.

        Raises:
            KeyError: It never was so.
        """
        found = self._rows(
            f"SELECT {COLUMNS} FROM articles a WHERE a.id = :id AND a.added <= :generation "
            "AND substr(a.digest, 1, length(:digest)) = :digest ORDER BY a.added DESC",
            id=article_id,
            digest=digest,
        )
        if not found:
            raise KeyError(article_id)
        return read_article(found[0])

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of the articles that share a story with this one, in order of entry."""
        found = self._rows(
            f"SELECT a.id FROM articles a WHERE {_VISIBLE} AND a.id != :id AND a.story IN "
            f"(SELECT story FROM articles a WHERE a.id = :id AND {_VISIBLE}) ORDER BY a.n",
            id=article_id,
        )
        return tuple(one for (one,) in found)

    def built(self) -> str:
        """Return when this generation was published (ISO 8601, UTC); empty if unknown."""
        found = self._rows("SELECT published FROM generations WHERE n = :generation")
        return found[0][0] if found else ""

    def stamps(self) -> dict[int, str]:
        """Return the stamp of every generation up to this one."""
        return dict(self._rows("SELECT n, stamp FROM generations WHERE n <= :generation"))

    def changes(self, since: int) -> tuple[list[int], list[int]]:
        """Return the passages that came, and those that went, after generation `since`."""
        came, went = (
            [
                n
                for (n,) in self._rows(
                    "SELECT p.n FROM passages p JOIN articles a ON a.n = p.article "
                    f"WHERE {where} ORDER BY p.n",
                    since=since,
                )
            ]
            for where in (
                f"{_VISIBLE} AND a.added > :since",
                "a.added <= :since AND a.retired > :since AND a.retired <= :generation",
            )
        )
        return came, went

    def attributions(self, article_id: str, digest: str = "") -> tuple[Attribution, ...]:
        """Return an article's attributions in reading order, or those of an older version."""
        older = (
            "a.n = (SELECT MAX(n) FROM articles WHERE id = :id AND added <= :generation "
            "AND substr(digest, 1, length(:digest)) = :digest)"
        )
        rows = self._rows(
            f"SELECT {_ATTRIBUTION} FROM attributions t JOIN articles a ON a.n = t.article "
            f"WHERE a.id = :id AND {older if digest else _VISIBLE} ORDER BY t.n",
            id=article_id,
            digest=digest,
        )
        return tuple(map(_attribution, rows))

    def speakers(self) -> tuple[Speaker, ...]:
        """Return all speakers, by id."""
        rows = self._rows(
            "SELECT id, name, kind, aliases, roles, members FROM speakers ORDER BY id"
        )
        return tuple(
            Speaker(
                id=i,
                name=name,
                kind=kind,
                aliases=tuple(json.loads(aliases)),
                roles=tuple(map(_role, json.loads(roles))),
                members=tuple(json.loads(members)),
            )
            for i, name, kind, aliases, roles, members in rows
        )

    def statements(self) -> dict[str, int]:
        """Count the attributions of each speaker that has any."""
        # Counting all from the index, less the few that aren't shown, takes a tenth of the time
        # that looking at the article of each does.
        count = "SELECT speaker, COUNT(*) FROM attributions x WHERE speaker IS NOT NULL"
        found = dict(self._rows(f"{count} GROUP BY speaker"))
        for speaker, hidden in self._rows(f"{count} AND {_HIDDEN} GROUP BY speaker"):
            found[speaker] -= hidden
        return {speaker: left for speaker, left in found.items() if left}

    def statements_of(self, speaker_id: str) -> list[Statement]:
        """Return a speaker's attributions, newest article first, in reading order within it."""
        rows = self._rows(
            f"SELECT {_ATTRIBUTION}, a.published, a.outlet FROM attributions t "
            f"JOIN articles a ON a.n = t.article WHERE t.speaker = :speaker AND {_VISIBLE} "
            "ORDER BY a.published IS NULL, a.published DESC, a.n, t.n",
            speaker=speaker_id,
        )
        return [Statement(_attribution(row[:-2]), read_date(row[-2]), row[-1]) for row in rows]

    def months(self) -> list[tuple[str, str, int]]:
        """Count the articles of each month ("2031-03"; empty if undated) and outlet, in order."""
        return self._rows(
            "SELECT COALESCE(substr(a.published, 1, 7), '') month, a.outlet, COUNT(*) "
            f"FROM articles a WHERE {_VISIBLE} GROUP BY month, a.outlet ORDER BY month, a.outlet"
        )

    def entries(self, words: str, limit: int, offset: int) -> tuple[int, list[Entry]]:
        """Return how many articles have `words` in title, outlet or id, and some, newest first."""
        where = (
            f"{_VISIBLE} AND (:words = '' OR instr(lower(a.title || ' ' || a.outlet || ' ' || "
            "a.id), lower(:words)) > 0)"
        )
        found = self._rows(f"SELECT COUNT(*) FROM articles a WHERE {where}", words=words)
        rows = self._rows(
            "SELECT a.id, CASE a.title WHEN '' THEN substr(a.text, 1, 90) ELSE a.title END, "
            f"a.outlet, a.published FROM articles a WHERE {where} "
            "ORDER BY a.published IS NULL, a.published DESC, a.n LIMIT :limit OFFSET :offset",
            words=words,
            limit=limit,
            offset=offset,
        )
        return found[0][0], [Entry(i, title, by, read_date(day)) for i, title, by, day in rows]

    def spoken_by(self, speakers: Sequence[str]) -> list[int]:
        """Return the numbers of the passages with an attribution to any of these speakers.

        Passages of older and newer versions are among them.
        """
        rows = self._rows(
            "SELECT DISTINCT passage FROM attributions WHERE speaker IN "
            "(SELECT value FROM json_each(:speakers))",
            speakers=json.dumps(list(speakers)),
        )
        return [n for (n,) in rows]

    def numbers(self) -> list[int]:
        """Return the number of every passage, in order."""
        rows = self._rows(
            f"SELECT p.n FROM passages p JOIN articles a ON a.n = p.article WHERE {_VISIBLE} "
            "ORDER BY p.n"
        )
        return [n for (n,) in rows]

    def columns(self, numbers: Sequence[int]) -> list[tuple[int, str | None, str]]:
        """Return (number, day of publication in ISO 8601, outlet) of passages."""
        return self._rows(
            "SELECT p.n, a.published, a.outlet FROM passages p JOIN articles a ON a.n = p.article "
            "WHERE p.n IN (SELECT value FROM json_each(:numbers)) ORDER BY p.n",
            numbers=json.dumps(list(numbers)),
        )

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Return passages by number."""
        rows = self._rows(
            'SELECT p.n, a.id, p.start, p."end" FROM passages p JOIN articles a ON a.n = p.article '
            "WHERE p.n IN (SELECT value FROM json_each(:numbers))",
            numbers=json.dumps(list(numbers)),
        )
        return {
            n: Passage(id=f"{i}#{start}-{end}", article_id=i, span=Span(start, end))
            for n, i, start, end in rows
        }

    def attributions_in(self, numbers: Sequence[int]) -> dict[int, list[Attribution]]:
        """Return, for each passage, the attributions whose content begins in it."""
        found: dict[int, list[Attribution]] = {n: [] for n in numbers}
        rows = self._rows(
            f"SELECT {_ATTRIBUTION}, t.passage FROM attributions t "
            "JOIN articles a ON a.n = t.article "
            "WHERE t.passage IN (SELECT value FROM json_each(:numbers)) ORDER BY t.n",
            numbers=json.dumps(list(numbers)),
        )
        for *row, passage in rows:
            found[passage].append(_attribution(row))
        return found

    def token_vectors(self, numbers: Sequence[int]) -> dict[int, TokenVectors]:
        """Return passages' token vectors by the passages' numbers."""
        rows = self._rows(
            "SELECT passage, tokens FROM vectors "
            "WHERE passage IN (SELECT value FROM json_each(:numbers))",
            numbers=json.dumps(list(numbers)),
        )
        return {n: TokenVectors.from_bytes(data) for n, data in rows}

    def texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, str]]:
        """Yield (passage number, article's title, passage's text), by number."""
        rows = self._rows(
            'SELECT p.n, p.article, p.start, p."end" FROM passages p '
            "WHERE p.n IN (SELECT value FROM json_each(:numbers)) ORDER BY p.n",
            numbers=json.dumps(list(numbers)),
        )
        current, title, text = None, "", ""
        for n, article, start, end in rows:
            if article != current:
                title, text = self._rows(
                    "SELECT title, text FROM articles WHERE n = :n", n=article
                )[0]
                current = article
            yield n, title, text[start:end]

    def vectors(
        self, numbers: Sequence[int]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return passages' numbers, int64, (n,), in order, and vectors, float32, (n, d)."""
        rows = self._rows(
            "SELECT passage, vector FROM vectors "
            "WHERE passage IN (SELECT value FROM json_each(:numbers)) ORDER BY passage",
            numbers=json.dumps(list(numbers)),
        )
        found = np.array([n for n, _ in rows], dtype=np.int64)
        vectors = np.frombuffer(b"".join(v for _, v in rows), "<f4")
        return found, vectors.reshape(len(rows), int(self.meta["dimension"]))


def _attribution(row: Sequence) -> Attribution:  # type: ignore[type-arg]
    i, article, source, cue, content, kind, stance, polarity, speaker, within = row
    # Read at once: a question reads hundreds of these.
    spans = [tuple(map(Span._make, part)) for part in json.loads(f"[{source},{cue},{content}]")]
    return Attribution(
        id=i, article_id=article, source=spans[0], cue=spans[1], content=spans[2],
        kind=kind, stance=stance, polarity=polarity, speaker_id=speaker, within=within,
    )  # fmt: skip


def _role(row: Mapping[str, Any]) -> Role:
    return Role(
        name=row["name"],
        articles=row["articles"],
        first=read_date(row["first"]),
        last=read_date(row["last"]),
        outlets=tuple(row["outlets"]),
    )
