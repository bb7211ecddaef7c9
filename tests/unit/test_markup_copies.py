"""A card shows what copies of its article have in other words, and that the article has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag import Answer, Article, Citation, Copy, Passage, Question, Scope, Span
from ui.markup.cards import render_cards

ARTICLE = Article(
    id="ferry", text="“It is safe,” he said.", outlet="Velmora Courier", published=date(2031, 5, 9)
)
WHOLE = Span(0, len(ARTICLE.text))
CITED = Citation(
    number=1, article=ARTICLE, passage=Passage(id="p", article_id="ferry", span=WHOLE),
    span=WHOLE, highlights=(Span(0, 13),), attribution=None, speaker=None,
)  # fmt: skip


def card(citation: Citation) -> str:
    asked = Question(text="Is it safe?", kind="what-said", topic="safe")
    scope = Scope(1, ARTICLE.published, ARTICLE.published)
    answer = Answer(
        question=asked, text="It is. [1]", citations=(citation,), evidence=(), scope=scope
    )
    return render_cards(0, answer)


def test_what_a_copy_has_in_other_words_is_shown_and_in_the_same_is_not() -> None:
    other = replace(
        ARTICLE, id="copy", outlet="Osk Gazette", text="“It is <almost> safe,” he said."
    )
    copies = (Copy(other, Span(0, 22), same=False), Copy(ARTICLE, Span(0, 13), same=True))
    shown = card(replace(CITED, copies=copies))
    assert shown.count("Worded otherwise in") == 1
    assert "Osk Gazette, 9 May 2031: “It is &lt;almost&gt; safe,”</p>" in shown
    assert "Worded otherwise" not in card(CITED)


def test_a_card_says_where_its_article_has_changed_since_the_answer() -> None:
    assert "has changed or gone since" in card(replace(CITED, superseded=True))
    assert "has changed or gone since" not in card(CITED)
