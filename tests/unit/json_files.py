"""JSON as a file holds it, and what is read of it: articles, or errors in their places."""

from __future__ import annotations

from pathlib import Path

from index import documents
from index.errors import DocumentError
from index.records import Article

FULL = {
    "id": 17,
    "title": "Ferry late",
    "text": " The ferry is late.\r\n",
    "date": "9 April 2031",
    "publisher": "Ostrey Herald",
    "authors": ["Ida O'Dell", "Tom Bray"],
    "url": "https://herald.example/ferry",
    "section": {"name": "Harbour", "rank": [1, 2.5, None]},
    "paid": False,
    "lead": None,
}


def read_items(
    folder: Path, content: str | bytes, name: str = "a.jsonl"
) -> list[Article | DocumentError]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(documents.read(path))


def read_reason(folder: Path, content: str, name: str = "a.jsonl") -> str:
    [item] = read_items(folder, content, name)
    assert isinstance(item, DocumentError), item
    return item.reason


def places(items: list[Article | DocumentError]) -> list[str | int | None]:
    """Return each article's text, and each error's line."""
    return [item.text if isinstance(item, Article) else item.line for item in items]
