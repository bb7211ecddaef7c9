"""What somebody at the page sees and can do, in a real browser over a real archive."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from rag import Answer, AskOptions, Assistant, Message, ModelError, OnRecordError
from ui import app

HANNE = "What did Hanne Osterlund say about the ferry?"
LAMP = "What did Edda Quarles say about the lighthouse?"
STRANGER = "What did Zora Quillfeather say?"


def ask(page: Page, question: str) -> None:
    """Ask, and wait for what comes of it."""
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    turn = page.locator(".turn").last
    expect(turn.get_by_role("heading", name=question)).to_be_visible()
    expect(turn.locator(".answer, .abstention, .failure").first).to_be_visible()


def cited_words(assistant: Assistant, question: str) -> list[str]:
    """Return the words of the first citation of a question's answer."""
    citation = assistant.ask(question).citations[0]
    words = (citation.article.quote(span) for span in citation.highlights)
    return " ".join(words).split()


def is_in_view(page: Page, selector: str) -> bool:
    """Say whether an element lies within the window and within the source panel."""
    return bool(
        page.evaluate(
            """selector => {
                const box = document.querySelector(selector).getBoundingClientRect();
                const panel = document.querySelector("#sources").getBoundingClientRect();
                return box.top >= Math.max(0, panel.top)
                    && box.bottom <= Math.min(innerHeight, panel.bottom);
            }""",
            selector,
        )
    )


def test_the_question_box_has_the_focus_and_enter_sends(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(HANNE)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
    expect(page.get_by_label("Your question")).to_have_value("")


def test_an_answer_and_its_cards_name_the_speaker(page: Page) -> None:
    ask(page, HANNE)
    expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
    card = page.locator(".card").first
    expect(card.get_by_role("heading")).to_have_text("Hanne Osterlund")
    expect(card).to_contain_text("Velmora Courier · 9 March 2031")
    expect(card).to_contain_text("Ferry to run until the bridge opens again")


def test_a_citation_opens_its_article_at_exactly_the_cited_words(
    page: Page, assistant: Assistant
) -> None:
    ask(page, LAMP)
    page.get_by_role("button", name="[1]").click()
    expect(page.locator(".article h2")).to_contain_text("Lamp out")
    marks = page.locator(".article mark").all_text_contents()
    assert " ".join(marks).split() == cited_words(assistant, LAMP)
    assert is_in_view(page, ".article mark")
    page.get_by_role("button", name="Back to the sources").click()
    expect(page.locator(".card")).not_to_have_count(0)


def test_the_same_citation_again_returns_to_the_highlight(page: Page) -> None:
    ask(page, LAMP)
    page.get_by_role("button", name="[1]").click()
    page.locator(".article").wait_for()
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


def test_an_article_runs_nothing_and_shows_its_code_as_text(page: Page) -> None:
    ask(page, LAMP)
    expect(page.locator(".card").first).to_contain_text("<b onmouseover='window.ran = 2'>")
    page.get_by_role("button", name="[1]").click()
    article = page.locator(".article")
    for code in (
        '<img src=x onerror="window.ran = 1">',
        "</p><script>window.ran = 3</script>",
        "<script>window.ran = 5</script><img src=x onerror='window.ran = 6'>",
        "${window.ran = 7}{{constructor}}`",
    ):
        expect(article).to_contain_text(code)
    expect(page.locator("#sources :is(img, script, b, a)")).to_have_count(0)
    expect(page.locator("#conversation :is(img, script, b, a)")).to_have_count(0)
    assert page.evaluate("typeof window.ran") == "undefined"


def test_a_question_runs_nothing_either(page: Page) -> None:
    ask(page, "What did <img src=x onerror='window.ran = 8'> say?")
    expect(page.locator(".turn img")).to_have_count(0)
    assert page.evaluate("typeof window.ran") == "undefined"


def test_a_follow_up_is_understood_from_what_went_before(page: Page) -> None:
    ask(page, "What did Ilse Brandvold say about the report?")
    ask(page, "And what did she say about her orchard?")
    second = page.locator(".turn").last
    expect(second.locator(".answer")).to_contain_text("Ilse Brandvold")
    expect(second.locator(".answer")).to_contain_text("orchard")
    expect(page.locator(".turn")).to_have_count(2)


def test_an_abstention_is_a_result_that_says_why_and_what_was_searched(page: Page) -> None:
    ask(page, STRANGER)
    abstention = page.locator(".abstention")
    expect(abstention.get_by_role("heading").first).to_have_text("No such speaker in this archive")
    expect(abstention).to_contain_text("Zora Quillfeather")
    expect(abstention).to_contain_text("5 articles, from 4 March 2031 to 2 September 2031")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_keyboard_alone_opens_a_citation_and_leaves_it(page: Page) -> None:
    ask(page, HANNE)
    expect(page.get_by_label("Your question")).to_be_focused()
    focused = "document.activeElement.innerText"
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(focused) == "[1]":
            break
    assert page.evaluate(focused) == "[1]"
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Back to the sources")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".card button").first).to_be_focused()


def test_an_example_is_asked_by_a_click_and_the_next_question_can_be_typed(page: Page) -> None:
    chip = page.locator(".chip").first
    question = chip.inner_text()
    chip.click()
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    expect(page.locator(".answer, .abstention").first).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_focused()


def test_a_new_conversation_forgets_the_old_one(page: Page) -> None:
    ask(page, HANNE)
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("heading", name="Ask who said what")).to_be_visible()
    expect(page.locator(".card, .turn")).to_have_count(0)


