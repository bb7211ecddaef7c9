"""Rows of the table of articles to records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from ..records import Article

COLUMNS = "a.id, a.text, a.title, a.outlet, a.author, a.published, a.url, a.origin, a.extra"
"""What `read_article` reads, of `articles a`."""


def read_article(row: Sequence) -> Article:  # type: ignore[type-arg]
    """Return the article of a row of `COLUMNS`."""
    i, text, title, outlet, author, published, url, origin, extra = row
    return Article(
        id=i, text=text, title=title, outlet=outlet, author=author, published=read_date(published),
        url=url, origin=origin, extra=json.loads(extra),
    )  # fmt: skip


def read_date(text: str | None) -> date | None:
    """Return a day written as ISO 8601; None for none."""
    return date.fromisoformat(text) if text else None
