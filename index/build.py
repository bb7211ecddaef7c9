"""The build flow, top to bottom: documents in, a published generation of an archive out."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from . import attributions, copies, derived, speakers
from .embedding import Embedder, SentenceEmbedder
from .errors import DocumentError
from .intake import gone, read, take
from .language import Parser, SpacyParser
from .locking import hold
from .options import BuildOptions
from .preparation import Prepared, in_batches, make_rows, prepare
from .records import Article, Attribution
from .reports import BuildReport, Listener, Progress, Tally
from .store import Reader, Writer
from .threads import share_cores
from .token_vectors import fit_projection, known_projection

__all__ = ["BuildReport", "Progress", "build", "find_statements", "rebuild", "relink", "remove"]

BATCH = 64
"""Passages encoded at once and, with their articles, written in one transaction."""

AHEAD = 8
"""Articles that are parsed while others are encoded."""

_MANIFEST = ("embedder", "fingerprint", "dimension", "passage_tokens", "finder")


def build(
    sources: Iterable[Path | str] | Path | str,
    archive: Path | str,
    options: BuildOptions | None = None,
    *,
    embedder: Embedder | None = None,
    parser: Parser | None = None,
    progress: Listener | None = None,
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
    options = options or BuildOptions()
    folder = Path(archive)
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    paths = [Path(os.path.normpath(Path(source).absolute())) for source in named]
    for path in paths:
        # With --prune, a folder that is gone altogether is more likely a mistake.
        if not path.exists():
            raise DocumentError("there is no such file or folder", path=path)
    embedder = embedder or SentenceEmbedder(options.embedder)
    with _writing(folder, _manifest(options, embedder)) as (writer, tally):
        found = take(paths, writer, tally, options, progress or (lambda _: None))
        _add(found, writer, tally, options, embedder, parser or SpacyParser())
        if options.prune:
            tally.removed = writer.remove(gone(paths, writer, tally))
    return tally.report(folder)


def rebuild(
    archive: Path | str,
    options: BuildOptions | None = None,
    *,
    embedder: Embedder | None = None,
    parser: Parser | None = None,
    progress: Listener | None = None,
) -> BuildReport:
    """Do all of an archive again from the texts that it holds, with other options or models.

    Its readers see the old generation until the new one is published. Takes and raises what
    `build` does, and goes on like it after an interruption.

    Raises:
        ArchiveNotFoundError: There is no archive.
    """
    options = options or BuildOptions()
    folder = Path(archive)
    Reader(folder).close()
    embedder = embedder or SentenceEmbedder(options.embedder)
    with _writing(folder, _manifest(options, embedder), renew=True) as (writer, tally):
        found = _read_again(writer, tally, progress or (lambda _: None))
        _add(found, writer, tally, options, embedder, parser or SpacyParser())
    return tally.report(folder)


def _read_again(writer: Writer, tally: Tally, progress: Listener) -> Iterator[Article]:
    total = len(writer.origins())
    for left, article in writer.stale():
        tally.read = total - left
        progress(Progress(tally.read, tally.changed, article.origin, total))
        tally.changed += 1
        yield article


def remove(article_ids: Iterable[str], archive: Path | str) -> BuildReport:
    """Take articles out of an archive; ids that it doesn't have are `unchanged` in the report.

    What they said stays readable by version, and is no longer found.

    Raises:
        ArchiveNotFoundError: There is no archive.
        ArchiveLockedError: Another process is building into it.
    """
    folder = Path(archive)
    reader = Reader(folder)
    manifest = {key: reader.meta[key] for key in _MANIFEST}
    reader.close()
    wanted = list(dict.fromkeys(article_ids))
    with _writing(folder, manifest) as (writer, tally):
        tally.removed = writer.remove(wanted)
        tally.unchanged = len(wanted) - tally.removed
    return tally.report(folder)


def relink(archive: Path | str) -> BuildReport:
    """Lead an archive's speakers together again, as its corrections by hand now have it.

    Raises what `remove` does, and ArchiveError where the corrections can't be read.
    """
    return remove((), archive)


@contextmanager
def _writing(
    folder: Path, manifest: Mapping[str, str], *, renew: bool = False
) -> Iterator[tuple[Writer, Tally]]:
    """Hold the archive, and publish what was written to it."""
    tally = Tally()
    with hold(folder):
        corrections = speakers.read_corrections(folder)
        writer = Writer(folder, manifest, renew=renew)
        try:
            yield writer, tally
            tally.generation = _publish(writer, tally, corrections)
        finally:
            writer.close()
    reader = Reader(folder)
    derived.read(folder, reader)  # made before readers ask for it
    reader.close()


def _manifest(options: BuildOptions, embedder: Embedder) -> dict[str, str]:
    found = {
        "embedder": options.embedder,
        "fingerprint": embedder.fingerprint,
        "dimension": str(embedder.dimension),
        "passage_tokens": str(options.passage_tokens),
        "finder": options.finder,
    }
    return {key: found[key] for key in _MANIFEST}


def _add(
    articles: Iterable[Article],
    writer: Writer,
    tally: Tally,
    options: BuildOptions,
    embedder: Embedder,
    parser: Parser,
) -> None:
    """Prepare, encode and write articles, a batch at a time."""

    @share_cores(among=2)  # who prepares, and who encodes what was prepared
    def prepared(article: Article) -> Prepared:
        return prepare(article, options, embedder, parser)

    for batch in in_batches(_ahead(prepared, articles), BATCH):
        _write(batch, writer, embedder)
        tally.passages += sum(len(one.passages) for one in batch)
        tally.attributions += sum(len(one.attributions) for one in batch)


def _ahead(
    function: Callable[[Article], Prepared], articles: Iterable[Article]
) -> Iterator[Prepared]:
    """Yield each article prepared, in order, by a thread that works ahead of the caller."""
    waiting: deque[Future[Prepared]] = deque()
    with ThreadPoolExecutor(1) as worker:
        try:
            for article in articles:
                waiting.append(worker.submit(function, article))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            worker.shutdown(cancel_futures=True)


@share_cores(among=2)
def _write(batch: Sequence[Prepared], writer: Writer, embedder: Embedder) -> None:
    encodings = iter(embedder.encode([text for one in batch for text in one.texts()]))
    own = [[next(encodings) for _ in one.passages] for one in batch]
    projection = writer.projection
    if projection is None:
        fitted = known_projection(embedder.fingerprint)
        if fitted is None:
            fitted = fit_projection(encoding.tokens for found in own for encoding in found)
        projection = writer.set_projection(fitted)
    writer.add(
        [
            (one.article, make_rows(one, found, projection))
            for one, found in zip(batch, own, strict=True)
        ]
    )


def _publish(writer: Writer, tally: Tally, corrections: speakers.Corrections) -> int:
    published = writer.generation - 1
    corrected = writer.meta.get("corrections") != repr(corrections)
    outdated = writer.meta.get("linked") != speakers.LINKING
    if published and not (corrected or outdated or writer.pending()):
        return published
    tally.copies = _find_copies(writer)
    with writer.publishing(repr(corrections)) as register:
        tally.unused = speakers.relink(register, corrections, anew=corrected)
    return published + 1


def _find_copies(writer: Writer) -> int:
    """Give each new article its story; return how many share that of another."""
    found = 0
    for number, text, published in writer.unsigned():
        signature = copies.sign(text)
        keys = copies.bands(signature)
        others = [
            (other.signature, other.published, other.story)
            for other in writer.near(keys)
            if other.story is not None
        ]
        story = copies.find_story(signature, published, others)
        found += story is not None
        writer.sign(number, signature, keys, number if story is None else story)
    return found


def find_statements(
    sources: Iterable[Path | str],
    options: BuildOptions | None = None,
    *,
    parser: Parser | None = None,
) -> Iterator[tuple[Article, list[Attribution], dict[str, str]] | DocumentError]:
    """Yield each document's attributions and their speakers' names, without an archive.

    Names are as the document alone gives them; an archive may know a fuller one. Of the options
    finder, limits and field map count.

    Raises:
        DocumentError: A source isn't there; what can't be read within one is yielded.
    """
    options, parser = options or BuildOptions(), parser or SpacyParser()
    for found in (item for source in sources for item in read(Path(source), options)):
        if isinstance(found, DocumentError):
            yield found
            continue
        parse = parser.parse(found.text)
        stated = attributions.find(found, parse, options.finder)
        names = {m.attribution_id: m.name for m in speakers.resolve(found, parse, stated)}
        yield found, stated, names
