"""Conversations are kept: in the browser, or for each account beside the archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from browser.steps import HANNE, LAMP, ask, begin_again
from playwright.sync_api import Page, expect

from rag import Assistant
from ui.accounts import add_account


def test_a_conversation_goes_on_when_the_page_is_opened_again(page: Page, address: str) -> None:
    ask(page, HANNE)
    answer = page.locator(".answer").inner_text()
    page.goto(address)
    expect(page.locator(".answer")).to_have_text(answer, use_inner_text=True)
    page.get_by_role("button", name="[1]").click()
    expect(page.locator(".article h2")).to_have_text("Ferry to run until the bridge opens again")
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)


def test_an_earlier_conversation_is_taken_up_and_all_are_forgotten(page: Page) -> None:
    ask(page, HANNE)
    begin_again(page)
    ask(page, LAMP)
    page.get_by_role("button", name="History").click()
    expect(page.locator(".earlier li")).to_have_count(2)
    page.locator(".earlier .resume", has_text=HANNE).click()
    expect(page.locator(".turn h2")).to_have_text(HANNE)
    expect(page.locator(".card h3").first).to_have_text("Hanne Osterlund")
    page.get_by_role("button", name="History").click()
    forget = page.locator(".forget")
    forget.click()
    expect(forget).to_have_text("Forget all of them for good?")
    forget.click()
    expect(page.locator(".earlier")).to_contain_text("There are none yet")
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()


def test_an_earlier_conversation_is_found_named_and_forgotten(page: Page) -> None:
    ask(page, HANNE)
    begin_again(page)
    ask(page, LAMP)
    page.get_by_role("button", name="History").click()
    entries = page.locator(".earlier li:visible")
    expect(entries).to_have_count(2)
    find = page.get_by_label("Find a conversation")
    find.press_sequentially("FERRY hanne")
    expect(entries).to_have_count(1)
    entries.get_by_text("Rename").click()
    entries.get_by_label("Name of the conversation").fill("Boats <b>")
    page.keyboard.press("Enter")
    expect(entries.locator(".resume > span")).to_have_text("Boats <b>")
    find.fill("volcano")
    expect(page.locator(".earlier")).to_contain_text("No conversation has these words.")
    find.fill("boats")
    page.reload()
    page.locator("body[data-ready]").wait_for()
    page.get_by_role("button", name="History").click()
    expect(entries).to_have_count(2)
    boats = page.locator(".earlier li", has_text="Boats <b>")
    boats.get_by_role("button", name="Forget").click()
    expect(boats).to_contain_text("Forget for good?")
    boats.get_by_role("button", name="Forget").click()
    expect(entries.locator(".resume > span")).to_have_text([LAMP])
    expect(page.locator(".turn h2")).to_have_text(LAMP)


def log_in(page: Page, name: str, password: str) -> None:
    """Fill Gradio's own form."""
    page.get_by_label("username").fill(name)
    page.get_by_label("password").fill(password)
    page.get_by_role("button", name="Login").click()


def test_a_shared_page_asks_who_it_is_and_keeps_each_ones_conversations_apart(
    assistant: Assistant, launch: Callable[..., str], visit: Callable[..., Page], tmp_path: Path
) -> None:
    accounts = tmp_path / "accounts"
    add_account(accounts, "ann", "correct horse")
    add_account(accounts, "bo", "battery staple")
    address = launch(assistant, accounts=accounts)
    page = visit(address, ready=False)
    log_in(page, "ann", "wrong horse")
    expect(page.get_by_text("Incorrect Credentials")).to_be_visible()
    assert page.request.get(f"{address}config").status == 401
    log_in(page, "ann", "correct horse")
    page.locator("body[data-ready]").wait_for()
    ask(page, HANNE)
    page.reload()
    expect(page.locator(".turn h2")).to_have_text(HANNE)
    other = visit(address, ready=False)
    log_in(other, "bo", "battery staple")
    expect(other.locator(".welcome")).to_be_visible()
    again = visit(address, ready=False)
    log_in(again, "ann", "correct horse")
    expect(again.locator(".turn h2")).to_have_text(HANNE)
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('history'))") == []
