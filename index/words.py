"""Passages by their words: BM25, with tantivy; its only importer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .errors import ArchiveFormatError

if TYPE_CHECKING:
    import tantivy

Ids = npt.NDArray[np.int64]

MOST_NAMED = 2000
"""Most allowed numbers that a query itself names."""

_FIELDS = (("text", 1.0), ("title", 0.3))


class WordIndex:
    """BM25 over passages and their titles, words stemmed, accents and case ignored.

    Args:
        folder: What `write` wrote.

    Raises:
        ArchiveFormatError: The folder holds no such index, or a damaged one.
    """

    def __init__(self, folder: Path) -> None:
        import tantivy

        try:
            self._index = tantivy.Index.open(str(folder))
        except ValueError as error:
            raise ArchiveFormatError(
                "the word index is damaged; delete this folder, it is remade from the archive",
                path=folder,
            ) from error
        self._analyser = _analyser()
        self._index.register_tokenizer("news", self._analyser)
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    @classmethod
    def write(
        cls,
        folder: Path,
        rows: Iterable[tuple[int, str, str]],
        *,
        gone: Sequence[int] = (),
    ) -> None:
        """Add rows of (number, title, text) to the index in `folder`, made where there is none.

        Args:
            folder: It must be there.
            gone: Numbers of rows to drop.
        """
        import tantivy

        index = tantivy.Index(_schema(), path=str(folder))
        index.register_tokenizer("news", _analyser())
        # One thread: the same rows then make the same segments, in the same order.
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        if gone:
            query = tantivy.Query.term_set_query(index.schema, "number", gone)
            writer.delete_documents_by_query(query)
        for number, title, text in rows:
            row = tantivy.Document(title=title, text=text)
            row.add_unsigned("number", number)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()

    def nearest(
        self, text: str, limit: int, *, allowed: Sequence[int] | Ids | None = None
    ) -> dict[int, float]:
        """Return the numbers of the passages that share most with `text`, with their BM25.

        Args:
            allowed: The only numbers to look at, sorted; None for all.
        """
        terms = list(dict.fromkeys(self._analyser.analyze(text)))
        if not terms or (allowed is not None and len(allowed) == 0):
            return {}
        query = self._query(terms)
        if allowed is None:
            return self._search(query, limit)
        return self._search_among(query, limit, np.asarray(allowed, dtype=np.int64))

    def _search_among(self, query: tantivy.Query, limit: int, allowed: Ids) -> dict[int, float]:
        import tantivy

        if len(allowed) <= MOST_NAMED:
            only = tantivy.Query.term_set_query(self._index.schema, "number", allowed.tolist())
            only = tantivy.Query.const_score_query(only, 0.0)
            return self._search(query.and_must_match(only), limit)
        # So many can't be named. The best of all are looked through, and more of them where too
        # few of those are allowed.
        wanted = max(limit, round(2 * limit * len(self) / len(allowed)))
        while True:
            found = self._search(query, wanted)
            passing = np.isin(list(found), allowed)
            if passing.sum() >= limit or len(found) < wanted:
                kept = [n for n, is_allowed in zip(found, passing, strict=True) if is_allowed]
                return {n: found[n] for n in kept[:limit]}
            wanted *= 4

    def _query(self, terms: Sequence[str]) -> tantivy.Query:
        import tantivy

        schema = self._index.schema
        wanted = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(schema, name, term, "freq"), boost
                ),
            )
            for term in terms
            for name, boost in _FIELDS
        ]
        return tantivy.Query.boolean_query(wanted)

    def _search(self, query: tantivy.Query, limit: int) -> dict[int, float]:
        hits = self._searcher.search(query, limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return {int(n): float(s) for (s, _), n in zip(hits, numbers, strict=True) if n is not None}


def _schema() -> tantivy.Schema:
    import tantivy

    build = tantivy.SchemaBuilder()
    build.add_unsigned_field("number", stored=False, indexed=True, fast=True)
    for name, _ in _FIELDS:
        build.add_text_field(name, tokenizer_name="news", index_option="freq")
    return build.build()


def _analyser() -> tantivy.TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    build = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (
        Filter.remove_long(60),
        Filter.lowercase(),
        Filter.ascii_fold(),
        Filter.stopword("english"),
        Filter.stemmer("english"),
    ):
        build = build.filter(step)
    return build.build()
