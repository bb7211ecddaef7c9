"""Evidence is kept within its budget, the best first."""

from __future__ import annotations

from index.records import Article, Passage, Span
from rag.budget import fit
from rag.records import Evidence


def piece(number: int, words: int, passage: str) -> Evidence:
    text = "word " * words
    return Evidence(
        number=number, article=Article(id=passage, text=text),
        passage=Passage(id=passage, article_id=passage, span=Span(0, len(text))),
        span=Span(0, 4), attribution=None, speaker=None, score=1.0,
    )  # fmt: skip


def count(text: str) -> int:
    return len(text.split())


def test_a_passage_counts_once_however_many_statements_are_in_it() -> None:
    pieces = [piece(1, 10, "p"), piece(2, 10, "p"), piece(3, 10, "q"), piece(4, 10, "r")]
    assert [e.number for e in fit(pieces, 20, count)] == [1, 2, 3]


def test_the_best_piece_is_kept_even_where_it_is_too_long() -> None:
    assert [e.number for e in fit([piece(1, 99, "p"), piece(2, 1, "q")], 20, count)] == [1]


def test_nothing_in_nothing_out() -> None:
    assert fit([], 20, count) == ()
