"""Read .jsonl (an object a line) and .json (an object, or a list of objects) as articles."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator

from ..errors import DocumentError
from ..records import Article
from .encoding import TextFile, open_text
from .fields import Flaw, Place, find, make_article
from .sources import Source

_CHUNK = 2**20
_TAIL = 16
"""JSON that is merely cut off fails this near to its end, if not in a string."""

_SPACE = re.compile(r"[ \t\r\n]*")


def read_jsonl(source: Source) -> Iterator[Article | DocumentError]:
    """Yield each line's article, or what is wrong with it; blank lines are allowed.

    Memory is bounded by the longest line, and by `Limits.characters`.
    """
    empty = True
    with open_text(source) as file:
        while line := file.read_line():
            place = Place(source, file.line)
            read: Article | DocumentError | None
            try:
                read = _read_line(file, line, place)
            except DocumentError as error:
                read = error
            if read:
                empty = False
                yield read
    if empty:
        raise source.error("empty: there is no article in it")


def _read_line(file: TextFile, line: str, place: Place) -> Article | None:
    if len(line) > place.source.limits.characters:
        file.skip_line(line)
        raise file.too_long(place.line)
    file.take(line)
    line = line.rstrip(" \t\r\n")
    if not line:
        return None
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise place.error(f"bad JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise place.error("bad JSON: too deeply nested") from error
    return _make_article(value, place)


def read_json(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the object's article, or those of a list, which is parsed an article at a time.

    Where the field map says which list in the object holds the articles, these are yielded.

    Raises:
        DocumentError: The JSON is bad; the articles before that place have been yielded.
    """
    with open_text(source) as file:
        unparsed = _Unparsed(file)
        first = unparsed.peek()
        if not first:
            raise source.error("empty: there is no article in it")
        if first == "[":
            yield from _read_list(unparsed, source)
            return
        place = Place(source, file.line)
        value, length = unparsed.parse()
        unparsed.drop(length)
        _expect_end(unparsed)
        if isinstance(value, dict) and "articles" in source.field_map:
            yield from _read_inner(value, source)
        else:
            yield _make_article(value, place._replace(line=None))


def _read_inner(value: dict[str, object], source: Source) -> Iterator[Article | DocumentError]:
    path = source.field_map["articles"]
    inner = find(value, path)
    if not isinstance(inner, list) or not inner:
        raise source.error(f"no list of articles is at `{path}`; correct `articles` in --map")
    for number, item in enumerate(inner, start=1):
        try:
            yield _make_article(item, Place(source, None, number))
        except DocumentError as error:
            yield DocumentError(f"article {number}: {error.reason}", path=source.path)


def _read_list(unparsed: _Unparsed, source: Source) -> Iterator[Article | DocumentError]:
    unparsed.drop(1)
    if unparsed.peek() == "]":
        yield source.error("empty: the list holds no article")
    else:
        for number in itertools.count(1):
            unparsed.peek()
            place = Place(source, unparsed.file.line, number)
            value, length = unparsed.parse()
            try:
                unparsed.drop(length)
                yield _make_article(value, place)
            except DocumentError as error:
                yield error
            if unparsed.peek() != ",":
                break
            unparsed.drop(1)
    if unparsed.peek() != "]":
        raise unparsed.error("Expecting ',' or ']'")
    unparsed.drop(1)
    _expect_end(unparsed)


def _expect_end(unparsed: _Unparsed) -> None:
    if unparsed.peek():
        raise unparsed.error("Extra data (one object a line is .jsonl, so rename it if it is that)")


class _Unparsed:
    """The part of a file that isn't parsed yet; no more than the longest article is in memory."""

    def __init__(self, file: TextFile) -> None:
        self.file = file
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """Drop white space; return the character after it, or nothing at the file's end."""
        more = True
        while more:
            space = _SPACE.match(self._text, self._at)
            self.drop(len(space[0]) if space else 0)
            more = self._at == len(self._text) and self._fill()
        return self._text[self._at : self._at + 1]

    def drop(self, length: int) -> None:
        """Go on behind the next `length` characters; raises as `TextFile.take` does."""
        start, self._at = self._at, self._at + length
        self.file.take(self._text[start : self._at])

    def parse(self) -> tuple[object, int]:
        """Return the value that begins here and its length."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos > len(self._text) - _TAIL
                if not (cut and self._fill()):
                    raise self.error(error.msg, error.pos) from error
            except RecursionError as error:
                raise self.error("too deeply nested") from error
            else:
                if end < len(self._text) or not self._fill():
                    return value, end - self._at

    def error(self, reason: str, at: int | None = None) -> DocumentError:
        """Make the error for bad JSON; raises instead if it comes from a bad encoding."""
        at = self._at if at is None else at
        before = self._text[self._at : at]
        line, offset = self.file.line + before.count("\n"), self.file.offset
        offset += self.file.measure(before)
        self.file.take(self._text[self._at : at + 1])
        return DocumentError(
            f"bad JSON: {reason} at byte offset {offset}; nothing from there on can be read",
            path=self.file.source.path,
            line=line,
        )

    def _fill(self) -> bool:
        """Read on, as much again as is waiting; False at the file's end."""
        waiting = len(self._text) - self._at
        longest = self.file.source.limits.characters
        if waiting > longest:
            raise self.file.too_long(self.file.line)
        more = self.file.read(min(max(_CHUNK, waiting), longest + 1 - waiting))
        if more:
            self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)


def _make_article(value: object, place: Place) -> Article:
    if isinstance(value, Flaw):
        raise place.error(f"the object {value.reason}")
    if not isinstance(value, dict):
        raise place.error('not an object: an article is {"title": "...", "text": "...", ...}')
    return make_article(value, place)


def _make_object(pairs: list[tuple[str, object]]) -> dict[str, object] | Flaw:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    return Flaw("gives a field twice; keep one of them")


def _make_integer(digits: str) -> int | Flaw:
    try:
        return int(digits)
    except ValueError:
        return Flaw(f"holds a number of {len(digits)} digits; write it as a string")


_DECODER = json.JSONDecoder(object_pairs_hook=_make_object, parse_int=_make_integer)
