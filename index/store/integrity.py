"""Look for what can't be true in the records: sums, spans, vectors, generations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import numpy as np

from ..token_vectors import DIMENSION
from .articles import COLUMNS, read_article
from .reader import Reader
from .rows import digest

UNIT = 0.01
"""How far a stored vector's length may be from 1; those of half-precision models are rounded."""

_ONE_BY_ONE = (
    (
        # What an unfinished build added waits under the generation to come.
        "SELECT a.id FROM articles a WHERE a.added > :generation + 1 OR a.retired <= a.added",
        "article {}: its generations can't be",
    ),
    (
        (
            "SELECT a.id FROM articles a WHERE a.added <= :generation AND a.retired IS NULL "
            "GROUP BY a.id HAVING COUNT(*) > 1"
        ),
        "article {}: it is there twice",
    ),
    (
        (
            "SELECT a.id FROM passages p JOIN articles a ON a.n = p.article "
            "LEFT JOIN vectors v ON v.passage = p.n WHERE v.passage IS NULL AND a.retired IS NULL"
        ),
        "article {}: a passage has no vectors",
    ),
    (
        (
            "SELECT t.id FROM attributions t JOIN passages p ON p.n = t.passage "
            "WHERE p.article != t.article"
        ),
        "attribution {}: its passage is another article's",
    ),
    (
        (
            "SELECT t.id FROM attributions t WHERE t.speaker IS NOT NULL "
            "AND t.speaker NOT IN (SELECT id FROM speakers) AND t.article IN "
            "(SELECT n FROM articles WHERE retired IS NULL)"
        ),
        "attribution {}: its speaker isn't known",
    ),
    (
        (
            "SELECT n.name FROM namings n LEFT JOIN speakers s ON s.id = n.speaker "
            "WHERE s.id IS NULL"
        ),
        "name {}: its speaker isn't known",
    ),
)


def find_problems(reader: Reader) -> Iterator[str]:
    """Yield what is wrong with the records, each as a sentence.

    Every text's sum, every span, every vector is looked at: about a second for 1,000 articles.
    """
    connection = reader.connection
    try:
        yield from (
            f"the database is damaged: {text}"
            for (text,) in connection.execute("PRAGMA quick_check(10)")
            if text != "ok"
        )
        yield from (
            f"the database is damaged: a row of {table} refers to none of {parent}"
            for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
        )
        for query, message in _ONE_BY_ONE:
            for (name,) in connection.execute(query, {"generation": reader.generation}):
                yield message.format(name)
        yield from _in_articles(connection)
        yield from _in_vectors(connection, int(reader.meta["dimension"]))
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        yield f"the database is damaged: {error}"


def _in_articles(connection: sqlite3.Connection) -> Iterator[str]:
    for (n,) in connection.execute("SELECT n FROM articles ORDER BY n").fetchall():
        row = connection.execute(
            f"SELECT a.digest, {COLUMNS} FROM articles a WHERE n = ?", (n,)
        ).fetchone()
        article = read_article(row[1:])
        if digest(article) != row[0]:
            yield f"article {article.id}: its text isn't the one that was stored"
        size = len(article.text)
        passages = connection.execute(
            'SELECT start, "end" FROM passages WHERE article = ?', (n,)
        ).fetchall()
        stated = connection.execute(
            "SELECT id, source, cue, content FROM attributions WHERE article = ?", (n,)
        ).fetchall()
        if not all(0 <= start < end <= size for start, end in passages):
            yield f"article {article.id}: a passage lies outside of it"
        for name, *spans in stated:
            found = [span for part in spans for span in json.loads(part)]
            if not all(0 <= start < end <= size for start, end in found):
                yield f"attribution {name}: it lies outside of its article"


def _in_vectors(connection: sqlite3.Connection, dimension: int) -> Iterator[str]:
    for n, vector, tokens in connection.execute("SELECT passage, vector, tokens FROM vectors"):
        numbers = np.frombuffer(vector, "<f4") if len(vector) == 4 * dimension else np.zeros(1)
        if abs(float(np.linalg.norm(numbers)) - 1) > UNIT:
            yield f"passage {n}: its vector isn't one of {dimension} numbers and length 1"
        if len(tokens) % (8 + DIMENSION // 2):
            yield f"passage {n}: its tokens' vectors are cut off"
