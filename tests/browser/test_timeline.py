"""Timeline: who said what about a topic, and when."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from browser.axe import find_violations
from playwright.sync_api import Page, expect

from rag import Assistant

TOLLS = "bridge tolls"
LEAK = "Norvane knew of the Brackwater spill"


def show(page: Page, topic: str) -> None:
    """Show a topic's statements over time."""
    page.get_by_role("tab", name="Timeline").click()
    page.get_by_label("Topic").fill(topic)
    page.keyboard.press("Enter")
    expect(page.locator(".lanes h2")).to_have_text(topic)


def test_each_speaker_has_a_lane_on_which_time_goes_to_the_right(page: Page) -> None:
    show(page, TOLLS)
    lanes = page.locator(".lane")
    expect(lanes.first.get_by_role("heading")).to_have_text("Idris Calloway")
    points = lanes.first.locator(".point")
    labels = points.evaluate_all("all => all.map(e => e.ariaLabel)")
    assert labels[0].startswith("29 January 2024, The Port Ellery Courier: ")
    assert labels[-1].startswith("1")
    assert "November 2025" in labels[-1]
    places = points.evaluate_all("all => all.map(e => parseFloat(e.style.left))")
    assert places == sorted(places)
    assert (places[0] < 5, places[-1] > 90) == (True, True)


def test_a_point_is_read_where_it_is_pointed_at_and_opens_its_article(
    page: Page, assistant: Assistant
) -> None:
    show(page, TOLLS)
    points = page.locator(".lane").first.locator(".point")
    points.first.hover()
    expect(page.locator(".pointed")).to_contain_text("29 January 2024")
    points.first.focus()
    page.keyboard.press("ArrowRight")
    expect(points.nth(1)).to_be_focused()
    tip = points.nth(1).get_attribute("data-tip") or ""
    assert tip.startswith("Idris Calloway ")
    expect(page.locator(".pointed")).to_have_text(tip)
    article = points.nth(1).get_attribute("data-article") or ""
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Article")
    expect(sheet.locator("h2")).to_have_text(assistant.archive.article(article).title)
    expect(sheet.locator("mark").first).to_be_in_viewport()
    sheet.get_by_role("button", name="Close").click()
    expect(points.nth(1)).to_be_focused()


def test_where_a_speaker_says_and_then_denies_both_days_are_told(page: Page) -> None:
    show(page, LEAK)
    lane = page.locator(".lane").filter(has=page.locator(".point[data-shift]")).first
    told = lane.locator(".shift").first
    expect(told).to_have_text(
        re.compile(r"(Says|Denies) on \d+ \w+ \d{4}; (says|denies) on \d+ \w+ \d{4}\. Read both")
    )
    label = lane.locator(".point[data-shift]").first.get_attribute("aria-label") or ""
    day = label.split(",")[0]
    assert f"on {day}." in told.inner_text()
    assert "otherwise than before" in label


def test_the_speakers_chosen_alone_are_shown(page: Page) -> None:
    show(page, TOLLS)
    page.get_by_role("combobox", name="Only these speakers").click()
    page.get_by_role("option", name="Petra Lindqvist").click()
    expect(page.locator(".lane h3")).to_have_text(["Petra Lindqvist"])


def test_a_topic_that_nobody_spoke_of_is_a_sentence_and_none_a_hint(page: Page) -> None:
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator("#lanes")).to_contain_text("Type a topic to see who said what")
    page.get_by_label("Topic").fill("volcano in Peru")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#lanes")).to_contain_text("comes near “volcano in Peru”")
    show(page, "<b>bold</b> tags")
    expect(page.locator("#lanes b")).to_have_count(0)


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1440), ("dark", 390)], ids=["desk-light", "phone-dark"]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    address: str, visit: Callable[..., Page], scheme: str, width: int
) -> None:
    page = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    show(page, LEAK)
    page.locator(".lane summary").first.click()
    assert find_violations(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
