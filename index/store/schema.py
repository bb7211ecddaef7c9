"""The tables, and how a connection to them is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ..errors import ArchiveFormatError, ArchiveNotFoundError

FILE = "archive.sqlite"
FORMAT = 4

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL, published TEXT,
    url TEXT NOT NULL, origin TEXT NOT NULL, extra TEXT NOT NULL,
    added INTEGER NOT NULL, retired INTEGER, story INTEGER, signature BLOB
);
CREATE INDEX articles_by_id ON articles (id, added);
CREATE TABLE passages (
    n INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX passages_by_article ON passages (article, start);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages, vector BLOB NOT NULL, tokens BLOB NOT NULL
);
CREATE TABLE attributions (
    n INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles,
    passage INTEGER NOT NULL REFERENCES passages, id TEXT NOT NULL,
    source TEXT NOT NULL, cue TEXT NOT NULL, content TEXT NOT NULL,
    kind TEXT NOT NULL, stance TEXT NOT NULL, polarity TEXT NOT NULL, within TEXT,
    name TEXT NOT NULL, name_kind TEXT NOT NULL, speaker TEXT,
    gender TEXT NOT NULL DEFAULT '', roles TEXT NOT NULL DEFAULT '[]',
    members TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX attributions_by_article ON attributions (article);
CREATE INDEX attributions_by_passage ON attributions (passage);
CREATE INDEX passages_by_speaker ON attributions (speaker, passage);
CREATE TABLE speakers (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL,
    roles TEXT NOT NULL DEFAULT '[]', members TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE TABLE generations (n INTEGER PRIMARY KEY, stamp TEXT NOT NULL, published TEXT NOT NULL);
CREATE INDEX articles_by_story ON articles (story);
CREATE INDEX articles_by_generation ON articles (added, retired, published, outlet);
CREATE INDEX articles_by_retirement ON articles (retired);
CREATE TABLE bands (
    key INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (key, article)
) WITHOUT ROWID;
CREATE TABLE namings (
    article INTEGER NOT NULL REFERENCES articles, name TEXT NOT NULL, kind TEXT NOT NULL,
    members TEXT NOT NULL, key TEXT NOT NULL, gender TEXT NOT NULL, roles TEXT NOT NULL,
    mentions INTEGER NOT NULL, speaker TEXT, PRIMARY KEY (article, name, kind, members)
) WITHOUT ROWID;
CREATE INDEX namings_by_name ON namings (name);
CREATE INDEX namings_by_key ON namings (key, article) WHERE kind IN ('person', 'organisation');
CREATE INDEX namings_by_speaker ON namings (speaker);
CREATE INDEX speakers_together ON speakers (members) WHERE members != '[]';
CREATE TABLE tags (tag TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (tag, name)) WITHOUT ROWID;
"""

MIGRATIONS = {
    1: """
CREATE TABLE generations (n INTEGER PRIMARY KEY, stamp TEXT NOT NULL, published TEXT NOT NULL);
ALTER TABLE articles ADD COLUMN story INTEGER;
ALTER TABLE articles ADD COLUMN signature BLOB;
CREATE INDEX articles_by_story ON articles (story);
CREATE TABLE bands (
    key INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (key, article)
) WITHOUT ROWID;
""",
    2: """
ALTER TABLE attributions ADD COLUMN gender TEXT NOT NULL DEFAULT '';
ALTER TABLE attributions ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';
ALTER TABLE attributions ADD COLUMN members TEXT NOT NULL DEFAULT '[]';
ALTER TABLE speakers ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';
ALTER TABLE speakers ADD COLUMN members TEXT NOT NULL DEFAULT '[]';
CREATE INDEX IF NOT EXISTS articles_by_generation ON articles (added, retired, published, outlet);
CREATE INDEX IF NOT EXISTS articles_by_retirement ON articles (retired);
""",
    3: """
CREATE TABLE namings (
    article INTEGER NOT NULL REFERENCES articles, name TEXT NOT NULL, kind TEXT NOT NULL,
    members TEXT NOT NULL, key TEXT NOT NULL, gender TEXT NOT NULL, roles TEXT NOT NULL,
    mentions INTEGER NOT NULL, speaker TEXT, PRIMARY KEY (article, name, kind, members)
) WITHOUT ROWID;
CREATE INDEX namings_by_name ON namings (name);
CREATE INDEX namings_by_key ON namings (key, article) WHERE kind IN ('person', 'organisation');
CREATE INDEX namings_by_speaker ON namings (speaker);
CREATE INDEX speakers_together ON speakers (members) WHERE members != '[]';
CREATE TABLE tags (tag TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (tag, name)) WITHOUT ROWID;
""",
}
"""What brings an archive of a format to the next one."""


