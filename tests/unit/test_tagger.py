"""The shipped tagger on invented articles: who is the source, what is the cue, what the content."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from index.attributions import tagger
from index.attributions.choice import Found, choose, snap
from index.attributions.tagger import SHA256, WEIGHTS, Tagger
from index.errors import ModelError
from index.language import SpacyParser
from index.records import Article, Attribution, Parse, Span


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="module")
def reader() -> Tagger:
    return Tagger()


def find(reader: Tagger, parser: SpacyParser, text: str) -> tuple[Article, list[Attribution]]:
    """Return the article and its outermost attributions."""
    article = Article(id="t1", text=text)
    found = reader.find(article, parser.parse(text))
    return article, [one for one in found if one.within is None]


def words(article: Article, spans: tuple[Span, ...]) -> str:
    return " … ".join(article.quote(span) for span in spans)


def test_a_direct_quotation(reader: Tagger, parser: SpacyParser) -> None:
    text = (
        "The ferry to Oxhaven was late again.\n\n"
        "“Nobody told us that the boat had been sold,” said Ilse Brandvold, a baker who takes it"
        " every day."
    )
    article, (one,) = find(reader, parser, text)
    assert words(article, one.content) == "“Nobody told us that the boat had been sold,”"
    assert words(article, one.cue) == "said"
    assert words(article, one.source).startswith("Ilse Brandvold")
    assert (one.kind, one.stance, one.polarity) == ("direct", "says", "asserted")


def test_an_indirect_one_and_a_denial(reader: Tagger, parser: SpacyParser) -> None:
    text = (
        "Mayor Rowan Pell said on Tuesday that the harbour would reopen in May. He denied that"
        " any ship had been turned away."
    )
    article, (first, second) = find(reader, parser, text)
    assert words(article, first.source) == "Mayor Rowan Pell"
    assert words(article, first.content) == "that the harbour would reopen in May"
    assert first.kind == "indirect"
    assert words(article, second.source) == "He"
    assert words(article, second.content) == "that any ship had been turned away"
    assert second.stance == "denies"


def test_a_mixed_one(reader: Tagger, parser: SpacyParser) -> None:
    text = (
        "Councillor Odd Lykke called the plan “a gift to the fish” and said it would cost millions."
    )
    article, found = find(reader, parser, text)
    first = found[0]
    assert words(article, first.source) == "Councillor Odd Lykke"
    assert words(article, first.cue) == "called"
    assert "“a gift to the fish”" in words(article, first.content)
    assert first.kind == "mixed"


def test_a_quotation_that_runs_over_two_paragraphs(reader: Tagger, parser: SpacyParser) -> None:
    text = (
        "“We have waited eleven years for this bridge,” the engineer, Tove Anker, said at the"
        " opening. “It will stand for a hundred.\n\n"
        "“And when it falls, I hope that somebody builds another.”"
    )
    article, (one,) = find(reader, parser, text)
    content = words(article, one.content)
    assert content.startswith("“We have waited")
    assert content.endswith("builds another.”")
    assert "Tove Anker" not in content
    assert "Tove Anker" in words(article, one.source)


def test_a_content_on_both_sides_of_its_cue(reader: Tagger, parser: SpacyParser) -> None:
    text = "“The lighthouse,” Ilse Brandvold said, “has no keeper.”"
    article, (one,) = find(reader, parser, text)
    assert words(article, one.content) == "“The lighthouse,” … “has no keeper.”"


def test_a_document_as_source(reader: Tagger, parser: SpacyParser) -> None:
    text = (
        "The bridge at Tarn is unsafe, according to a report that the county published on Friday."
    )
    article, (one,) = find(reader, parser, text)
    assert words(article, one.content) == "The bridge at Tarn is unsafe"
    assert "a report" in words(article, one.source)


def test_one_inside_anothers_content(reader: Tagger, parser: SpacyParser) -> None:
    text = "Ilse Brandvold said on Monday that the mayor had promised to repair the old bridge."
    article = Article(id="t1", text=text)
    outer, inner = reader.find(article, parser.parse(text))
    assert words(article, outer.source) == "Ilse Brandvold"
    assert (outer.within, inner.within) == (None, outer.id)
    assert words(article, inner.source) == "the mayor"
    assert words(article, inner.content) == "to repair the old bridge"
    assert inner.stance == "promises"


@pytest.mark.parametrize("text", ["", "\n\n", "Snow fell on Oxhaven. The bridge is closed."])
def test_nothing_is_found_where_nobody_speaks(
    reader: Tagger, parser: SpacyParser, text: str
) -> None:
    assert find(reader, parser, text)[1] == []


def test_a_text_of_20000_words_is_read_to_its_end(reader: Tagger, parser: SpacyParser) -> None:
    weather = "Snow fell on Oxhaven and the wind came from the north over the grey water. " * 6
    said = "Captain Odd Lykke said that the ferry would sail on Monday."
    text = "\n\n".join([weather.strip()] * 223 + [said])
    assert len(text.split()) >= 20_000
    article, (one,) = find(reader, parser, text)
    assert words(article, one.source) == "Captain Odd Lykke"
    assert one.content[0].end == len(text) - 1


def test_the_same_article_gives_the_same_attributions_alone_and_again(
    reader: Tagger, parser: SpacyParser
) -> None:
    text = "Rowan Pell warned that the dam could break. “Leave now,” he told the town."
    assert find(reader, parser, text) == find(Tagger(), parser, text)


def test_short_numbers_find_the_same_attributions(reader: Tagger, parser: SpacyParser) -> None:
    text = (
        "Mayor Ada Quill said on Monday that the Brackwater bridge would open in May. "
        "“We are ready,” she told the council.\n\n"
        "Engineer Tom Osei denied that the work was late."
    )
    assert len(find(reader, parser, text)[1]) == 3
    assert find(Tagger(short=True), parser, text) == find(Tagger(short=False), parser, text)


def test_a_higher_threshold_finds_less_but_for_what_is_seconded(parser: SpacyParser) -> None:
    text = "Rowan Pell said the dam holds. The talks about the wall drew critics of the plan."
    parse = parser.parse(text)
    talks = next(place for place, token in enumerate(parse.tokens) if token.text == "talks")

    def heads(threshold: float, *seconded: int) -> list[str]:
        found = Tagger(threshold=threshold).tag(text, parse, frozenset(seconded))
        return [parse.tokens[one.head].text for one in found]

    assert heads(0.5) == ["said", "talks"]
    assert heads(0.9) == ["said"]
    assert heads(0.9, talks) == ["said", "talks"]
    assert heads(1.0) == []


def test_tampered_weights_are_refused(tmp_path: Path) -> None:
    changed = bytearray(WEIGHTS.read_bytes())
    changed[len(changed) // 2] ^= 1
    path = tmp_path / "tagger.safetensors"
    path.write_bytes(changed)
    with pytest.raises(ModelError, match=rf"expected {SHA256}"):
        Tagger(path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.safetensors is missing"):
        Tagger(tmp_path / "nowhere.safetensors")


def test_torch_keeps_the_threads_that_it_had(reader: Tagger, parser: SpacyParser) -> None:
    before = torch.get_num_threads()
    find(reader, parser, "Rowan Pell said it rained.")
    assert torch.get_num_threads() == before
    assert tagger.TOGETHER >= 1


def found(head: int, chance: float, content: range) -> Found:
    return Found(head=head, chance=chance, source=(), cue=(head,), content=tuple(content))


def test_a_cue_in_the_content_of_a_surer_one_goes() -> None:
    outer, inner = found(0, 0.9, range(1, 10)), found(4, 0.6, range(5, 9))
    assert choose([inner, outer]) == [outer]


def test_a_cue_whose_content_holds_a_surer_one_stays_without_it() -> None:
    outer, inner = found(0, 0.6, range(1, 10)), found(4, 0.9, range(5, 9))
    assert choose([inner, outer]) == [outer]


def test_two_cues_with_one_content_leave_the_surer() -> None:
    first, second = found(0, 0.6, range(2, 10)), found(1, 0.9, range(2, 9))
    assert choose([first, second]) == [second]


def test_a_quotation_half_found_is_taken_whole() -> None:
    one = found(0, 0.9, range(5, 9))
    assert snap(one, [range(4, 11)]).content == tuple(range(4, 11))
    assert snap(one, [range(4, 30)]).content == one.content
    assert snap(found(6, 0.9, range(7, 11)), [range(5, 12)]).content == tuple(range(7, 11))


def test_an_empty_parse_has_nothing(reader: Tagger) -> None:
    assert reader.tag("", Parse(tokens=(), sentences=(), entities=())) == []
