"""Make an article from the named fields of a document, whatever its format."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..errors import DocumentError
from ..records import Article
from .dates import read_day
from .sources import Source

PUBLISHED = ("published", "date")
OUTLET = ("outlet", "publisher", "source")
AUTHOR = ("author", "authors")
NAMES = frozenset({"id", "title", "text", "url", *PUBLISHED, *OUTLET, *AUTHOR})
"""The fields that an article is made from; of several names for one, the first given counts."""

NESTED = 64
"""Most objects and lists inside one another in a field that is kept as it is."""

_OVERRIDE = re.compile("[\u202d\u202e]")
"""These make a line show other words than it holds, and no news needs them."""

_MISSING = object()

_KINDS = {
    dict: "an object", list: "a list", bool: "true or false", int: "a number",
    float: "a number", str: "a string",
}  # fmt: skip


class Place(NamedTuple):
    """Where in the sources an article stands.

    Attributes:
        line: For errors, from 1; None where the whole file is meant.
        number: Among the articles of the file, from 1, where lines don't tell them apart.
    """

    source: Source
    line: int | None = None
    number: int | None = None

    @property
    def origin(self) -> str:
        """Return what `Article.origin` holds: the file, and where in it."""
        if self.number is not None:
            return f"{self.source.path}#{self.number}"
        return str(self.source.path) if self.line is None else f"{self.source.path}:{self.line}"

    def error(self, reason: str) -> DocumentError:
        """Make the error for the article that stands here."""
        return DocumentError(reason, path=self.source.path, line=self.line)


class Flaw(NamedTuple):
    """Stands in a field for a value that could be parsed and yet is of no use.

    Attributes:
        reason: What is wrong with it, to follow the field's name.
    """

    reason: str


def make_article(fields: Mapping[str, object], place: Place, name: str = "") -> Article:
    """Make the article; `text` is required, and fields of other names go to `Article.extra`.

    Where the source has a field map, the fields that it names are moved first.

    Null and empty fields count as not given. A date that can't be read, or that could mean two
    days, leaves `published` at None and stays in `extra["published"]` as it was written. Without
    an id of its own the article gets `name`, or for want of that 16 hex digits of a SHA-256 over
    url, title, published and text.

    Raises:
        DocumentError: No text or too much of it, a field of a wrong type, or one that can't be
            stored as UTF-8.
    """
    for field, value in fields.items():
        _check_value(field, value, place)
    fields = _move(fields, place.source.field_map)
    left = {k: v for k, v in fields.items() if k not in NAMES or v not in (None, "", [])}
    text = _take_text(left, place)
    title = _take(left, ("title",), place)
    url = _take(left, ("url",), place)
    published = _take_published(left, place)
    return Article(
        id=_take_id(left, place) or name or _hash(url, title, str(published or ""), text),
        text=text,
        title=title,
        outlet=_take(left, OUTLET, place),
        author=_take_author(left, place),
        published=published,
        url=url,
        origin=place.origin,
        extra=left,
    )


def find(fields: Mapping[str, object], path: str) -> object:
    """Return the field at `path`, each dot of which may lead into an object; None if not there."""
    value = fields.get(path, _MISSING)
    if value is not _MISSING:
        return value
    first, dot, rest = path.partition(".")
    inner = fields.get(first)
    return find(inner, rest) if dot and isinstance(inner, dict) else None


def _move(fields: Mapping[str, object], field_map: Mapping[str, str]) -> dict[str, object]:
    """Return the fields with those that `field_map` names under their names here."""
    found = {name: find(fields, path) for name, path in field_map.items() if name != "articles"}
    moved = {name: value for name, value in found.items() if value not in (None, "", [])}
    rest = {k: v for k, v in fields.items() if k not in {field_map[name] for name in moved}}
    return rest | moved


def _take_text(left: dict[str, object], place: Place) -> str:
    if "text" not in left:
        names = ", ".join(sorted(ascii(name)[1:-1] for name in left.keys() - NAMES))[:200]
        hint = f"; if one of these is it, name it by --map text=NAME: {names}" if names else ""
        raise place.error(f"no text: an article needs a `text` that isn't empty{hint}")
    text = left.pop("text")
    if not isinstance(text, str):
        raise _wrong_type("text", text, "a string", place)
    if not text.strip():
        raise place.error("no text: there is only white space")
    if len(text) > place.source.limits.characters:
        raise place.error(
            f"longer than {place.source.limits.characters:,} characters; split it into its "
            "articles, or raise the limit `characters`"
        )
    return text


def _take(left: dict[str, object], names: tuple[str, ...], place: Place) -> str:
    """Remove and return the first of `names` that is given, or an empty string."""
    name = next((name for name in names if name in left), None)
    if name is None:
        return ""
    value = left.pop(name)
    if not isinstance(value, str):
        raise _wrong_type(name, value, "a string", place)
    return value


def _take_author(left: dict[str, object], place: Place) -> str:
    name = next((name for name in AUTHOR if name in left), None)
    if name is None:
        return ""
    value = left.pop(name)
    authors: list[str] = []
    for author in value if isinstance(value, list) else [value]:
        if not isinstance(author, str):
            raise _wrong_type(name, author, "a string or a list of strings", place)
        authors.append(author)
    return ", ".join(author for author in authors if author)


def _take_published(left: dict[str, object], place: Place) -> date | None:
    for name in PUBLISHED:
        value = left.get(name, "")
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise _wrong_type(name, value, "a string", place)
        if day := read_day(str(value)):
            del left[name]
            return day
    if "published" not in left and "date" in left:
        left["published"] = left.pop("date")
    return None


def _take_id(left: dict[str, object], place: Place) -> str:
    value = left.pop("id", "")
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise _wrong_type("id", value, "a string or a whole number", place)
    return str(value) if str(value).strip() else ""


def _hash(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _wrong_type(name: str, value: object, expected: str, place: Place) -> DocumentError:
    found = _KINDS.get(type(value), "null")
    return place.error(f"`{name}` must be {expected}, not {found}")


def _check_value(field: str, value: object, place: Place) -> None:
    """Raise the DocumentError for what no archive can store or give back as it was."""
    for part, depth in _walk(field, value):
        reason = _find_flaw(part)
        if isinstance(part, str) and field in NAMES and (found := _OVERRIDE.search(part)):
            reason = (
                f"holds U+{ord(found[0]):04X}, which makes it show other words than it holds; "
                "remove it"
            )
        if depth > NESTED and isinstance(part, dict | list):
            reason = f"is nested deeper than {NESTED} levels"
        if reason:
            name = field if field.isprintable() else ascii(field)
            raise place.error(f"`{name[:40]}` {reason}")


def _walk(field: str, value: object) -> Iterator[tuple[object, int]]:
    """Yield every key and value with its depth; not by recursion, which hostile input breaks."""
    waiting: list[tuple[object, int]] = [(field, 0), (value, 1)]
    while waiting:
        part, depth = waiting.pop()
        yield part, depth
        if isinstance(part, dict):
            waiting += ((inner, depth + 1) for pair in part.items() for inner in pair)
        elif isinstance(part, list):
            waiting += ((inner, depth + 1) for inner in part)


def _find_flaw(part: object) -> str:
    if isinstance(part, Flaw):
        return part.reason
    if isinstance(part, float) and not math.isfinite(part):
        return "holds a number that JSON doesn't have (NaN or infinite); write null"
    if not isinstance(part, str):
        return ""
    if "\0" in part:
        return "holds a NUL character; is this text, in UTF-8 or in UTF-16 with its mark?"
    try:
        part.encode()
    except UnicodeEncodeError as error:
        return f"holds half a character (\\u{ord(part[error.start]):04x}); write both or neither"
    return ""
