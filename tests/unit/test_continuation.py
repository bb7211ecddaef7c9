"""What a speaker goes on to say is one piece of evidence, and one citation."""

from __future__ import annotations

import pytest

from index.records import Article, Attribution, Passage, Span, Speaker
from rag.continuation import join
from rag.extents import paragraphs
from rag.records import Evidence

TEXT = (
    "“The weir is safe,” Otto Berg said. “It is old.”\n\n"
    "He added that it was ours.\n\n"
    "“It leaks,” Petra Holm said.\n\n"
    "“It does not,” Otto Berg said."
)
BERG = Speaker(id="berg", name="Otto Berg", kind="person")


def stated(
    number: int, words: str, speaker: str = "berg", within: str | None = None
) -> Attribution:
    start = TEXT.index(words)
    return Attribution(
        id=f"a#{number}", article_id="a", source=(), cue=(), kind="direct",
        content=(Span(start, start + len(words)),), speaker_id=speaker, within=within,
    )  # fmt: skip


SAFE, OURS = stated(0, "“The weir is safe,”"), stated(1, "that it was ours")
LEAKS, NOT = stated(2, "“It leaks,”", "holm"), stated(3, "“It does not,”")
ALL = (SAFE, OURS, LEAKS, NOT)


def piece(attribution: Attribution | None, number: int = 1) -> Evidence:
    return Evidence(
        number=number, article=Article(id="a", text=TEXT), span=Span(0, 1), speaker=BERG, score=1.0,
        passage=Passage(id="a#p", article_id="a", span=Span(0, len(TEXT))), attribution=attribution,
    )  # fmt: skip


def test_a_piece_gets_what_its_speaker_says_until_somebody_else_speaks() -> None:
    [first, last] = join([piece(SAFE), piece(NOT, 2)], lambda _: ALL)
    assert first.statements == (SAFE, OURS)
    assert last.statements == (NOT,)


def test_what_leads_up_to_it_comes_along_and_is_not_given_again() -> None:
    [only] = join([piece(OURS), piece(SAFE, 2)], lambda _: ALL)
    assert (only.attribution, only.beside) == (OURS, (SAFE,))


def test_what_another_one_says_within_a_statement_does_not_end_it() -> None:
    inner = stated(4, "weir", "holm", within=SAFE.id)
    [first] = join([piece(SAFE)], lambda _: (*ALL, inner))
    assert first.beside == (OURS,)


def test_none_without_a_statement_and_no_article_read_before_its_piece_is_wanted() -> None:
    read: list[str] = []
    found = join(
        [piece(None), piece(SAFE, 2), piece(LEAKS, 3)], lambda article: read.append(article) or ALL
    )
    assert next(found).number == 2
    assert len(read) == 1
    assert [p.number for p in found] == [3]


@pytest.mark.parametrize("unknown", [(), (LEAKS,)])
def test_an_article_without_the_statement_adds_nothing(unknown: tuple[Attribution, ...]) -> None:
    [only] = join([piece(SAFE)], lambda _: unknown)
    assert only.beside == ()


def test_cited_words_are_widened_to_their_paragraphs_unless_these_are_long() -> None:
    words = Span(TEXT.index("added"), TEXT.index("ours"))
    whole = paragraphs(TEXT, words)
    assert TEXT[whole.start : whole.end] == "He added that it was ours."
    long = "word " * 300
    assert paragraphs(long, Span(5, 9)) == Span(5, 9)
