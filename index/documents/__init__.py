"""Read documents into articles: a file, or a folder and all below it.

A format is one file here and a line in `READERS` for each of its suffixes. An article's id is
the document's own where it has one; else the file's place in the source ("2023/harbour.txt") for
a format of one article a file, and 16 hex digits of a hash of its content for the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ..errors import DocumentError
from ..records import Article
from . import json_documents, text

Reader = Callable[[Path, str], Iterator[Article | DocumentError]]
"""Takes a file and its place in the source, with "/" between folders. Yields its articles, and an
error for each that can't be read; raises DocumentError or OSError where no more can be."""

READERS: Mapping[str, Reader] = {
    ".json": json_documents.read_json,
    ".jsonl": json_documents.read_jsonl,
    ".md": text.read,
    ".txt": text.read,
}
"""Every format, by its suffix in lower case."""


def read(source: Path) -> Iterator[Article | DocumentError]:
    """Yield the articles of `source` in order of path, and an error for each that can't be read.

    Hidden files and folders below `source` are skipped. Links to files are followed; a link to a
    folder is reported instead, so that none is read twice or for ever.

    Raises:
        DocumentError: `source` doesn't exist or, a folder, can't be listed. It is raised by the
            call, before anything is read.
    """
    try:
        source.stat()
        waiting = _list(source) if source.is_dir() else [source]
    except OSError as error:
        raise _unreadable(source, error) from error
    return _read_all(source, waiting)


def _read_all(source: Path, waiting: list[Path]) -> Iterator[Article | DocumentError]:
    """Yield what is in `waiting`, last first, and below."""
    while waiting:
        path = waiting.pop()
        try:
            if path == source or not path.is_dir():
                yield from _read_file(path, _place(path, source))
            elif path.is_symlink():
                yield DocumentError(
                    "a link to a folder isn't followed; give the folder itself as a source",
                    path=_printable(path),
                )
            else:
                waiting += _list(path)
        except DocumentError as error:
            yield error
        except OSError as error:
            yield _unreadable(path, error)


def _list(folder: Path) -> list[Path]:
    """Return what `folder` holds, hidden entries left out, in reverse order of name."""
    shown = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(shown, key=lambda path: path.name, reverse=True)


def _place(path: Path, source: Path) -> str:
    return path.name if path == source else path.relative_to(source).as_posix()


def _read_file(path: Path, place: str) -> Iterator[Article | DocumentError]:
    printable = _printable(path)
    if printable != path:
        raise DocumentError("the file's name isn't UTF-8; rename it", path=printable)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DocumentError(
            f"no format is known by the suffix {path.suffix!r}; supported: {', '.join(READERS)}",
            path=path,
        )
    yield from reader(path, place)


def _printable(path: Path) -> Path:
    """Return `path` with the bytes of its name that are no characters as backslash escapes."""
    return Path(os.fsencode(path).decode(errors="backslashreplace"))


def _unreadable(path: Path, error: OSError) -> DocumentError:
    return DocumentError(
        f"it can't be read ({error.strerror or error}); check that it exists and may be read",
        path=_printable(path),
    )
