"""Large archives out of a small one: its articles again and again, each vector moved a little.

A copy has its article's text, passages, token vectors and attributions. Its passages' vectors are
the article's own with noise of half their length, so that two copies of a passage have a cosine
of .8, as passages on one topic have; its speakers are others in each tenth copy. Nothing is
encoded.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from index.token_vectors import TokenVectors

NOISE = 0.5
VARIANTS = 10

_CHANGED = {
    "articles": {
        "n": "n + :copy * :articles",
        "id": "id || '~' || :copy",
        "story": "n + :copy * :articles",
    },
    "passages": {"n": "n + :copy * :passages", "article": "article + :copy * :articles"},
    "attributions": {
        "n": "n + :copy * :attributions",
        "article": "article + :copy * :articles",
        "passage": "passage + :copy * :passages",
        "name": "name || :variant",
        "speaker": "speaker || :variant",
    },
    "speakers": {"id": "id || :variant", "name": "name || :variant"},
}
_NUMBERED = ("articles", "passages", "attributions")


def multiply(source: Path, target: Path, passages: int, tokens: int = 512) -> int:
    """Write an archive of about so many passages to `target`; return how many there are.

    Args:
        tokens: Most token vectors kept of each copied passage.
    """
    target.mkdir(parents=True)
    with closing(sqlite3.connect(source / "archive.sqlite")) as small:
        small.execute("VACUUM INTO ?", (str(target / "archive.sqlite"),))
    with closing(sqlite3.connect(target / "archive.sqlite", isolation_level=None)) as large:
        large.execute("PRAGMA synchronous = OFF")
        sizes = {
            table: large.execute(f"SELECT MAX(n) FROM {table}").fetchone()[0] for table in _NUMBERED
        }
        copying = [_copy(large, table, f"n <= :{table}") for table in _NUMBERED]
        rows = large.execute("SELECT passage, vector, tokens FROM vectors").fetchall()
        vectors = np.stack([np.frombuffer(vector, "<f4") for _, vector, _ in rows])
        numbers = [n for n, _, _ in rows]
        cut = [_cut(data, tokens) for _, _, data in rows]
        rng = np.random.default_rng(0)
        copies = max(1, round(passages / len(rows)))
        for copy in range(1, copies):
            variant = f"~{copy % VARIANTS}" if copy % VARIANTS else ""
            values = {**sizes, "copy": copy, "variant": variant}
            large.execute("BEGIN")
            for statement in copying:
                large.execute(statement, values)
            noise = rng.normal(size=vectors.shape) * NOISE / np.sqrt(vectors.shape[1])
            moved = vectors + noise.astype(np.float32)
            moved /= np.linalg.norm(moved, axis=1, keepdims=True)
            large.executemany(
                "INSERT INTO vectors VALUES (?, ?, ?)",
                (
                    (n + copy * sizes["passages"], vector.tobytes(), data)
                    for n, vector, data in zip(numbers, moved, cut, strict=True)
                ),
            )
            if copy < VARIANTS:
                large.execute(_copy(large, "speakers", "instr(id, '~') = 0"), values)
            large.execute("COMMIT")
        stamp = f"copies{copies}"
        large.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (stamp,))
        # Its register has one copy only: without this mark the next update makes it anew.
        large.executescript("DELETE FROM meta WHERE key = 'linked'; DELETE FROM generations")
        large.execute(
            "INSERT INTO generations SELECT CAST(value AS INTEGER), ?, '2031-01-01T00:00:00+00:00' "
            "FROM meta WHERE key = 'generation'",
            (stamp,),
        )
        large.execute("PRAGMA journal_mode = WAL")
    return copies * len(rows)


def _copy(connection: sqlite3.Connection, table: str, where: str) -> str:
    """Return the statement that adds one copy of a table's first rows."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(_CHANGED[table].get(name, f'"{name}"') for name in names)
    return f"INSERT INTO {table} SELECT {kept} FROM {table} WHERE {where}"


def _cut(data: bytes, tokens: int) -> bytes:
    return TokenVectors(*(part[:tokens] for part in TokenVectors.from_bytes(data))).to_bytes()
