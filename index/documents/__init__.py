"""Read documents into articles: a file, or a folder and all below it.

A format is one file here and a line in `READERS` for each of its suffixes. An article's id is
the document's own where it has one; else the file's place in the source ("2023/harbour.txt") for
a format of one article a file, and 16 hex digits of a hash of its content for the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from ..errors import DocumentError
from ..options import Limits
from ..records import Article
from . import (
    crawls,
    feeds,
    json_documents,
    mail,
    packed,
    pdf,
    tables,
    text,
    web_pages,
    word_documents,
)
from .sources import Source, open_file

Reader = Callable[[Source], Iterator[Article | DocumentError]]
"""Takes a document. Yields its articles, and an error for each that can't be read; raises
DocumentError or OSError where no more can be."""

Opener = Callable[[Source], Iterator[Source | DocumentError]]
"""The same for a packed file, whose members are documents."""

READERS: Mapping[str, Reader] = {
    ".atom": feeds.read,
    ".csv": tables.read_csv,
    ".docx": word_documents.read,
    ".eml": mail.read,
    ".htm": web_pages.read,
    ".html": web_pages.read,
    ".json": json_documents.read_json,
    ".jsonl": json_documents.read_jsonl,
    ".md": text.read,
    ".ndjson": json_documents.read_jsonl,
    ".pdf": pdf.read,
    ".rss": feeds.read,
    ".tsv": tables.read_tsv,
    ".txt": text.read,
    ".warc": crawls.read,
    ".xhtml": web_pages.read,
    ".xml": feeds.read,
}
"""Every format, by its suffix in lower case."""

OPENERS: Mapping[str, Opener] = {".gz": packed.open_gz, ".zip": packed.open_zip}
"""Every format of packed files, by its suffix in lower case."""


def read(
    source: Path, *, limits: Limits | None = None, field_map: Mapping[str, str] | None = None
) -> Iterator[Article | DocumentError]:
    """Yield the articles of `source` in order of path, and an error for each that can't be read.

    Hidden files and folders below `source` are skipped, and so is the folder of pictures and
    scripts that a browser saves beside a page ("NAME_files"). Links to files are followed; a link
    to a folder is reported instead, so that none is read twice or for ever.

    Args:
        limits: What a document may cost.
        field_map: As `BuildOptions.field_map`.

    Raises:
        DocumentError: `source` doesn't exist or, a folder, can't be listed. It is raised by the
            call, before anything is read.
    """
    try:
        source.stat()
        waiting = _list(source) if source.is_dir() else [source]
    except OSError as error:
        raise _unreadable(source, error) from error
    make = partial(Source, limits=limits or Limits(), field_map=field_map or {})
    return _read_all(source, waiting, make)


def _read_all(
    source: Path, waiting: list[Path], make: Callable[..., Source]
) -> Iterator[Article | DocumentError]:
    """Yield what is in `waiting`, last first, and below."""
    while waiting:
        path = waiting.pop()
        try:
            if path == source or not path.is_dir():
                place = path.name if path == source else path.relative_to(source).as_posix()
                yield from _read_file(path, place, make)
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
    """Return what `folder` holds and is to be read, in reverse order of name."""
    shown = {path.name: path for path in folder.iterdir() if not path.name.startswith(".")}
    pages = {Path(name).stem for name in shown if name.lower().endswith((".html", ".htm"))}
    saved = {
        name for name in shown if name.removesuffix("_files") in pages and name[-6:] == "_files"
    }
    return [shown[name] for name in sorted(shown.keys() - saved, reverse=True)]


def _read_file(
    path: Path, place: str, make: Callable[..., Source]
) -> Iterator[Article | DocumentError]:
    """Yield what a file holds; where it changes meanwhile, an error in place of the last."""
    printable = _printable(path)
    if printable != path:
        raise DocumentError("the file's name isn't UTF-8; rename it", path=printable)
    before = _state(path)
    source = make(path=path, place=place, name=path.name, open=partial(open_file, path))
    last: Article | DocumentError | None = None
    for item in _read_document(source):
        if last:
            yield last
        last = item
    if _state(path) != before:
        raise source.error("it changed while it was read; run this again")
    if last:
        yield last


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read_document(source: Source) -> Iterator[Article | DocumentError]:
    """Yield what a document holds; what can't be read is the last."""
    try:
        if opener := OPENERS.get(source.suffix):
            for member in opener(source):
                if isinstance(member, DocumentError):
                    yield member
                else:
                    yield from _read_document(member)
        elif reader := READERS.get(source.suffix):
            yield from reader(source)
        else:
            known = ", ".join(sorted({*READERS, *OPENERS}))
            yield source.error(
                f"no format is known by the suffix {Path(source.name).suffix!r}; supported: {known}"
            )
    except DocumentError as error:
        yield error
    except OSError as error:
        yield _unreadable(source.path, error)
    except Exception as error:  # noqa: BLE001 - a parser's fault costs one document, not the build
        yield source.error(
            f"its reader failed ({type(error).__name__}: {error}); save it in another format"
        )


def _printable(path: Path) -> Path:
    """Return `path` with the bytes of its name that are no characters as backslash escapes."""
    return Path(os.fsencode(path).decode(errors="backslashreplace"))


def _unreadable(path: Path, error: OSError) -> DocumentError:
    return DocumentError(
        f"it can't be read ({error.strerror or error}); check that it exists and may be read",
        path=_printable(path),
    )
