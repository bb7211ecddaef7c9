"""The register of an archive: under which names its articles have whom, and who that is.

It says of each article once what its attributions say again and again, so that who is who can be
told of some speakers without looking at all others. Written only as a generation is published.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date

from ..records import Mention, Naming, Place, Speaker

_CURRENT = "SELECT n FROM articles WHERE retired IS NULL"
_NAMING = "SELECT a.id, n.name, n.kind, n.members, n.gender, n.roles, n.mentions, n.speaker "
_FROM = "FROM namings n JOIN articles a ON a.n = n.article "
_COMPANY = "n.kind IN ('person', 'organisation')"
_LISTED = "IN (SELECT value FROM json_each(?))"


class Register:
    """The namings of all current articles, and their speakers.

    Args:
        connection: In a transaction, which its owner ends.
        generation: The one to come.
    """

    def __init__(self, connection: sqlite3.Connection, generation: int) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._generation = generation

    def note(self, key: str) -> str:
        """Return what was noted under a key; nothing where nothing was."""
        row = self._execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_note(self, key: str, value: str) -> None:
        """Note something about the whole register."""
        self._execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def clear(self) -> None:
        """Forget all names."""
        self._execute("DELETE FROM namings")
        self._execute("DELETE FROM tags")

    def drop(self) -> list[Naming]:
        """Forget the articles that are gone or replaced; return what they had."""
        gone = "n.article IN (SELECT n FROM articles WHERE retired IS NOT NULL)"
        found = self._namings(f"{_NAMING}{_FROM}WHERE {gone}")
        self._execute(f"DELETE FROM namings AS n WHERE {gone}")
        return found

    def mentions(self) -> Iterator[tuple[str, Mention]]:
        """Yield (article id, mention) of every named source in articles that aren't registered."""
        found = self._execute(
            "SELECT a.id, t.id, t.name, t.name_kind, t.gender, t.roles, t.members "
            "FROM attributions t JOIN articles a ON a.n = t.article "
            "WHERE t.name != '' AND a.retired IS NULL AND a.added >= ? ORDER BY t.n",
            (self._generation if self.note("linked") else 0,),
        )
        for article, attribution, name, kind, gender, roles, members in found:
            yield (
                article,
                Mention(
                    attribution_id=attribution,
                    name=name,
                    kind=kind,
                    gender=gender,
                    roles=_tuple(roles),
                    members=_pairs(members),
                ),
            )

    def put(self, namings: Iterable[tuple[Naming, str]], tags: Iterable[tuple[str, str]]) -> None:
        """Register what new articles have.

        Args:
            namings: Each with the key that its company knows it by.
            tags: What each name can be found by, and the name.
        """
        self._connection.executemany(
            "INSERT INTO namings SELECT n, ?, ?, ?, ?, ?, ?, ?, NULL FROM articles "
            "WHERE id = ? AND retired IS NULL",
            (
                (
                    one.name, one.kind, json.dumps(one.members), key, one.gender,
                    json.dumps(one.roles), one.mentions, one.article,
                )
                for one, key in namings
            ),
        )  # fmt: skip
        self._connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", tags)

    def __len__(self) -> int:
        return int(self._execute("SELECT COUNT(*) FROM namings").fetchone()[0])

    def all(self) -> list[Naming]:
        """Return every naming."""
        return self._namings(f"{_NAMING}{_FROM}")

    def of_names(self, names: Collection[str], *, company: bool = False) -> list[Naming]:
        """Return the namings by these names; those of people and bodies only where `company`."""
        kinds = f" AND {_COMPANY}" if company else ""
        return self._namings(f"{_NAMING}{_FROM}WHERE n.name {_LISTED}{kinds}", names)

    def of_speakers(self, speakers: Collection[str]) -> list[Naming]:
        """Return the namings of these speakers."""
        return self._namings(f"{_NAMING}{_FROM}WHERE n.speaker {_LISTED}", speakers)

    def _namings(self, query: str, *values: Collection[str]) -> list[Naming]:
        found = self._execute(query, [json.dumps(list(some)) for some in values])
        return [
            Naming(article, name, kind, _pairs(members), gender, _tuple(roles), mentions, speaker)
            for article, name, kind, members, gender, roles, mentions, speaker in found
        ]

    def tagged(self, tags: Collection[str]) -> set[str]:
        """Return the names that bear any of these tags."""
        found = self._execute(f"SELECT name FROM tags WHERE tag {_LISTED}", (_list(tags),))
        return {name for (name,) in found}

    def called(self, names: Collection[str]) -> set[str]:
        """Return the ids of the speakers who are shown under these names."""
        found = self._execute(f"SELECT id FROM speakers WHERE name {_LISTED}", (_list(names),))
        return {i for (i,) in found}

    def together(self, speakers: Collection[str]) -> set[str]:
        """Return the ids of those under whose names any of these speak with others."""
        found = self._execute(
            "SELECT s.id FROM speakers s WHERE s.members != '[]' AND EXISTS "
            f"(SELECT 1 FROM json_each(s.members) m WHERE m.value {_LISTED})",
            (_list(speakers),),
        )
        return {i for (i,) in found}

    def numbered(self, stems: Collection[str]) -> set[str]:
        """Return the ids that are one of these, or one of these with numbers after it."""
        found = self._execute(
            "SELECT s.id FROM json_each(?) j JOIN speakers s ON s.id = j.value UNION ALL "
            "SELECT s.id FROM json_each(?) j JOIN speakers s "
            "ON s.id >= j.value || '-0' AND s.id < j.value || '-:'",
            (_list(stems), _list(stems)),
        )
        return {i for (i,) in found}

    def company(self, articles: Collection[str]) -> dict[str, set[str]]:
        """Return the keys of the people and bodies that each of these articles has."""
        found = self._execute(
            f"SELECT a.id, n.key FROM articles a JOIN namings n ON n.article = a.n "
            f"WHERE {_COMPANY} AND a.retired IS NULL AND a.id {_LISTED}",
            (_list(articles),),
        )
        keys = defaultdict(set)
        for article, key in found:
            keys[article].add(key)
        return keys

    def companies(self) -> int:
        """Count the articles that have people or bodies."""
        query = f"SELECT COUNT(DISTINCT n.article) FROM namings n WHERE {_COMPANY}"
        return int(self._execute(query).fetchone()[0])

    def frequent(self, least: float) -> set[str]:
        """Return the keys of the people and bodies that more than so many articles have."""
        found = self._execute(
            f"SELECT n.key FROM namings n WHERE {_COMPANY} GROUP BY n.key "
            "HAVING COUNT(DISTINCT n.article) > ?",
            (least,),
        )
        return {key for (key,) in found}

    def beside(self, keys: Collection[str]) -> set[str]:
        """Return the names of the people in the articles that have any of these keys."""
        found = self._execute(
            "SELECT DISTINCT o.name FROM namings o WHERE o.kind = 'person' AND o.article IN "
            f"(SELECT n.article FROM namings n WHERE {_COMPANY} AND n.key {_LISTED})",
            (_list(keys),),
        )
        return {name for (name,) in found}

    def outlets(self) -> dict[str, tuple[date | None, str]]:
        """Return when and where each article was published, by id."""
        found = self._execute("SELECT id, published, outlet FROM articles WHERE retired IS NULL")
        return {i: (date.fromisoformat(day) if day else None, outlet) for i, day, outlet in found}

    def write(
        self,
        speakers: Iterable[Speaker],
        speaker_of: Iterable[tuple[Place, str]],
        gone: Collection[str] | None = None,
    ) -> None:
        """Put speakers in the place of others, and say whose some namings are now.

        Args:
            gone: Ids of the others; all where it is None.
        """
        listed = "" if gone is None else f" WHERE id {_LISTED}"
        values = () if gone is None else (_list(gone),)
        before = {row[0]: row for row in self._execute(f"SELECT * FROM speakers{listed}", values)}
        after = {speaker.id: _row(speaker) for speaker in speakers}
        many = self._connection.executemany
        changed = [i for i, row in before.items() if row != after.get(i)]
        many("DELETE FROM speakers WHERE id = ?", ((i,) for i in changed))
        rows = (row for i, row in after.items() if row != before.get(i))
        many("INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?)", rows)
        by_article: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        for (article, name, kind, members), speaker in speaker_of:
            by_article[article][name, kind, json.dumps(members)] = speaker
        for article, found in by_article.items():
            self._write_speakers(article, found)

    def _write_speakers(self, article: str, speaker_of: Mapping[tuple[str, ...], str]) -> None:
        """Set the speakers of an article's namings (name, kind, members), and of what they say."""
        many = self._connection.executemany
        (n,) = self._execute(
            "SELECT n FROM articles WHERE id = ? AND retired IS NULL", (article,)
        ).fetchone()
        many(
            "UPDATE namings SET speaker = ? "
            "WHERE article = ? AND name = ? AND kind = ? AND members = ?",
            ((speaker, n, *named) for named, speaker in speaker_of.items()),
        )
        stated = self._execute(
            "SELECT n, name, name_kind, members FROM attributions WHERE article = ?", (n,)
        ).fetchall()
        many(
            "UPDATE attributions SET speaker = ? WHERE n = ?",
            ((speaker_of[named], i) for i, *rest in stated if (named := tuple(rest)) in speaker_of),
        )


def _row(speaker: Speaker) -> tuple[str, ...]:
    roles = [asdict(role) for role in speaker.roles]
    return (
        speaker.id, speaker.name, speaker.kind, json.dumps(speaker.aliases),
        json.dumps(roles, default=date.isoformat), json.dumps(speaker.members),
    )  # fmt: skip


def _list(values: Collection[str]) -> str:
    return json.dumps(list(values))


def _tuple(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


def _pairs(text: str) -> tuple:  # type: ignore[type-arg]
    return tuple(map(tuple, json.loads(text))) if text != "[]" else ()
