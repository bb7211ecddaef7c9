"""A document wherever it stands: a file, or a member of a packed one."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ..errors import DocumentError
from ..options import Limits

_ALWAYS = 64 * 2**20
"""Bytes that any packed file may unpack to, however small it is."""


class Budget:
    """How much may still be unpacked from one file and all that is packed within it."""

    def __init__(self, packed: int, limits: Limits) -> None:
        self._left = max(_ALWAYS, packed * limits.unpacked_ratio)
        self._ratio = limits.unpacked_ratio

    def spend(self, length: int, path: Path) -> None:
        """Take `length` bytes off; raises DocumentError where there were fewer."""
        self._left -= length
        if self._left < 0:
            raise DocumentError(
                f"unpacks to over {self._ratio} times its size, as a bomb does; if it can be "
                "trusted, unpack it by hand or raise the limit `unpacked_ratio`",
                path=path,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that can be opened, more than once, and how it is to be read.

    Attributes:
        path: For errors and `Article.origin`; a member's is below its packed file's.
        place: Where it stands in the source, with "/" between folders.
        name: Its file's name; the suffix tells the format.
        open: Opens it as bytes; raises DocumentError or OSError.
        field_map: As `BuildOptions.field_map`.
        depth: How many packed files it stands in.
        budget: What may still be unpacked; None in no packed file.
    """

    path: Path
    place: str
    name: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    limits: Limits = field(default_factory=Limits)
    field_map: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    budget: Budget | None = None

    @property
    def suffix(self) -> str:
        """Return what tells the format, in lower case."""
        return Path(self.name).suffix.lower()

    def read(self) -> bytes:
        """Return all of it.

        Raises:
            DocumentError: It is larger than `limits.document_bytes`.
        """
        with self.open() as stream:
            content = stream.read(self.limits.document_bytes + 1)
        if len(content) > self.limits.document_bytes:
            raise self.error(
                f"larger than {self.limits.document_bytes:,} bytes; split it, or raise the limit "
                "`document_bytes`"
            )
        return content

    def error(self, reason: str) -> DocumentError:
        """Make the error for the whole document."""
        return DocumentError(reason, path=self.path)


def open_file(path: Path) -> BinaryIO:
    """Open a file; raises DocumentError where it isn't a regular one, and OSError."""
    # Non-blocking, since another file may stand at the path by now: a pipe would never open.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise DocumentError("a device, pipe or socket can't be read; save it as a file", path=path)
    return os.fdopen(number, "rb")
