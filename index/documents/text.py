"""Read .txt and .md files: one article a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import DocumentError
from ..records import Article
from .encoding import open_text
from .fields import NAMES, Place, make_article
from .sources import Source

_DATED = re.compile(r" ?date (\d{4}-\d\d-\d\d)(?: |\r?\n)", re.ASCII)
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\n|\r\n|\Z)", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_HEADING = re.compile(r"\s*^ {0,3}#[ \t]+(.*)$", re.MULTILINE)


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the file's article, whose id is its place unless its front matter gives one.

    The text may follow "date 2023-03-10 ", or front matter: lines of `key: value` between two
    lines of `---`, among them one field of an article at least. Neither is part of the text, and
    nothing else is taken from it. A Markdown file without a title has that of its first heading
    if the text begins with it, where it stays.
    """
    with open_text(source) as file:
        whole = file.read(source.limits.characters + 1)
        if len(whole) > source.limits.characters:
            raise file.too_long()
        file.take(whole)
    fields, start = _read_head(whole, source)
    body = whole[start:]
    if source.suffix == ".md" and "title" not in fields and (found := _HEADING.match(body)):
        fields["title"] = _trim(found[1])
    yield make_article(fields | {"text": body}, Place(source), source.place)


def _read_head(whole: str, source: Source) -> tuple[dict[str, object], int]:
    """Return what stands before the text as fields, and where the text begins."""
    if found := _DATED.match(whole):
        return {"published": found[1]}, found.end()
    if found := _FRONT.match(whole):
        lines = [line.rstrip("\r") for line in found[1].split("\n")]
        keys = {_fold(pair[1]) for pair in map(_PAIR.fullmatch, lines) if pair}
        if keys & NAMES:
            return _read_front(lines, source), found.end()
    return {}, 0


def _read_front(lines: list[str], source: Source) -> dict[str, object]:
    fields: dict[str, object] = {}
    items: list[str] | None = None
    for number, line in enumerate(lines, start=2):
        if not line.strip() or line.startswith("#"):
            continue
        if (item := _ITEM.fullmatch(line)) and items is not None:
            items.append(_unquote(item[1]))
            continue
        pair = _PAIR.fullmatch(line)
        if not pair:
            reason = "the front matter has a line that isn't `key: value`; correct or remove it"
            raise Place(source, number).error(reason)
        key = _fold(pair[1])
        if key in fields or key == "text":
            reason = f"the front matter gives `{key}` twice, or the text itself; remove it"
            raise Place(source, number).error(reason)
        value = _unquote(pair[2] or "")
        items = None if value else []
        fields[key] = value if items is None else items
    return {key: value for key, value in fields.items() if value}


def _trim(heading: str) -> str:
    """Drop the white space around a heading and the marks that may close it."""
    heading = heading.strip()
    opened = heading.rstrip("#")
    return opened.rstrip() if opened.endswith((" ", "\t")) or not opened else heading


def _fold(key: str) -> str:
    return key.lower() if key.lower() in NAMES else key


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace("''", "'") if value[0] == "'" else inner.replace('\\"', '"')
    return value
