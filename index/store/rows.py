"""Records to rows of the tables, and rows gone again; no transaction of its own."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..records import Article, Attribution, Mention, Passage
from ..token_vectors import TokenVectors


class Row(NamedTuple):
    """One passage with its vectors and the attributions whose content begins in it."""

    passage: Passage
    vector: npt.NDArray[np.float32]
    tokens: TokenVectors
    attributions: Sequence[tuple[Attribution, Mention | None]]


def digest(article: Article) -> str:
    """Return a sha256 of all that a reader of the article would see, in hex."""
    seen = (
        article.title, article.text, article.outlet, article.author, str(article.published),
        article.url, json.dumps(article.extra, sort_keys=True),
    )  # fmt: skip
    return hashlib.sha256("\0".join(seen).encode()).hexdigest()


def insert(
    connection: sqlite3.Connection, article: Article, rows: Sequence[Row], generation: int
) -> None:
    """Write an article with all that was found in it, as added in a generation."""
    n = connection.execute(
        "INSERT INTO articles (id, digest, title, text, outlet, author, published, url, origin, "
        "extra, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id, digest(article), article.title, article.text, article.outlet,
            article.author, article.published and article.published.isoformat(), article.url,
            article.origin, json.dumps(article.extra, sort_keys=True), generation,
        ),
    ).lastrowid  # fmt: skip
    found = []
    for row in rows:
        passage = connection.execute(
            'INSERT INTO passages (article, start, "end") VALUES (?, ?, ?)', (n, *row.passage.span)
        ).lastrowid
        connection.execute(
            "INSERT INTO vectors VALUES (?, ?, ?)",
            (passage, row.vector.astype("<f4").tobytes(), row.tokens.to_bytes()),
        )
        found += [(passage, *pair) for pair in row.attributions]
    for passage, attribution, mention in sorted(found, key=lambda f: f[1].content[0]):
        connection.execute(
            "INSERT INTO attributions (article, passage, id, source, cue, content, kind, "
            "stance, polarity, within, name, name_kind, gender, roles, members) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                n, passage, attribution.id, *map(json.dumps, (attribution.source,
                attribution.cue, attribution.content)), attribution.kind, attribution.stance,
                attribution.polarity, attribution.within, mention.name if mention else "",
                mention.kind if mention else "unnamed", mention.gender if mention else "",
                json.dumps(mention.roles if mention else ()),
                json.dumps(mention.members if mention else ()),
            ),
        )  # fmt: skip


def delete(connection: sqlite3.Connection, n: int) -> None:
    """Delete the article of a number with all that was found in it."""
    connection.execute("DELETE FROM attributions WHERE article = ?", (n,))
    connection.execute("DELETE FROM namings WHERE article = ?", (n,))
    delete_vectors(connection, n)
    connection.execute("DELETE FROM passages WHERE article = ?", (n,))
    connection.execute("DELETE FROM bands WHERE article = ?", (n,))
    connection.execute("DELETE FROM articles WHERE n = ?", (n,))


def delete_vectors(connection: sqlite3.Connection, n: int) -> None:
    """Delete an article's vectors only: it is no longer searched, and may still be read."""
    connection.execute(
        "DELETE FROM vectors WHERE passage IN (SELECT n FROM passages WHERE article = ?)", (n,)
    )
