"""Decode documents, so that bytes which are no characters cost one article and no other."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..errors import DocumentError
from .sources import Source

_PIECE = 2**20
_SAMPLE = 2**18
"""Bytes that an encoding is told from."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CURLY_IN_1252 = re.compile(rb"[\x91-\x97]")
_CURLY_ON_MAC = re.compile(rb"[\xd0-\xd5]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half a character, as broken programs write it in UTF-8."""

_MOST_HIGH = 0.25
"""Share of bytes above ASCII that English, or a Western language, stays under."""

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,99}?encoding=["']([\w.:-]{2,30})""",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"utf-8|utf-16(-[lb]e)?|cp(866|874|932|949|125\d)|iso8859-\d+|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gbk|gb2312|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|iso2022_jp"
)
"""Python's names of the encodings that web pages have; others it knows aren't of text."""


class TextFile:
    """A document as text, its line ends untouched, and how much of it has been taken.

    Bytes that are no characters are read as lone surrogates, and found when they are taken.

    Attributes:
        line: The line, from 1, of the first character that isn't taken yet.
        offset: That character's first byte in the file, from 0.
    """

    def __init__(self, source: Source, stream: io.TextIOWrapper, offset: int) -> None:
        self.source = source
        self.line = 1
        self.offset = offset
        self._stream = stream

    def read(self, most: int) -> str:
        """Return the next `most` characters, fewer only at the file's end."""
        return self._read(self._stream.read, most)

    def read_line(self) -> str:
        """Return the rest of the line with its end, or one character over the limit of it."""
        return self._read(self._stream.readline, self.source.limits.characters + 1)

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
                path=self.source.path,
                line=line + good.count("\n"),
            ) from error

    def measure(self, text: str) -> int:
        """Return how many bytes of the file `text` is."""
        return len(self._encode(text))

    def too_long(self, line: int | None = None) -> DocumentError:
        """Make the error for an article of more characters than the limit."""
        return DocumentError(
            f"longer than {self.source.limits.characters:,} characters; split it into its "
            "articles, or raise the limit `characters`",
            path=self.source.path,
            line=line,
        )

    def _count(self, text: str) -> None:
        self.line += text.count("\n")
        self.offset += self.measure(text)

    def _encode(self, text: str) -> bytes:
        return text.encode(self._stream.encoding, self._stream.errors or "strict")

    def _read(self, read: Callable[[int], str], most: int) -> str:
        try:
            return read(most)
        except UnicodeDecodeError as error:
            raise self.source.error(
                "bad encoding: the file ends in the middle of a character; fetch it anew"
            ) from error


@contextmanager
def open_text(source: Source) -> Iterator[TextFile]:
    """Open a document as text; a byte order mark is no part of it.

    The encoding is the one that a mark tells; else UTF-8, or UTF-16 or a Western one of Windows
    or the Mac where the first 256 KiB can't be UTF-8 and look like it.

    Raises:
        DocumentError: It isn't a regular file.
        OSError: It can't be opened.
    """
    with source.open() as file:
        encoding, mark = _detect(file.read(_SAMPLE))
    with source.open() as file:
        file.read(mark)
        errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
        with io.TextIOWrapper(file, encoding, errors, newline="\n") as stream:
            yield TextFile(source, stream, mark)


def decode(content: bytes, declared: str = "") -> str:
    """Return a web page as text; what can't be decoded becomes U+FFFD.

    Args:
        declared: Name of the encoding that came with it, if any; what is valid UTF-8 is UTF-8
            all the same.
    """
    encoding, mark = _detect(content)
    if not mark and encoding != "utf-16-le" and not _is_utf8(content):
        found = _DECLARED.search(content, 0, 4096)
        names = [declared, (found[1] or found[2]).decode() if found else ""]
        encoding = next(filter(None, map(_web_encoding, names)), "cp1252")
    return content[mark:].decode(encoding, "replace")


def _detect(sample: bytes) -> tuple[str, int]:
    """Return the encoding of a text that begins so, and the length of its byte order mark."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding, len(mark)
    return _guess(sample), 0


def _guess(sample: bytes) -> str:
    even, odd = sample[::2], sample[1::2]
    if odd.count(0) > 0.7 * len(odd) and not even.count(0):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and not odd.count(0):
        return "utf-16-be"
    high = len(_HIGH.findall(sample))
    if _is_utf8(sample) or _CONTROLS.search(sample) or high > _MOST_HIGH * len(sample):
        return "utf-8"
    if _SURROGATE.search(sample) or _mostly_utf8(sample):
        return "utf-8"
    on_mac = len(_CURLY_ON_MAC.findall(sample)) > len(_CURLY_IN_1252.findall(sample))
    return "mac-roman" if on_mac else "cp1252"


def _is_utf8(sample: bytes) -> bool:
    """Say whether it is UTF-8; it may be cut within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(sample: bytes) -> bool:
    """Say whether it is UTF-8 but for some bytes: a damaged file, and no legacy encoding.

    Three bytes of it in a row are no words in any; two may be ("É”").
    """
    text = sample.decode(errors="replace")
    return any("\u07ff" < c != "\ufffd" for c in text) or (
        sum(c > "\x7f" for c in text) > 2 * text.count("\ufffd")
    )


def _web_encoding(label: str) -> str:
    """Return Python's name of a declared encoding; empty where it is unknown or none of text."""
    try:
        name = codecs.lookup(label).name if label else ""
    except LookupError:
        return ""
    if name in {"iso8859-1", "ascii"}:
        return "cp1252"  # as all browsers do
    return name if _WEB.fullmatch(name) else ""