def test_filters_limit_the_search_and_a_bad_day_is_explained(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Since").fill("yesterday")
    ask(page, HANNE)
    expect(page.get_by_role("alert")).to_have_text(
        "A filter can't be used: a day is written like 2023-03-10, not 'yesterday'."
    )
    page.get_by_label("Since").fill("2031-04-01")
    ask(page, HANNE)
    expect(page.locator(".abstention h3")).to_have_text("Nothing on record in these dates")


def test_a_phone_shows_an_article_on_the_whole_screen_and_never_scrolls_sideways(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, LAMP)
    width = "document.scrollingElement.scrollWidth"
    assert page.evaluate(width) == 390
    page.get_by_role("button", name="[1]").click()
    page.locator(".article").wait_for()
    box = page.locator("#sources").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert is_in_view(page, ".article mark")
    assert page.evaluate(width) == 390
    page.get_by_role("button", name="Back to the sources").click()
    expect(page.get_by_label("Your question")).to_be_visible()


def test_neither_the_page_nor_the_server_calls_another_host(
    browser: Browser, assistant: Assistant, free_port: Callable[[], int]
) -> None:
    """Chromium says what the page asks for, Python's audit hooks whom the server turns to."""
    requested: set[str | None] = set()
    called: set[str] = set()

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            called.add(str(arguments[1][0]))
        elif event == "socket.getaddrinfo":
            called.add(str(arguments[0]))

    sys.addaudithook(note)
    blocks = app.launch(assistant, port=free_port())
    page = browser.new_page()
    page.on("request", lambda request: requested.add(urlsplit(request.url).hostname))
    reply = page.goto(str(blocks.local_url))
    ask(page, HANNE)
    page.get_by_role("button", name="[1]").click()
    page.locator(".article").wait_for()
    page.close()
    blocks.close()
    assert requested == {"127.0.0.1"}
    assert called == {"127.0.0.1"}
    assert reply is not None
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_a_citation_that_the_server_no_longer_holds_is_explained(page: Page) -> None:
    ask(page, HANNE)
    page.evaluate("document.querySelector('.reference').dataset.turn = 7")
    page.get_by_role("button", name="[1]").click()
    expect(page.get_by_role("alert")).to_contain_text("Ask the question again.")


class Unlucky(Assistant):
    """An assistant that fails on some questions, as one whose model has gone would."""

    def ask(
        self, text: str, *, history: Sequence[Message] = (), options: AskOptions | None = None
    ) -> Answer:
        if "ours" in text:
            raise ModelError("The model is missing; install it again.")
        if "other" in text:
            raise RuntimeError("a fault with a secret")
        return super().ask(text, history=history, options=options)


@pytest.fixture
def unlucky(assistant: Assistant, browser: Browser, free_port: Callable[[], int]) -> Iterator[Page]:
    blocks = app.launch(Unlucky(assistant.archive), port=free_port())
    page = browser.new_page()
    page.goto(str(blocks.local_url))
    yield page
    page.close()
    blocks.close()


def test_a_failure_is_a_sentence_and_the_next_question_is_answered(unlucky: Page) -> None:
    ask(unlucky, "An error of ours?")
    expect(unlucky.get_by_role("alert")).to_have_text("The model is missing; install it again.")
    ask(unlucky, "Some other error?")
    expect(unlucky.get_by_role("alert").last).to_contain_text("its terminal says more")
    expect(unlucky.locator("body")).not_to_contain_text("secret")
    ask(unlucky, HANNE)
    expect(unlucky.locator(".answer")).to_contain_text("Hanne Osterlund")


# Gradio leaves the socket open that found the port in use.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_in_use_is_an_error_that_says_what_to_do(assistant: Assistant) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OnRecordError, match="choose another port"):
            app.launch(assistant, port=other.getsockname()[1])
