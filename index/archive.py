"""An archive opened for reading: search it, browse it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from . import derived
from .cache import Cache
from .embedding import Embedder, SentenceEmbedder
from .errors import ArchiveFormatError
from .filters import Ids
from .interaction import Loaded, Sought, interact, load
from .records import Article, Attribution, Hit, Passage, Query, Span, Speaker
from .store import Entry, Reader, Statement, Totals, Version
from .threads import one_thread
from .token_vectors import project

POOL = 30
"""Passages that each of the two first rankings proposes; see ARCHITECTURE.md for others tried."""

TEXTS, PASSAGES, ARTICLES, STATED, SPEAKERS = 64, 1000, 200, 50, 16
"""How many of those used last are kept at hand: each 20, 15, 10 and 50 KB, more or less; of a
speaker, 8 bytes a passage with a statement."""


class Archive:
    """A published generation of an archive. Opened once, it may be shared between threads.

    Use `Archive.open`. What a build publishes later is seen by `latest`.

    Attributes:
        folder: Where it is.
        generation: Number of the build it shows, from 1.
        speakers: All speakers by id.
        statements: Number of attributions by speaker id.
    """

    def __init__(self, folder: Path, reader: Reader, embedder: Embedder) -> None:
        self.folder = folder
        self.generation = reader.generation
        self._reader = reader
        self._embedder = embedder
        # One question is searched for several times, with other limits.
        self._encodings = Cache(TEXTS, embedder.encode)
        self._passages = Cache(PASSAGES, self._load)
        self._articles = Cache[str, Article](ARTICLES, lambda ids: map(reader.article, ids))
        self._stated = Cache[str, tuple[Attribution, ...]](
            STATED, lambda ids: map(reader.attributions, ids)
        )
        self._spoken = Cache[tuple[str, ...], Ids](
            SPEAKERS, lambda few: map(self._load_spoken, few)
        )
        self._derived = derived.read(folder, reader)
        # An archive of no articles has none, and needs none.
        projection = json.loads(reader.meta.get("projection", "[]"))
        self._projection = np.array(projection, dtype=np.float32)

    @classmethod
    def open(cls, folder: Path | str, *, embedder: Embedder | None = None) -> Archive:
        """Open an archive; what is missing or torn of its derived files is made again first.

        Args:
            embedder: The model that the archive was built with; None loads it by its name.

        Raises:
            ArchiveNotFoundError: There is no archive, or its first build didn't finish.
            ArchiveFormatError: It is damaged, of another format, or built with another model.
            ModelError: The model isn't on this machine.
        """
        reader = Reader(Path(folder))
        embedder = embedder or SentenceEmbedder(reader.meta["embedder"])
        if embedder.fingerprint != reader.meta["fingerprint"]:
            reader.close()
            raise ArchiveFormatError(
                f"the archive was built with another model than this {embedder.name}; build it "
                "anew, or open it with the model it was built with",
                path=folder,
            )
        return cls(Path(folder), reader, embedder)

    def latest(self) -> Archive:
        """Return this archive, or a newly opened one where a build has been published since."""
        newest = Reader(self.folder)
        if newest.generation == self.generation:
            newest.close()
            return self
        return Archive(self.folder, newest, self._embedder)

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def totals(self) -> Totals:
        """What the archive holds."""
        return self._reader.totals()

    @cached_property
    def speakers(self) -> Mapping[str, Speaker]:
        """All speakers by id."""
        return {speaker.id: speaker for speaker in self._reader.speakers()}

    def members(self, speaker: Speaker) -> tuple[Speaker, ...]:
        """Return those who speak together under one name; of anybody else, himself."""
        found = (self.speakers[member] for member in speaker.members if member in self.speakers)
        return tuple(found) or (speaker,)

    @cached_property
    def statements(self) -> Mapping[str, int]:
        """Number of attributions by speaker id; a speaker without any is left out."""
        return self._reader.statements()

    def statements_of(self, speaker_id: str) -> list[Statement]:
        """Return a speaker's attributions, newest article first; none for an unknown speaker."""
        return self._reader.statements_of(speaker_id)

    @cached_property
    def months(self) -> list[tuple[str, str, int]]:
        """Number of articles by month ("2031-03"; empty if undated) and outlet, in order."""
        return self._reader.months()

    def entries(
        self, words: str = "", *, limit: int = 50, offset: int = 0
    ) -> tuple[int, list[Entry]]:
        """Return how many articles have `words` in title, outlet or id, and some, newest first."""
        return self._reader.entries(words, limit, offset)

    @property
    def embedder(self) -> Embedder:
        """The model that it was built with."""
        return self._embedder

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The outlets, sorted."""
        return self._derived.filters.outlets

    def article(self, article_id: str) -> Article:
        """Return an article; KeyError where there is none of this id."""
        return self._articles.get([article_id])[0]

    def versions(self, article_id: str) -> tuple[Version, ...]:
        """Return every wording that an article ever had here, oldest first; none if unknown."""
        return self._reader.versions(article_id)

    def version(self, article_id: str, digest: str) -> Article:
        """Return an article as it was when its digest began with `digest`, if never: KeyError."""
        return self._reader.version(article_id, digest)

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of the articles that are copies of this one's text, in order of entry."""
        return self._reader.copies(article_id)

    @cached_property
    def built(self) -> datetime | None:
        """When this generation was published; None for one of a very old archive."""
        found = self._reader.built()
        return datetime.fromisoformat(found) if found else None

    @property
    def manifest(self) -> Mapping[str, str]:
        """Model and options that it was built with, and all else that holds for the whole."""
        held = {k: v for k, v in self._reader.meta.items() if "projection" not in k}
        return held | {"vector index": self._derived.vectors.describe()}

    def articles(self) -> Iterable[Article]:
        """Yield every article, in the order in which they were added."""
        return self._reader.articles()

    def attributions(self, article_id: str, digest: str = "") -> tuple[Attribution, ...]:
        """Return an article's attributions in reading order; none for an unknown article.

        Args:
            digest: What the digest of an older version begins with; empty for the current one.
        """
        if digest:
            return self._reader.attributions(article_id, digest)
        return self._stated.get([article_id])[0]

    @one_thread()
    def search(self, query: Query | str, *others: Query) -> list[Hit]:
        """Find passages and the attributions in them, best first.

        Two rankings, by meaning (cosine) and by words (BM25), propose passages; late interaction
        ranks these and, with their tokens' context kept, the attributions in them.

        Args:
            query: A text alone looks everywhere.
            others: More queries, with other limits: what they find is ranked with the rest, by
                the first one's text and topic.

        Returns:
            At most `limit` passages a query (hits without an attribution), and every attribution
            in them. `scores` has "dense" (cosine) and "lexical" (BM25), each 0 where not among
            the first, and "late" (MaxSim, -1 to 1) of the passage; "article", the same of all
            passages found of its article together; "within" of the attribution, "content" of its
            content alone; and, of a query with a topic, "topic" and "topic within".

        Raises:
            ValueError: A text is empty, or a limit isn't positive.
        """
        query = Query(text=query) if isinstance(query, str) else query
        dense, lexical, limit = dict[int, float](), dict[int, float](), 0
        for one in (query, *others):
            if not one.text.strip():
                raise ValueError("the text to search for is empty")
            if one.limit < 1:
                raise ValueError(f"limit must be at least 1, not {one.limit}")
            proposed = self._propose(one)
            dense |= proposed[0]
            lexical |= proposed[1]
            limit += one.limit
        return self._rank(query, dense, lexical, limit)

    def _propose(self, query: Query) -> tuple[dict[int, float], dict[int, float]]:
        """Return the passages nearest by meaning and by words, each with its score."""
        spoken = self._spoken.get([query.speakers])[0] if query.speakers else None
        allowed = self._derived.filters.allowed(query, spoken)
        vector = self._encodings.get([query.text])[0].vector
        pool = max(POOL, (query.limit + 1) // 2)
        dense = self._derived.vectors.nearest(vector, pool, allowed=allowed)
        lexical = self._derived.words.nearest(query.text, pool, allowed=allowed)
        return dense, lexical

    @one_thread()
    def encode(self, texts: Sequence[str]) -> None:
        """Encode texts that are about to be searched for, all in one pass, which is faster."""
        self._encodings.get(texts)

    def _rank(
        self,
        query: Query,
        dense: Mapping[int, float],
        lexical: Mapping[int, float],
        limit: int,
    ) -> list[Hit]:
        numbers = sorted(dense.keys() | lexical.keys())
        if not numbers:
            return []
        loaded = self._passages.get(numbers)
        topic = self._sought(query.topic) if query.topic.strip() else None
        found = interact(self._sought(query.text), loaded, topic)
        best = sorted(range(len(numbers)), key=lambda n: (-found[n][0]["late"], n))[:limit]
        articles = self._articles.get([loaded[n].passage.article_id for n in best])
        hits = []
        for n, article in zip(best, articles, strict=True):
            one, (scores, of_attributions) = loaded[n], found[n]
            scores["dense"] = dense.get(numbers[n], 0.0)
            scores["lexical"] = lexical.get(numbers[n], 0.0)
            hits.append(_hit(article, one.passage, None, scores))
            hits += [
                _hit(article, one.passage, attribution, scores | own)
                for attribution, own in zip(one.attributions, of_attributions, strict=True)
            ]
        return sorted(hits, key=lambda hit: -hit.score)

    def _sought(self, text: str) -> Sought:
        encoding = self._encodings.get([text])[0]
        weights = self._derived.weights
        return Sought(
            project(encoding.tokens, self._projection),
            weights[np.minimum(encoding.ids, len(weights) - 1)],
        )

    def _load_spoken(self, speakers: tuple[str, ...]) -> Ids:
        return np.array(self._reader.spoken_by(speakers), dtype=np.int64)

    def _load(self, numbers: Sequence[int]) -> Iterable[Loaded]:
        tokens = self._reader.token_vectors(numbers)
        passages = self._reader.passages(numbers)
        attributions = self._reader.attributions_in(numbers)
        return (load(passages[n], attributions[n], tokens[n]) for n in numbers)


def _hit(
    article: Article,
    passage: Passage,
    attribution: Attribution | None,
    scores: Mapping[str, float],
) -> Hit:
    span = passage.span
    if attribution:
        span = Span(attribution.content[0].start, attribution.content[-1].end)
    return Hit(
        article=article,
        passage=passage,
        span=span,
        attribution=attribution,
        score=scores["late"] + scores.get("within", 0.0),
        scores=scores,
    )
