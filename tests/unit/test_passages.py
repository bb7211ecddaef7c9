"""Passages: whole sentences, all of them, within both limits, quotations kept whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import SentenceEmbedder
from index.options import BuildOptions
from index.passages import cut
from index.records import Article, Passage, Span
from index.tokens import count_tokens

SMALL = BuildOptions(passage_tokens=16)


def article_of(pieces: Sequence[tuple[str, str]]) -> tuple[Article, list[Span]]:
    """Join (sentence, gap after it) to an article; return it with its sentences' places."""
    text, sentences = "", []
    for sentence, gap in pieces:
        sentences.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + gap
    return Article(id="tarrow", text=text), sentences


def sentences_of(text: str) -> list[Span]:
    """Split a plain text after each full stop and its closing quotation marks."""
    return [Span(*found.span()) for found in re.finditer(r"\S[^.]*\.[\"”»]*", text)]


def cut_by_words(text: str, most: int) -> list[str]:
    """Cut a plain text where a token is a word."""
    article = Article(id="tarrow", text=text)
    found = cut(
        article,
        sentences_of(text),
        SMALL,
        count=lambda part: len(part.split()) * 16 // most,
        fits=lambda _: True,
    )
    return [article.quote(passage.span) for passage in found]


def overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def check(
    article: Article,
    sentences: Sequence[Span],
    found: Sequence[Passage],
    options: BuildOptions,
    embedder: SentenceEmbedder,
) -> None:
    """Assert all that `cut` promises but for what it says of quotations."""
    ends = [0]
    for passage in found:
        assert ends[-1] <= passage.span.start < passage.span.end
        ends.append(passage.span.end)
        text = article.quote(passage.span)
        assert count_tokens(text) <= options.passage_tokens
        assert embedder.count(text) <= embedder.limit
        assert passage.article_id == article.id
        assert passage.id == f"{article.id}#{passage.span.start}-{passage.span.end}"
    covered = {place for passage in found for place in range(*passage.span)}
    for sentence in sentences:
        assert all(article.text[p].isspace() for p in set(range(*sentence)) - covered)
        parts = [passage.span for passage in found if overlap(passage.span, sentence)]
        fits = count_tokens(article.quote(sentence)) <= options.passage_tokens
        if fits and embedder.count(article.quote(sentence)) <= embedder.limit:
            assert len(parts) == 1


words = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=12)
plain = st.sampled_from('the mayor said “No never again” that bridge « closed » 2031 " —'.split())
sentence = st.lists(st.one_of(plain, words), min_size=1, max_size=30).map(" ".join)
gap = st.sampled_from([" ", "", "\n", "\n\n"])


@settings(max_examples=80)
@given(st.lists(st.tuples(sentence, gap), max_size=8), st.sampled_from([16, 40, 200]))
def test_passages_hold_every_sentence_once_in_order_within_both_limits(
    embedder: SentenceEmbedder, pieces: list[tuple[str, str]], most: int
) -> None:
    article, sentences = article_of(pieces)
    options = BuildOptions(passage_tokens=most)
    found = cut(
        article,
        sentences,
        options,
        count=count_tokens,
        fits=lambda text: embedder.count(text) <= embedder.limit,
    )
    check(article, sentences, found, options, embedder)


@pytest.mark.parametrize(
    "text",
    [
        "bridge " * 600,
        "x" * 3000,
        "漢字" * 500,
        "😀" * 400,
        "https://courier.example/" + "a1/" * 400 + " said.",
    ],
)
def test_a_sentence_that_is_too_long_is_cut_within_both_limits(
    embedder: SentenceEmbedder, text: str
) -> None:
    article, sentences = article_of([("Short one.", " "), (text.strip(), " "), ("Last one.", "")])
    options = BuildOptions()
    found = cut(
        article,
        sentences,
        options,
        count=count_tokens,
        fits=lambda part: embedder.count(part) <= embedder.limit,
    )
    check(article, sentences, found, options, embedder)
    assert len(found) > 1


