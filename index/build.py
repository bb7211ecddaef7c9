"""The build flow, top to bottom: documents in, a published generation of an archive out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from . import attributions, documents, passages, speakers
from .archive import Archive
from .embedding import Embedder, SentenceEmbedder
from .errors import ArchiveError, ArchiveLockedError, DocumentError
from .language import Parser, SpacyParser
from .options import BuildOptions, Finder
from .records import Article, Attribution, Mention, Passage
from .store import Row, Writer, digest
from .token_vectors import TokenVectors, compress, fit_projection, known_projection
from .tokens import count_tokens

BATCH = 64
"""Passages encoded at once and, with their articles, written in one transaction."""

TITLE_WORDS = 30
"""Words of a title that are encoded before each passage of its article."""

TITLE_SHARE = 0.25
"""Most of what the embedder reads at once that a title may take up."""


class Progress(NamedTuple):
    """How far a build is: what was read, what of it had to be built, and what is at hand."""

    read: int
    built: int
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    Attributes:
        unchanged: Articles that were in the archive already, or repeated in this build.
        renamed: (given id, id in the archive) of articles whose id another one had.
        rejected: What couldn't be read, each with its place and reason.
        generation: The archive's new generation; the old one where nothing changed.
    """

    archive: Path
    generation: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passages: int = 0
    attributions: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    rejected: tuple[DocumentError, ...] = ()
    seconds: float = 0.0


class _Prepared(NamedTuple):
    """An article read, parsed and cut; not yet encoded."""

    article: Article
    passages: list[Passage]
    attributions: list[tuple[Attribution, Mention | None]]
    prefix: str


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What a report counts, while the build goes on."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passages: int = 0
    attributions: int = 0
    renamed: list[tuple[str, str]] = field(default_factory=list)
    rejected: list[DocumentError] = field(default_factory=list)


