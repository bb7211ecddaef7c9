"""Chunks cover an article, keep paragraphs whole, and say of each word what the network reads."""

from __future__ import annotations

import pytest

from index.attributions import chunks
from index.language import SpacyParser
from index.records import Parse, Token


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def encode(word: str) -> list[int]:
    """Give every letter a piece of its own."""
    return [ord(letter) for letter in word]


def branch_of(parse: Parse, text: str, cue: str) -> dict[str, str]:
    """Return for every word the name of its branch, seen from the cue."""
    layout = chunks.lay_out(text, parse.tokens)
    head = next(place for place, token in enumerate(parse.tokens) if token.text == cue)
    names = ("unknown", *chunks.LABELS, *chunks.BRANCHES)
    found = chunks.branches(parse.tokens, layout.lines, head, 0, len(parse.tokens))
    return {token.text: names[place] for token, place in zip(parse.tokens, found, strict=True)}


def test_states_mark_the_outermost_quotation_and_its_marks(parser: SpacyParser) -> None:
    text = "He said: “It’s a ‘mess’.”\nThen ''nothing'' more."
    tokens = parser.parse(text).tokens
    layout = chunks.lay_out(text, tokens)
    states = dict(zip((token.start for token in tokens), layout.states, strict=True))
    assert states[text.index("“")] == 2
    assert states[text.index("mess")] == 1
    assert states[text.index("”")] == 3
    assert states[text.index("Then")] == 0
    assert states[text.index("''")] == 2
    assert states[text.index("more")] == 0
    assert [tokens[part.start].start for part in layout.quotations] == [9, text.index("''")]


def test_lines_count_line_breaks_and_not_blank_ones(parser: SpacyParser) -> None:
    text = "Oxhaven.\n\n\nRain fell.\nIt stopped."
    tokens = parser.parse(text).tokens
    lines = chunks.lay_out(text, tokens).lines
    assert {token.text: line for token, line in zip(tokens, lines, strict=True)}["Rain"] == 1
    assert lines[-1] == 2


def test_branches_name_the_way_from_the_cue(parser: SpacyParser) -> None:
    text = "Snow fell. Mayor Brandvold said the harbour is open. It rained.\nNight came."
    found = branch_of(parser.parse(text), text, "said")
    assert found["said"] == "self"
    assert found["Mayor"] == found["Brandvold"] == "nsubj"
    assert found["harbour"] == found["open"] == "ccomp"
    assert found["Snow"] == "before"
    assert found["rained"] == "after"
    assert found["Night"] == "paragraph after"


def test_branches_of_a_word_that_hangs_on_another(parser: SpacyParser) -> None:
    text = "The ferry, he said, is late."
    tree = {"The": 1, "ferry": 6, ",": 6, "he": 4, "said": 6, "is": 6, "late": 6, ".": 6}
    tokens = parser.parse(text).tokens
    made = Parse(
        tokens=tuple(
            token._replace(
                head=tree[token.text], sentence=0, dep="nsubj" if token.text == "he" else "dep"
            )
            for token in tokens
        ),
        sentences=(),
        entities=(),
    )
    found = branch_of(made, text, "said")
    assert found["he"] == "nsubj"
    assert found["is"] == "above"
    assert found["ferry"] == "beside"


def test_windows_end_at_paragraphs_past_their_middle() -> None:
    breaks = ([2] + [0] * 49) * 10
    assert list(chunks.windows([1] * 500, breaks, 286)) == [(0, 250), (250, 500)]
    assert next(chunks.windows([1] * 500, breaks, 120)) == (0, 100)
    uneven = [2] + [0] * 99 + ([1] + [0] * 99) * 2
    assert next(chunks.windows([1] * 300, uneven, 286)) == (0, 200)


def test_windows_cut_sentences_and_words_only_where_they_must() -> None:
    sentences = ([1] + [0] * 99) * 5
    assert next(chunks.windows([1] * 500, sentences, 286)) == (0, 200)
    endless = [1] + [0] * 999
    found = list(chunks.windows([1] * 1000, endless, 286))
    assert found == [(0, 286), (286, 572), (572, 858), (858, 1000)]


def test_chunks_cover_every_word_of_a_long_article(parser: SpacyParser) -> None:
    text = "\n\n".join(f"The mayor of Oxhaven read page {n} aloud." for n in range(120))
    parse = parser.parse(text)
    found = list(chunks.cut(parse, chunks.lay_out(text, parse.tokens), encode))
    assert {place for one in found for place in range(one.first, one.last)} == set(
        range(len(parse.tokens))
    )
    for one in found:
        assert len(one.pieces) == len(one.features) <= chunks.BUDGET
        assert len(one.heads) == one.last - one.first
        first = parse.tokens[one.first].text
        assert one.pieces[one.heads[0]] == ord(first[0])


def test_an_empty_article_has_no_chunk() -> None:
    parse = Parse(tokens=(), sentences=(), entities=())
    assert list(chunks.cut(parse, chunks.lay_out("", ()), encode)) == []


def test_an_unknown_word_has_one_piece_and_a_long_one_at_most_six() -> None:
    words = ("x" * 40, "🙂")
    tokens = tuple(
        Token(n * 50, n * 50 + 40, word, word, "X", "?", "?", n, -1, n)
        for n, word in enumerate(words)
    )
    parse = Parse(tokens=tokens, sentences=(), entities=())
    layout = chunks.lay_out(" " * 100, tokens)
    (found,) = chunks.cut(parse, layout, lambda word: [7] * len(word) if word[0] == "x" else [])
    assert found.pieces == [chunks.FIRST, *[7] * 6, chunks.UNKNOWN, chunks.LAST]
    assert found.features[1] == (0, 0, 0, 0)
