"""Open what is packed: the members of a .zip, and what a .gz holds.

Nothing is ever written under a name that the packed file gives: a name is only a label here.
"""

from __future__ import annotations

import gzip
import io
import lzma
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from ..errors import DocumentError
from .sources import Budget, Source

_DIRECTORY = 64 * 2**20
"""Most bytes of a .zip's table of contents, which is held in memory."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What `zipfile` and `gzip` raise where a file isn't as it should be, or needs a password."""

_ENCRYPTED = 0x1


def open_gz(source: Source) -> Iterator[Source | DocumentError]:
    """Yield what is packed in a .gz, which goes by its name without the suffix.

    Raises:
        DocumentError: It is packed too deep.
    """

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with source.open() as packed, gzip.GzipFile(fileobj=packed) as stream:
            yield _bounded(stream, inner)

    inner = replace(_inside(source), name=Path(source.name).stem, open=opened)
    yield inner


def open_zip(source: Source) -> Iterator[Source | DocumentError]:
    """Yield the members of a .zip in order of name, and an error for each that can't be read.

    Hidden ones are skipped, as in a folder.

    Raises:
        DocumentError: It is damaged, or packed too deep.
    """
    inside, empty = _inside(source), True
    with open_table(source) as table:
        for info in sorted(table.infolist(), key=lambda info: info.filename):
            parts = PurePosixPath(info.filename.replace("\\", "/")).parts
            hidden = any((p.startswith(".") and p != "..") or p == "__MACOSX" for p in parts)
            if not info.is_dir() and not hidden:
                empty = False
                yield _open_member(inside, table, info, "/".join(parts))
    if empty:
        raise source.error("empty: there is no file in it")


@contextmanager
def open_table(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a .zip; a member of a packed file is copied to disk for it, not into memory.

    Raises:
        DocumentError: It is damaged, or its table of contents is too large.
    """
    with source.open() as stream, ExitStack() as stack:
        file = stream
        if source.budget:
            file = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, file)
        try:
            table = zipfile.ZipFile(_Guarded(file, source))
        except DAMAGE as error:
            raise source.error(f"damaged, or not what its name says ({error})") from error
        with table:
            yield table


def _open_member(
    inside: Source, table: zipfile.ZipFile, info: zipfile.ZipInfo, name: str
) -> Source | DocumentError:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        try:
            member = table.open(info)
        except DAMAGE as error:
            raise inner.error(f"can't be unpacked ({error}); unpack it by hand") from error
        with member:
            yield _bounded(member, inner)

    label = name.encode("utf-8", "backslashreplace").decode()
    inner = replace(
        inside,
        path=inside.path / label.lstrip("/"),
        place=f"{inside.place}/{name}",
        name=PurePosixPath(name).name,
        open=opened,
    )
    parts = name.split("/")
    if ".." in parts or name.startswith("/") or ":" in parts[0]:
        return inside.error(f"its member {name!a} would lead out of it and isn't read")
    if name != label or "\0" in name:
        return inner.error("the member's name isn't UTF-8; pack it under another one")
    if info.flag_bits & _ENCRYPTED:
        return inner.error("encrypted; unpack it with its password")
    if stat.S_ISLNK(info.external_attr >> 16):
        return inner.error("a link in a packed file isn't followed")
    return inner


def _inside(source: Source) -> Source:
    """Return `source` as what is packed in it begins; raises DocumentError where too deep."""
    if source.depth >= source.limits.depth:
        raise source.error(
            f"packed more than {source.limits.depth} deep; unpack it by hand, or raise the limit "
            "`depth`"
        )
    budget = source.budget
    if budget is None:
        with source.open() as stream:
            budget = Budget(stream.seek(0, io.SEEK_END), source.limits)
    return replace(source, depth=source.depth + 1, budget=budget)


class _Guarded(io.RawIOBase):
    """A .zip whose table of contents is read only if it isn't too large for memory."""

    def __init__(self, file: BinaryIO, source: Source) -> None:
        self._file = file
        self._source = source

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY:
            raise self._source.error("its table of contents is too large; unpack it by hand")
        return self._file.read(size)


def _bounded(stream: IO[bytes] | gzip.GzipFile, source: Source) -> BinaryIO:
    return io.BufferedReader(_Unpacking(stream, source))


class _Unpacking(io.RawIOBase):
    """What is being unpacked, counted against the budget."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, source: Source) -> None:
        self._stream = stream
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._stream.read(len(buffer))
        except DAMAGE as error:
            raise self._source.error(f"damaged ({error}); fetch it anew") from error
        if self._source.budget:
            self._source.budget.spend(len(piece), self._source.path)
        buffer[: len(piece)] = piece
        return len(piece)
