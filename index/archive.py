"""An archive opened for reading: search it, browse it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from . import derived
from .embedding import Embedder, Encoding, SentenceEmbedder
from .errors import ArchiveFormatError
from .records import Article, Attribution, Hit, Passage, Query, Span, Speaker
from .store import Reader, Totals
from .token_vectors import TokenVectors, max_sim, project, similarities

POOL = 40
"""Passages that each of the two first rankings proposes; see ARCHITECTURE.md for others tried."""

RECENT = 64
"""Texts searched for whose encoding is kept, about 20 KB each."""

Floats = npt.NDArray[np.float32]


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
        self._encode = lru_cache(RECENT)(lambda text: embedder.encode([text])[0])
        self._vectors, self._words, self._weights = derived.read(folder, reader)
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

    @cached_property
    def statements(self) -> Mapping[str, int]:
        """Number of attributions by speaker id; a speaker without any is left out."""
        return self._reader.statements()

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The outlets, sorted."""
        return self._reader.outlets()

    def article(self, article_id: str) -> Article:
        """Return an article; KeyError where there is none of this id."""
        return self._reader.article(article_id)

    def articles(self) -> Iterable[Article]:
        """Yield every article, in the order in which they were added."""
        return self._reader.articles()

    def attributions(self, article_id: str) -> tuple[Attribution, ...]:
        """Return an article's attributions in reading order; none for an unknown article."""
        return self._reader.attributions(article_id)

    def search(self, query: Query | str) -> list[Hit]:
        """Find passages and the attributions in them, best first.

        Two rankings, by meaning (cosine) and by words (BM25), propose passages; late interaction
        ranks these and, with their tokens' context kept, the attributions in them.

        Args:
            query: A text alone looks everywhere.

        Returns:
            At most `query.limit` passages (hits without an attribution), and every attribution
            in them. `scores` has "dense" (cosine), "lexical" (BM25; 0 where not among the
            first), "late" (MaxSim, -1 to 1) of the passage, and "within" of the attribution.

        Raises:
            ValueError: The text is empty, or the limit isn't positive.
        """
        query = Query(text=query) if isinstance(query, str) else query
        if not query.text.strip():
            raise ValueError("the text to search for is empty")
        if query.limit < 1:
            raise ValueError(f"limit must be at least 1, not {query.limit}")
        question = self._encode(query.text)
        allowed = self._reader.allowed(query)
        pool = max(POOL, query.limit)
        dense = self._vectors.nearest(question.vector, pool, allowed=allowed)
        lexical = self._words.nearest(query.text, pool, allowed=allowed)
        return self._late(question, dense, lexical, query.limit)

    def _late(
        self,
        question: Encoding,
        dense: Mapping[int, float],
        lexical: Mapping[int, float],
        limit: int,
    ) -> list[Hit]:
        numbers = sorted(dense.keys() | lexical.keys())
        if not numbers:
            return []
        tokens = self._reader.token_vectors(numbers)
        cosines = dict(
            zip(
                numbers,
                similarities(
                    project(question.tokens, self._projection), [tokens[n] for n in numbers]
                ),
                strict=True,
            )
        )
        weights = self._weights[np.minimum(question.ids, len(self._weights) - 1)]
        late = {n: max_sim(cosines[n], weights) for n in numbers}
        best = sorted(numbers, key=lambda n: (-late[n], n))[:limit]
        passages = self._reader.passages(best)
        attributions = self._reader.attributions_in(best)
        articles = {i: self.article(i) for i in {p.article_id for p in passages.values()}}
        hits = []
        for n in best:
            scores = {"dense": dense.get(n, 0.0), "lexical": lexical.get(n, 0.0), "late": late[n]}
            passage = passages[n]
            article = articles[passage.article_id]
            hits.append(_hit(article, passage, None, late[n], scores))
            for found in attributions[n]:
                within = max_sim(cosines[n], weights, _chosen(tokens[n], passage, found))
                hits.append(
                    _hit(article, passage, found, late[n] + within, scores | {"within": within})
                )
        return sorted(hits, key=lambda hit: -hit.score)


def _hit(
    article: Article,
    passage: Passage,
    attribution: Attribution | None,
    score: float,
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
        score=score,
        scores=scores,
    )


def _chosen(
    tokens: TokenVectors, passage: Passage, attribution: Attribution
) -> npt.NDArray[np.bool_]:
    """Mark the passage's tokens that are the attribution's source, cue or content."""
    places = tokens.starts + passage.span.start
    chosen = np.zeros(len(places), dtype=np.bool_)
    for start, end in (*attribution.source, *attribution.cue, *attribution.content):
        chosen |= (places >= start) & (places < end)
    return chosen & (tokens.starts >= 0)