def test_a_long_sentence_is_cut_between_words() -> None:
    assert cut_by_words("One two three four five six seven.", 3) == [
        "One two three",
        "four five six",
        "seven.",
    ]


def test_a_word_too_long_is_halved_until_it_fits() -> None:
    article = Article(id="tarrow", text="abcdefghij")
    found = cut(
        article, [Span(0, 10)], SMALL, count=lambda text: 4 * len(text), fits=lambda _: True
    )
    assert [article.quote(passage.span) for passage in found] == ["ab", "cde", "fg", "hij"]


def test_a_passage_takes_as_many_sentences_as_fit() -> None:
    assert cut_by_words("One two. Three. Four five six. Seven.", 4) == [
        "One two. Three.",
        "Four five six. Seven.",
    ]


def test_the_embedders_limit_counts_as_well() -> None:
    article = Article(id="tarrow", text="One. Two. Three. Four.")
    found = cut(
        article,
        sentences_of(article.text),
        BuildOptions(),
        count=lambda _: 1,
        fits=lambda text: len(text) <= 10,
    )
    assert [article.quote(p.span) for p in found] == ["One. Two.", "Three.", "Four."]


@pytest.mark.parametrize(("opening", "closing"), ["“”", "«»", '""'])
def test_a_quotation_that_fits_isnt_cut(opening: str, closing: str) -> None:
    quotation = f"She said {opening}no. Never. Not me.{closing}"
    text = f"He asked twice. {quotation} He left."
    assert cut_by_words(text, 6) == ["He asked twice.", quotation, "He left."]
    assert cut_by_words(text, 20) == [text]


def test_a_quotation_that_fits_no_passage_is_cut_between_its_sentences() -> None:
    text = "He asked. “One two. Three four. Five six. Seven eight.” He left."
    assert cut_by_words(text, 4) == [
        "He asked.",
        "“One two. Three four.",
        "Five six. Seven eight.”",
        "He left.",
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“One two.\n\nThree four. Five six. Seven eight."
    assert cut_by_words(text, 4) == ["“One two.\n\nThree four.", "Five six. Seven eight."]


def test_what_isnt_in_a_sentence_is_in_no_passage() -> None:
    article = Article(id="tarrow", text="  \n One.   Two.  ")
    found = cut(article, [Span(4, 8), Span(11, 15)], SMALL, count=count_tokens, fits=lambda _: True)
    assert [passage.span for passage in found] == [Span(4, 15)]


def test_no_sentences_make_no_passages() -> None:
    article = Article(id="tarrow", text=" \n ")
    assert cut(article, [], SMALL, count=count_tokens, fits=lambda _: True) == []


QUOTED = st.lists(
    st.tuples(
        st.sampled_from(
            ["One two.", "Three.", "“Four five.", "Six.”", "“Seven.”", "He said “no.”"]
        ),
        st.sampled_from([" ", " ", " ", "\n\n"]),
    ),
    max_size=14,
)


def quotations_of(text: str) -> list[Span]:
    """Find quotations by a plain reading, from an opening mark to a closing one in a paragraph."""
    return [Span(*found.span()) for found in re.finditer(r"“(?:(?!\n\n)[^“”])*”", text)]


@settings(max_examples=200)
@given(QUOTED, st.integers(3, 9))
def test_a_cut_quotation_is_one_that_fits_no_passage(
    pieces: list[tuple[str, str]], most: int
) -> None:
    article, sentences = article_of(pieces)

    def count(text: str) -> int:
        return len(text.split()) * 16 // most

    found = cut(article, sentences, SMALL, count=count, fits=lambda _: True)
    for quotation in quotations_of(article.text):
        inside = [s for s in sentences if overlap(s, quotation)]
        whole = Span(inside[0].start, inside[-1].end)
        if count(article.quote(whole)) <= SMALL.passage_tokens:
            assert sum(overlap(passage.span, quotation) for passage in found) == 1
