"""What of the documents given is new to an archive, what has changed, and what is gone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from . import documents
from .errors import DocumentError
from .options import BuildOptions
from .records import Article
from .reports import Listener, Progress, Tally
from .store import Writer, digest


def read(path: Path, options: BuildOptions) -> Iterator[Article | DocumentError]:
    """Yield a source's articles as `documents.read` does, by a build's limits and field map."""
    names = {str(name): place for name, place in options.field_map.items()}
    return documents.read(path, limits=options.limits, field_map=names)


def take(
    paths: Sequence[Path], writer: Writer, tally: Tally, options: BuildOptions, progress: Listener
) -> Iterator[Article]:
    """Yield the articles that are new or changed, under the ids that the archive has for them."""
    taken: dict[str, str] = {}
    for found in (item for path in paths for item in read(path, options)):
        if isinstance(found, DocumentError):
            tally.rejected.append(found)
            continue
        tally.read += 1
        progress(Progress(tally.read, tally.added + tally.changed, found.origin))
        mark = digest(found)
        article = _named(found, mark, writer, taken)
        known = writer.current(article.id)
        is_repeated = taken.get(article.id) == mark
        taken[article.id] = mark
        if is_repeated or (known and known[0] == mark):
            tally.unchanged += 1
            continue
        if article.id != found.id:
            tally.renamed.append((found.id, article.id))
        tally.changed += known is not None
        tally.added += known is None
        yield article
    tally.kept = set(taken)


def _named(article: Article, mark: str, writer: Writer, taken: dict[str, str]) -> Article:
    """Return the article under its own id, or another where a different one has that."""
    known = writer.current(article.id)
    is_other = known is not None and known[0] != mark and _is_other(article, known[1])
    if not is_other and taken.get(article.id, mark) == mark:
        return article
    before = [one for one in writer.renamed(article.id, article.origin) if one not in taken]
    return replace(article, id=before[0] if len(before) == 1 else f"{article.id}~{mark[:8]}")


def _is_other(article: Article, origin: str) -> bool:
    """Say whether the archived article is another file of the same name, not an older version."""
    return article.origin != origin and Path(article.origin).as_posix().endswith(f"/{article.id}")


def gone(paths: Sequence[Path], writer: Writer, tally: Tally) -> list[str]:
    """Return the ids of articles that came from `paths`, which no longer hold them."""
    unread = tuple(str(error.path) for error in tally.rejected)
    return [
        article_id
        for article_id, origin in writer.origins().items()
        if article_id not in tally.kept
        and any(_is_in(origin, str(path)) for path in paths)
        and not origin.startswith(unread)
    ]


def _is_in(origin: str, source: str) -> bool:
    """Say whether an article came from a source: a folder, a packed file, or a file of several."""
    return origin == source or origin.startswith(
        tuple(f"{source}{mark}" for mark in (os.sep, ":", "#"))
    )
