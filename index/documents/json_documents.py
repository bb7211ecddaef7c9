"""Read .jsonl (an object a line) and .json (an object, or a list of objects) as articles."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from ..errors import DocumentError
from ..records import Article
from .encoding import LONGEST, TextFile, open_text, too_long
from .fields import Flaw, Place, make_article

_CHUNK = 2**20
_TAIL = 16
"""JSON that is merely cut off fails this near to its end, if not in a string."""

_SPACE = re.compile(r"[ \t\r\n]*")


def read_jsonl(path: Path, _name: str) -> Iterator[Article | DocumentError]:
    """Yield each line's article, or what is wrong with it; blank lines are allowed.

    Memory is bounded by the longest line, and by LONGEST.
    """
    empty = True
    with open_text(path) as file:
        while line := file.read_line():
            place = Place(path, file.line, f"{path}:{file.line}")
            read: Article | DocumentError | None
            try:
                read = _read_line(file, line, place)
            except DocumentError as error:
                read = error
            if read:
                empty = False
                yield read
    if empty:
        raise DocumentError("empty: there is no article in it", path=path)


def _read_line(file: TextFile, line: str, place: Place) -> Article | None:
    if len(line) > LONGEST:
        file.skip_line(line)
        raise too_long(place.path, place.line)
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


def read_json(path: Path, _name: str) -> Iterator[Article | DocumentError]:
    """Yield the object's article, or those of a list, which is parsed an article at a time.

    Raises:
        DocumentError: The JSON is bad; the articles before that place have been yielded.
    """
    with open_text(path) as file:
        unparsed = _Unparsed(file)
        first = unparsed.peek()
        if not first:
            raise DocumentError("empty: there is no article in it", path=path)
        if first == "[":
            yield from _read_list(unparsed, path)
            return
        place = Place(path, file.line, str(path))
        value, length = unparsed.parse()
        unparsed.drop(length)
        _expect_end(unparsed)
        yield _make_article(value, place)


def _read_list(unparsed: _Unparsed, path: Path) -> Iterator[Article | DocumentError]:
    unparsed.drop(1)
    if unparsed.peek() == "]":
        yield DocumentError("empty: the list holds no article", path=path)
    else:
        for number in itertools.count(1):
            unparsed.peek()
            place = Place(path, unparsed.file.line, f"{path}#{number}")
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
    """The part of a file that isn't parsed yet; at most about LONGEST of it is in memory."""

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
            path=self.file.path,
            line=line,
        )

    def _fill(self) -> bool:
        """Read on, as much again as is waiting; False at the file's end."""
        waiting = len(self._text) - self._at
        if waiting > LONGEST:
            raise too_long(self.file.path, self.file.line)
        more = self.file.read(min(max(_CHUNK, waiting), LONGEST + 1 - waiting))
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
