"""What the tests do and look for at the page again and again."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from rag import Assistant

HANNE = "What did Hanne Osterlund say about the ferry?"
LAMP = "What did Edda Quarles say about the lighthouse?"
STRANGER = "What did Zora Quillfeather say?"


def ask(page: Page, question: str) -> None:
    """Ask, and wait for what comes of it."""
    before = page.locator(".turn").count()
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".turn")).to_have_count(before + 1)
    turn = page.locator(".turn").last
    expect(turn.get_by_role("heading", name=question)).to_be_visible()
    expect(turn.locator(".answer, .abstention, .failure").first).to_be_visible()
    expect(turn).not_to_have_attribute("aria-busy", "true")


def begin_again(page: Page) -> None:
    """Begin a new conversation, and wait until nothing is left of the last one."""
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("heading", name="Ask who said what")).to_be_visible()
    expect(page.locator(".card, .turn")).to_have_count(0)


def open_first(page: Page) -> None:
    """Open the article of the last answer's first citation."""
    page.locator(".turn").last.get_by_role("button", name="[1]").click()
    page.locator(".article").wait_for()


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
