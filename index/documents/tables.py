"""Read .csv and .tsv: a line of field names, then an article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from ..errors import DocumentError
from ..records import Article
from .encoding import TextFile, open_text
from .fields import NAMES, Place, make_article
from .sources import Source

_SEPARATORS = ",;\t|"


def read_csv(source: Source) -> Iterator[Article | DocumentError]:
    """Yield each row's article; fields are separated by what separates most of the first line.

    Fields may hold line ends between quotation marks, as RFC 4180 says. Memory is bounded by the
    longest row, and by `Limits.characters`.

    Raises:
        DocumentError: There is no row, no column of texts, or a row that doesn't end within the
            limit; the articles before it have been yielded.
    """
    with open_text(source) as file:
        yield from _read(_Rows(file, ""))


def read_tsv(source: Source) -> Iterator[Article | DocumentError]:
    """Do the same, with tabs between the fields."""
    with open_text(source) as file:
        yield from _read(_Rows(file, "\t"))


def _read(rows: _Rows) -> Iterator[Article | DocumentError]:
    source, empty = rows.source, True
    names = rows.read_names()
    while True:
        place = Place(source, rows.line)
        read: Article | DocumentError | None
        try:
            row = rows.read()
            if row is None:
                break
            read = _make(names, row, place)
        except csv.Error as error:
            read = place.error(f"bad table: {error}; correct the quotation marks of this row")
        except DocumentError as error:
            read = error
        if rows.lost:
            raise rows.lost
        if read:
            empty = False
            yield read
    if empty:
        raise source.error("empty: there is no row below the names of the fields")


def _make(names: list[str], row: list[str], place: Place) -> Article | None:
    if not row:
        return None
    if len(row) != len(names):
        raise place.error(
            f"has {len(row)} fields where the first line names {len(names)}; put quotation marks "
            "around a field that holds the separator or a line end"
        )
    return make_article(dict(zip(names, row, strict=True)), place)


class _Rows:
    """The rows of a table.

    Attributes:
        line: The next row's line, from 1.
        lost: Why no more can be read, once that is so.
    """

    def __init__(self, file: TextFile, separator: str) -> None:
        self.source = file.source
        self.lost: DocumentError | None = None
        self._file = file
        self._length = 0
        self._begun = 1
        self._flaw: DocumentError | None = None
        self._head = next(self._lines(), "")
        self._separator = separator or max(_SEPARATORS, key=self._head.count)
        csv.field_size_limit(max(csv.field_size_limit(), self.source.limits.characters))
        self._rows = csv.reader(self._lines(), delimiter=self._separator, strict=True)

    @property
    def line(self) -> int:
        return self._file.line

    def read_names(self) -> list[str]:
        """Return the names of the fields; raises DocumentError where they are of no use."""
        if not self._head.strip():
            raise self.source.error("empty: there is no line of field names")
        try:
            [names] = csv.reader([self._head], delimiter=self._separator, strict=True)
        except csv.Error as error:
            raise Place(self.source, 1).error(f"bad names of fields: {error}") from error
        names = [_fold(name.strip()) for name in names]
        if len(set(names)) < len(names):
            raise Place(self.source, 1).error("names a field twice; rename one")
        text = self.source.field_map.get("text", "text")
        if text not in names and "text" not in names:
            known = ", ".join(ascii(name)[1:-1] for name in names)[:200]
            raise Place(self.source, 1).error(
                f"no column is called `{text}`; if one of these holds the texts, name it by --map "
                f"text=NAME: {known}"
            )
        return names

    def read(self) -> list[str] | None:
        """Return the next row; None behind the last.

        Raises:
            csv.Error: Its quotation marks are wrong.
            DocumentError: It is too long, or bytes of it are no characters.
        """
        self._length, self._flaw, self._begun = 0, None, self.line
        row = next(self._rows, None)
        if self._flaw:
            raise self._flaw
        return row

    def _lines(self) -> Iterator[str]:
        """Yield lines; what is wrong with one is kept until its row has been read."""
        while line := self._file.read_line():
            first = not self._length
            self._length += len(line)
            if self._length > self.source.limits.characters:
                self._flaw = self._file.too_long(self._begun)
                self._file.skip_line(line)
                if not first:
                    self.lost = self._flaw
                    return
                line = "\n"
            else:
                self._take(line)
            yield line

    def _take(self, line: str) -> None:
        try:
            self._file.take(line)
        except DocumentError as error:
            self._flaw = self._flaw or error


def _fold(name: str) -> str:
    return name.lower() if name.lower() in NAMES else name
