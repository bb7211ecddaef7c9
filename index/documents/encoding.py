"""Decode files, so that bytes which are no characters cost one document and not its neighbours."""

from __future__ import annotations

import codecs
import io
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import DocumentError

LONGEST = 32 * 2**20
"""Most characters of one document; more than any article, little enough to hold in memory."""

_PIECE = 2**20
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8", "surrogateescape"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "surrogatepass"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "surrogatepass"),
    (b"", "utf-8", "surrogateescape"),
)


class TextFile:
    """A file as text, its line ends untouched, and how much of it has been taken.

    Bytes that are no characters are read as lone surrogates, and found when they are taken.

    Attributes:
        line: The line, from 1, of the first character that isn't taken yet.
        offset: That character's first byte in the file, from 0.
    """

    def __init__(self, path: Path, stream: io.TextIOWrapper, offset: int) -> None:
        self.path = path
        self.line = 1
        self.offset = offset
        self._stream = stream

    def read(self, most: int) -> str:
        """Return the next `most` characters, fewer only at the file's end."""
        return self._read(self._stream.read, most)

    def read_line(self) -> str:
        """Return the rest of the line with its end, or LONGEST + 1 characters of it."""
        return self._read(self._stream.readline, LONGEST + 1)

    def skip_line(self, begun: str) -> None:
        """Take `begun`, which has been read, and what is left of its line, a piece at a time."""
        self._count(begun)
        while begun and not begun.endswith("\n"):
            begun = self._read(self._stream.readline, _PIECE)
            self._count(begun)

    def take(self, text: str) -> None:
        """Count `text`, which comes next in the file, as done with.

        Raises:
            DocumentError: Bytes in it are no characters. It counts as taken all the same.
        """
        line, offset = self.line, self.offset
        self._count(text)
        try:
            text.encode(self._stream.encoding)
        except UnicodeEncodeError as error:
            good = text[: error.start]
            byte = self._encode(text[error.start])[0]
            raise DocumentError(
                f"bad encoding: byte 0x{byte:02x} at offset {offset + self.measure(good)}"
                f" isn't {self._stream.encoding.upper()}; save the file as UTF-8",
                path=self.path,
                line=line + good.count("\n"),
            ) from error

    def measure(self, text: str) -> int:
        """Return how many bytes of the file `text` is."""
        return len(self._encode(text))

    def _count(self, text: str) -> None:
        self.line += text.count("\n")
        self.offset += self.measure(text)

    def _encode(self, text: str) -> bytes:
        return text.encode(self._stream.encoding, self._stream.errors or "strict")

    def _read(self, read: Callable[[int], str], most: int) -> str:
        try:
            return read(most)
        except UnicodeDecodeError as error:
            raise DocumentError(
                "bad encoding: the file ends in the middle of a character; fetch it anew",
                path=self.path,
            ) from error


@contextmanager
def open_text(path: Path) -> Iterator[TextFile]:
    """Open a file of UTF-8, or of UTF-16 with its byte order mark; a mark is no part of the text.

    Raises:
        DocumentError: It isn't a regular file.
        OSError: It can't be opened.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise DocumentError("a device, pipe or socket can't be read; save it as a file", path=path)
    with path.open("rb") as file:
        head = file.read(len(codecs.BOM_UTF8))
        mark, encoding, errors = next(kind for kind in _ENCODINGS if head.startswith(kind[0]))
        file.seek(len(mark))
        with io.TextIOWrapper(file, encoding, errors, newline="\n") as stream:
            yield TextFile(path, stream, len(mark))


def too_long(path: Path, line: int | None = None) -> DocumentError:
    """Make the error for a document of more than LONGEST characters."""
    return DocumentError(
        f"longer than {LONGEST:,} characters; split it into its articles", path=path, line=line
    )