def build(
    sources: Iterable[Path | str] | Path | str,
    archive: Path | str,
    options: BuildOptions | None = None,
    *,
    embedder: Embedder | None = None,
    parser: Parser | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Add documents to an archive, making it where there is none, and publish it.

    An unchanged document costs nothing. A changed one replaces its older version. What can't be
    read is reported and the rest is built. Readers see nothing of it until it is published; a
    build that was interrupted goes on where it was when it is run again.

    Args:
        sources: Files or folders.
        archive: The archive's folder.
        progress: Called once a document.

    Raises:
        DocumentError: A source isn't there.
        ArchiveFormatError: The archive was built with another model or other options.
        ArchiveLockedError: Another process is building into it.
        ArchiveError: It can't be written, or its corrections can't be read.
        ModelError: A model is missing.
    """
    began = time.monotonic()
    options = options or BuildOptions()
    folder = Path(archive)
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    paths = [Path(os.path.normpath(Path(source).absolute())) for source in named]
    for path in paths:
        if not path.exists():
            raise DocumentError("there is no such file or folder", path=path)
    embedder = embedder or SentenceEmbedder(options.embedder)
    with _locked(folder):
        corrections = speakers.read_corrections(folder)
        writer = Writer(folder, _manifest(options, embedder))
        try:
            tally = _Tally()
            found = _read(paths, writer, tally, progress or (lambda _: None))
            prepared = (_prepare(a, options, embedder, parser or SpacyParser()) for a in found)
            for batch in _batches(prepared):
                _write(batch, writer, embedder, tally)
            generation = _publish(writer, tally, corrections)
        finally:
            writer.close()
    Archive.open(folder, embedder=embedder).close()  # makes what is derived, before readers ask
    return _report(folder, generation, tally, time.monotonic() - began)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / "lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise ArchiveLockedError(
            "another process is building into this archive; wait for it to end", path=folder
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"no archive can be made here ({error.strerror}); name another folder", path=folder
        ) from error
    try:
        yield
    finally:
        lock.release()


def _manifest(options: BuildOptions, embedder: Embedder) -> dict[str, str]:
    return {
        "embedder": options.embedder,
        "fingerprint": embedder.fingerprint,
        "dimension": str(embedder.dimension),
        "passage_tokens": str(options.passage_tokens),
        "finder": options.finder,
    }


def _read(
    paths: Sequence[Path], writer: Writer, tally: _Tally, progress: Callable[[Progress], None]
) -> Iterator[Article]:
    """Yield the articles that are new or changed."""
    seen: set[tuple[str, str]] = set()
    taken: dict[str, str] = {}
    for found in (item for path in paths for item in documents.read(path)):
        if isinstance(found, DocumentError):
            tally.rejected.append(found)
            continue
        tally.read += 1
        progress(Progress(tally.read, tally.added + tally.changed, found.origin))
        mark = digest(found)
        current = writer.current(found.id)
        is_in = current and current[0] == mark and taken.get(found.id, mark) == mark
        if is_in or (found.id, mark) in seen:
            tally.unchanged += 1
            seen.add((found.id, mark))
            taken.setdefault(found.id, mark)
            continue
        article = found
        if found.id in taken or (current and _is_other(found, current[1])):
            article = replace(found, id=f"{found.id}~{mark[:8]}")
            current = writer.current(article.id)
            if current and current[0] == mark:
                tally.unchanged += 1
                continue
            tally.renamed.append((found.id, article.id))
        seen.add((found.id, mark))
        taken[article.id] = mark
        tally.changed += bool(current)
        tally.added += not current
        yield article


def _is_other(article: Article, origin: str) -> bool:
    """Say whether the archived article is another file of the same name, not an older version."""
    return article.origin != origin and Path(article.origin).as_posix().endswith(f"/{article.id}")


def _prepare(
    article: Article, options: BuildOptions, embedder: Embedder, parser: Parser
) -> _Prepared:
    """Parse once; cut, find and resolve from that one parse."""
    parse = parser.parse(article.text)
    prefix = _prefix(article.title, embedder)
    cut = passages.cut(
        article,
        parse.sentences,
        options,
        count=count_tokens,
        fits=lambda text: embedder.count(prefix + text) <= embedder.limit,
    )
    found = attributions.find(article, parse, options.finder)
    names = {m.attribution_id: m for m in speakers.resolve(article, parse, found)}
    return _Prepared(article, cut, [(a, names.get(a.id)) for a in found], prefix)


def _prefix(title: str, embedder: Embedder) -> str:
    """Return what is encoded before each passage: the title, cut so as to leave it room."""
    words = title.split()[:TITLE_WORDS]
    while words and embedder.count(" ".join(words)) > embedder.limit * TITLE_SHARE:
        words.pop()
    return f"{' '.join(words)}. " if words else ""


def _batches(prepared: Iterable[_Prepared]) -> Iterator[list[_Prepared]]:
    batch: list[_Prepared] = []
    for item in prepared:
        batch.append(item)
        if sum(len(one.passages) for one in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(batch: Sequence[_Prepared], writer: Writer, embedder: Embedder, tally: _Tally) -> None:
    texts = [
        one.prefix + one.article.quote(passage.span) for one in batch for passage in one.passages
    ]
    encodings = embedder.encode(texts)
    projection = writer.projection
    if projection is None:
        fitted = known_projection(embedder.fingerprint)
        if fitted is None:
            fitted = fit_projection(encoding.tokens for encoding in encodings)
        projection = writer.set_projection(fitted)
    rows = iter(
        [
            (e.vector, TokenVectors(compress(e.tokens, projection), e.ids, e.starts))
            for e in encodings
        ]
    )
    writer.add(
        [
            (
                one.article,
                [
                    Row(
                        passage,
                        vector,
                        tokens._replace(starts=tokens.starts - len(one.prefix)),
                        _beginning_in(passage, one),
                    )
                    for passage, (vector, tokens) in zip(one.passages, rows, strict=False)
                ],
            )
            for one in batch
        ]
    )
    tally.passages += len(texts)
    tally.attributions += sum(len(one.attributions) for one in batch)


def _beginning_in(passage: Passage, one: _Prepared) -> list[tuple[Attribution, Mention | None]]:
    """Return the attributions whose content begins in a passage or in the gap before the next."""
    following = [p.span.start for p in one.passages if p.span.start > passage.span.start]
    first = passage.span.start if passage is not one.passages[0] else 0
    last = min(following, default=len(one.article.text) + 1)
    return [pair for pair in one.attributions if first <= pair[0].content[0].start < last]


def _publish(writer: Writer, tally: _Tally, corrections: speakers.Corrections) -> int:
    published = writer.generation - 1
    corrected = writer.meta.get("corrections") != repr(corrections)
    if published and not (tally.added or tally.changed or corrected or writer.pending()):
        return published
    linked = speakers.link(writer.mentions(), corrections)
    return writer.publish(linked.speakers, linked.speaker_of, repr(corrections))


def _report(folder: Path, generation: int, tally: _Tally, seconds: float) -> BuildReport:
    return BuildReport(
        archive=folder,
        generation=generation,
        added=tally.added,
        changed=tally.changed,
        unchanged=tally.unchanged,
        passages=tally.passages,
        attributions=tally.attributions,
        renamed=tuple(tally.renamed),
        rejected=tuple(tally.rejected),
        seconds=round(seconds, 2),
    )


def find_statements(
    sources: Iterable[Path | str], finder: Finder, *, parser: Parser | None = None
) -> Iterator[tuple[Article, list[Attribution], dict[str, str]] | DocumentError]:
    """Yield each document's attributions and their speakers' names, without an archive.

    Names are as the document alone gives them; an archive may know a fuller one.

    Raises:
        DocumentError: A source isn't there; what can't be read within one is yielded.
    """
    parser = parser or SpacyParser()
    for found in (item for source in sources for item in documents.read(Path(source))):
        if isinstance(found, DocumentError):
            yield found
            continue
        parse = parser.parse(found.text)
        stated = attributions.find(found, parse, finder)
        names = {m.attribution_id: m.name for m in speakers.resolve(found, parse, stated)}
        yield found, stated, names