INDEXES = """
DROP INDEX IF EXISTS attributions_by_speaker;
CREATE INDEX IF NOT EXISTS passages_by_speaker ON attributions (speaker, passage);
"""
"""What an archive of this format may lack and gets from the next build; before, it is slower."""


def connect(folder: Path, *, make: bool = False) -> sqlite3.Connection:
    """Open the archive's file, in WAL mode: readers and the writer don't wait for one another.

    Raises:
        ArchiveNotFoundError: There is none, and `make` isn't set.
        ArchiveFormatError: The file isn't a database.
    """
    path = folder / FILE
    if not make and not path.is_file():
        raise ArchiveNotFoundError(
            "there is no archive here; make one with: onrecord build SOURCE --archive FOLDER",
            path=folder,
        )
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise damaged(error, path) from error
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA mmap_size = 1073741824")
    return connection


def read_meta(connection: sqlite3.Connection, folder: Path) -> dict[str, str]:
    """Return what holds for the whole archive, by key.

    Raises:
        ArchiveNotFoundError: Nothing was written to it yet.
        ArchiveFormatError: This is no archive, or one of another format version.
    """
    try:
        is_empty = not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        meta = {} if is_empty else dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError as error:
        raise damaged(error, folder / FILE) from error
    if is_empty:
        raise ArchiveNotFoundError(
            "the archive's first build didn't finish; run the build again", path=folder
        )
    found = meta.get("format", "")
    if found.isdecimal() and int(found) in MIGRATIONS:
        raise ArchiveFormatError(
            f"the archive has the older format {found}; bring it up to date with: onrecord check "
            f"--repair --archive {folder}",
            path=folder,
        )
    if found != str(FORMAT):
        raise ArchiveFormatError(
            f"the archive has format {found or 'unknown'}, this version reads {FORMAT}; open it "
            "with the version of OnRecord that wrote it, or build a new archive in another folder",
            path=folder,
        )
    return meta


def statements(script: str) -> list[str]:
    """Return the statements of a script, one by one, so that they fit in one transaction."""
    return [part for part in map(str.strip, script.split(";")) if part]


def damaged(error: sqlite3.DatabaseError, path: Path) -> ArchiveFormatError:
    """Make the error of ours for one of SQLite's about a file that it can't read."""
    return ArchiveFormatError(
        f"this is no archive, or a damaged one ({error}); restore it from a copy, or build a new "
        "archive in another folder",
        path=path,
    )


def upgrade(folder: Path) -> list[int]:
    """Bring an archive to this format; return the older one that it had, if it had.

    The caller holds the archive's lock.

    Raises:
        ArchiveNotFoundError: There is no archive.
        ArchiveError: It can't be written.
    """
    connection = connect(folder)
    try:
        connection.execute("BEGIN IMMEDIATE")
        found = migrate(connection)
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise damaged(error, folder / FILE) from error
    finally:
        connection.close()
    return found


def migrate(connection: sqlite3.Connection) -> list[int]:
    """Bring an archive of an older format to this one; the caller's transaction holds it.

    Returns:
        The format that it had, where it was an older one.
    """
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except sqlite3.DatabaseError:
        return []  # no archive of ours: who reads it next says so
    number = int(row[0]) if row and row[0].isdecimal() else FORMAT
    older = [number] if number in MIGRATIONS else []
    while number in MIGRATIONS:
        for statement in statements(MIGRATIONS[number]):
            connection.execute(statement)
        number += 1
        connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(number),))
    return older
