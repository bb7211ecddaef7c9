"""A card shows the words that are cited, who said them and how, and where they stand."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from unit.answers import ARTICLE, STATEMENT, TEXT, answer, at, cite, marked

from rag import Article, Passage, Span
from ui.markup.cards import render_cards


def test_a_card_leaves_out_the_paragraphs_that_are_not_cited() -> None:
    rendered = render_cards(0, answer())
    assert "said Wil Tarrant" in rendered
    assert "harbour master" not in re.sub(r'<p class="headline".*', "", rendered, flags=re.DOTALL)
    assert "Nobody else" not in rendered


def test_a_card_reaches_beyond_its_passage_where_the_citation_does() -> None:
    short = cite(passage=Passage(id="p", article_id="ferry", span=Span(0, 54)))
    rendered = render_cards(0, answer(citations=(short,)))
    assert marked(rendered)[-1] == 'and so does my mother."'


@pytest.mark.parametrize(
    ("stance", "polarity", "kind", "badges"),
    [
        ("denies", "asserted", "direct", ["denied", "Direct quote"]),
        ("says", "negated", "indirect", ["did not say", "Indirect"]),
        ("alleges", "hypothetical", "mixed", ["alleged, hypothetically", "Partly quoted"]),
    ],
)
def test_a_card_says_what_the_speaker_did_and_whose_words_they_are(
    stance: str, polarity: str, kind: str, badges: list[str]
) -> None:
    statement = cite().attribution
    assert statement is not None
    statement = replace(statement, stance=stance, polarity=polarity, kind=kind)  # type: ignore[arg-type]
    rendered = render_cards(0, answer(citations=(cite(attribution=statement),)))
    assert re.findall(r'<span class="badge[^>]*>([^<]*)', rendered) == badges


def test_a_speaker_who_is_not_resolved_is_called_what_the_article_calls_him() -> None:
    rendered = render_cards(0, answer(citations=(cite(speaker=None),)))
    assert '<h3 dir="auto">Wil Tarrant</h3>' in rendered


def test_words_that_nobody_says_are_the_articles_own() -> None:
    bare = cite(speaker=None, attribution=None)
    rendered = render_cards(0, answer(citations=(bare,)))
    assert '<h3 dir="auto">The article itself</h3><span class="badge">No speaker</span>' in rendered


def test_an_article_without_title_outlet_or_date_is_still_told_apart() -> None:
    bare = Article(id="x", text=f"{TEXT} {'word ' * 50}")
    rendered = render_cards(0, answer(citations=(cite(bare),)))
    assert (
        "The ferry to Ostrov is safe, the harbour master said. &#34;I sail on it myself,&#34; "
        "said Wil …"
    ) in rendered
    assert "Outlet not given · no date" in rendered


def test_a_card_says_what_the_speaker_is() -> None:
    source = replace(STATEMENT, source=(at('said Wil Tarrant. "My children'),))
    rendered = render_cards(0, answer(citations=(cite(attribution=source),)))
    assert '<p class="role" dir="auto">said, &#34;My children</p>' in rendered


def test_a_card_says_in_how_many_other_articles_the_same_stands() -> None:
    copy = replace(ARTICLE, id="copy", title="Ferry safe", outlet="Osk Gazette")
    rendered = render_cards(0, answer(), copies={"ferry": [copy]})
    assert (
        '<details class="copies"><summary>Also in 1 other</summary><ul><li dir="auto">'
        "Ferry safe · Osk Gazette · 9 May 2031</li></ul></details>"
    ) in rendered
    assert "Also in" not in render_cards(0, answer())


def test_an_abstention_without_anything_near_promises_nothing() -> None:
    result = answer("None here.", citations=(), abstention="nobody-said-it")
    assert render_cards(0, result) == '<p class="hint">There is no statement to show.</p>'


def test_cards_name_the_question_only_where_there_are_several() -> None:
    assert '<p class="of"' not in render_cards(0, answer())
    assert '<p class="of" dir="auto">“Is it?”</p>' in render_cards(0, answer(), of="Is it?")


def test_going_back_arrives_at_the_card_that_was_left() -> None:
    second = cite(number=2)
    rendered = render_cards(3, answer(citations=(cite(), second)), opened=2)
    assert re.findall(r'data-turn="3" data-number="(\d)" data-focus', rendered) == ["2"]
