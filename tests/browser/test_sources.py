"""The sources of an answer: cards, articles, references."""

from __future__ import annotations

import re

from browser.steps import HANNE, LAMP, ask, cited_words, is_in_view, open_first
from playwright.sync_api import Page, expect

from rag import Assistant

TOLLS = "What did Idris Calloway say about bridge tolls?"


def test_an_answer_and_its_cards_name_the_speaker(page: Page) -> None:
    ask(page, HANNE)
    expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
    card = page.locator(".card").first
    expect(card.get_by_role("heading")).to_have_text("Hanne Osterlund")
    expect(card.locator(".stance")).to_have_text("said")
    expect(card.locator(".badge").last).to_have_text("Direct quote")
    expect(card).to_contain_text("Velmora Courier · 9 March 2031")
    expect(card).to_contain_text("Ferry to run until the bridge opens again")


def test_a_citation_opens_its_article_at_exactly_the_cited_words(
    page: Page, assistant: Assistant
) -> None:
    ask(page, LAMP)
    open_first(page)
    expect(page.locator(".article h2")).to_contain_text("Lamp out")
    marks = page.locator(".article mark").all_text_contents()
    assert " ".join(marks).split() == cited_words(assistant, LAMP)
    assert is_in_view(page, ".article mark")
    page.get_by_role("button", name="Back to the sources").click()
    expect(page.locator(".card")).not_to_have_count(0)


def test_the_same_citation_again_returns_to_the_highlight(page: Page) -> None:
    ask(page, LAMP)
    open_first(page)
    page.get_by_text("Ship 59 has gone by").scroll_into_view_if_needed()
    scrolled = page.evaluate("document.querySelector('#sources').scrollTop")
    page.get_by_role("button", name="[1]").click()
    page.wait_for_function(
        "before => document.querySelector('#sources').scrollTop != before", arg=scrolled
    )
    assert is_in_view(page, ".article mark")


def test_a_card_opens_its_article(page: Page) -> None:
    ask(page, HANNE)
    page.locator(".card").first.locator("blockquote").click()
    expect(page.locator(".article h2")).to_have_text("Ferry to run until the bridge opens again")
    expect(page.locator(".article a")).to_have_attribute("rel", "noopener noreferrer")


def test_everybody_else_in_an_article_is_marked_and_can_be_gone_through(
    page: Page, assistant: Assistant
) -> None:
    ask(page, HANNE)
    open_first(page)
    citation = assistant.ask(HANNE).citations[0]
    archive = assistant.archive
    others = {
        archive.speakers[found.speaker_id].name
        for found in archive.attributions(citation.article.id)
        if found.speaker_id and found != citation.attribution
    }
    assert others
    marked = page.locator(".said[data-who]").evaluate_all("all => all.map(e => e.dataset.who)")
    assert others <= set(marked)
    page.locator(".cast").get_by_role("button", name="Teo Marchetti").first.click()
    expect(page.locator(".said.found")).to_have_attribute("data-who", "Teo Marchetti")
    first = page.locator(".said.found").inner_text()
    page.locator(".cast").get_by_role("button", name="Teo Marchetti").first.click()
    expect(page.locator(".said.found")).not_to_have_text(first)
    assert is_in_view(page, ".said.found")


def test_a_copied_article_is_told_on_its_card_and_what_the_speaker_is(page: Page) -> None:
    ask(page, TOLLS)
    expect(page.locator(".card .role").first).to_have_text("Premier")
    copies = page.locator(".copies").first
    copies.get_by_text("Also in 1 other").click()
    expect(copies.locator("li")).to_have_text(re.compile(r" · The \w+ [\w ]+ · \d+ January 2024"))
    expect(page.locator(".cards")).to_be_visible()


def test_a_citation_is_copied_plain_as_markdown_and_as_bibtex(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, HANNE)
    card = page.locator(".card").first
    copied = []
    for style in ("Plain text", "Markdown", "BibTeX"):
        card.get_by_text("Cite").click()
        card.get_by_role("button", name=style).click()
        expect(card.locator("[data-done]")).to_have_count(1)
        copied.append(page.evaluate("navigator.clipboard.readText()"))
        expect(card.locator("[data-done]")).to_have_count(0)
    plain, markdown, bibtex = copied
    assert plain.startswith("Hanne Osterlund said: “We will carry everybody")
    assert "[Ferry to run until the bridge opens again](https://courier.example/ferry)" in markdown
    assert bibtex.startswith("@article{osterlund20310309,")
    expect(page.locator(".cards")).to_be_visible()


def test_an_earlier_answers_sources_can_be_shown_again(page: Page) -> None:
    ask(page, HANNE)
    ask(page, LAMP)
    expect(page.locator(".card h3").first).to_have_text("Edda Quarles")
    page.locator(".turn").first.get_by_role("button", name="source").first.click()
    expect(page.locator(".card h3").first).to_have_text("Hanne Osterlund")


def test_a_citation_that_the_server_no_longer_holds_is_explained(page: Page) -> None:
    ask(page, HANNE)
    page.evaluate("document.querySelector('.reference').dataset.turn = 7")
    page.get_by_role("button", name="[1]").click()
    expect(page.get_by_role("alert")).to_contain_text("Ask the question again.")
