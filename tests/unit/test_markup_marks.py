"""What is marked in an article is what is cited, and who else speaks; no word of it is lost."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from unit.answers import ARTICLE, MASTER, QUOTE, STATEMENT, TARRANT, TEXT, answer, at, cite, marked

from rag import Span
from ui.markup.cards import render_cards
from ui.markup.excerpts import excerpt
from ui.markup.reader import mark_voices, render_article, render_citation


def test_the_marked_words_are_exactly_the_highlights() -> None:
    """A highlight that runs over a blank line is marked in each of its paragraphs."""
    expected = [
        '"I sail on it myself,"',
        '"My children sail on it,',
        'and so does my mother."',
    ]
    assert marked(render_citation(0, cite())) == expected
    assert marked(render_cards(0, answer())) == expected


def test_an_excerpt_loses_no_word_of_its_span_and_adds_none() -> None:
    plain = re.sub(r"<[^>]+>", " ", excerpt(ARTICLE, Span(0, len(TEXT)), QUOTE))
    assert html.unescape(plain).split() == TEXT.split()


def test_overlapping_and_unsorted_highlights_mark_each_word_once() -> None:
    spans = (at("is safe, the harbour"), at("ferry to Ostrov is safe"))
    assert marked(excerpt(ARTICLE, Span(0, 54), spans)) == [
        "ferry to Ostrov is safe, the harbour",
    ]


def test_highlights_outside_the_span_mark_nothing() -> None:
    assert marked(excerpt(ARTICLE, Span(0, 54), QUOTE)) == []


def test_only_the_first_mark_of_an_article_is_where_the_page_arrives() -> None:
    rendered = render_citation(0, cite())
    assert re.findall(r"<mark[^>]*>", rendered) == ['<mark data-arrive="center">', *["<mark>"] * 2]


def test_everybody_else_in_the_article_is_marked_by_name() -> None:
    rendered = render_citation(0, cite(), [STATEMENT, MASTER], {"tarrant": TARRANT})
    assert (
        '<span class="said" data-hue="0" title="the harbour master confirmed" '
        'data-who="the harbour master" data-named>The ferry to Ostrov is safe</span>'
    ) in rendered
    assert 'data-seek="the harbour master"' in rendered
    assert 'data-seek="Wil Tarrant"' not in rendered
    assert marked(rendered)[0] == '"I sail on it myself,"'


def test_of_statements_within_one_another_the_inner_is_marked_and_no_word_is_lost() -> None:
    inner = replace(MASTER, id="c", content=(at("Ostrov is"),), source=(at("Nobody"),))
    rendered = render_article(ARTICLE, voices=mark_voices(ARTICLE, [MASTER, inner], {}))
    said = re.findall(r'<span class="said" data-hue="(.)"[^>]*>([^<]*)', rendered)
    assert said == [("0", "The ferry to "), ("1", "Ostrov is"), ("0", " safe")]
    body = re.sub(r".*<div class=\"body\"[^>]*>|<[^>]+>", " ", rendered, flags=re.DOTALL)
    assert "".join(html.unescape(body).split()) == "".join(TEXT.split())


def test_a_speaker_is_named_once_a_paragraph_until_another_speaks() -> None:
    again = replace(MASTER, id="c", content=(at("the harbour master"),))
    rendered = render_article(ARTICLE, voices=mark_voices(ARTICLE, [MASTER, again], {}))
    assert rendered.count("data-who=") == 2
    assert rendered.count("data-named") == 1
