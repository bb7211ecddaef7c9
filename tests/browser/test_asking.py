"""Asking: what is typed, what comes of it, what may be done with it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.steps import HANNE, STRANGER, ask
from playwright.sync_api import Page, expect

from index import Archive, build
from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from rag import Answer, Assistant, ModelError
from ui import app
from ui.feedback import read_feedback


def test_the_question_box_has_the_focus_and_enter_sends(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(HANNE)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
    expect(page.get_by_label("Your question")).to_have_value("")


def test_the_page_says_what_it_is_doing_until_it_answers(page: Page) -> None:
    page.evaluate(
        """() => {
            window.stages = [];
            new MutationObserver(() => {
                const words = document.querySelector(".searching")?.textContent;
                if (words && words !== window.stages.at(-1)) window.stages.push(words);
            }).observe(document.querySelector("#conversation"),
                       {childList: true, subtree: true, characterData: true});
        }"""
    )
    ask(page, HANNE)
    stages = page.evaluate("window.stages")
    assert stages[0].startswith("Searching 54 articles, 16 January 2024 to 2 September 2031")
    assert stages[-1].startswith("Reading ")
    expect(page.locator(".searching")).to_have_count(0)


def test_a_follow_up_is_understood_from_what_went_before(page: Page) -> None:
    ask(page, "What did Ilse Brandvold say about the report?")
    ask(page, "And what did she say about her orchard?")
    second = page.locator(".turn").last
    expect(second.locator(".answer")).to_contain_text("Ilse Brandvold")
    expect(page.locator(".turn")).to_have_count(2)


def test_an_abstention_is_a_result_with_its_reason_and_near_misses(page: Page) -> None:
    ask(page, STRANGER)
    abstention = page.locator(".abstention")
    expect(abstention.get_by_role("heading").first).to_have_text("No such speaker in this archive")
    expect(abstention).to_contain_text("Zora Quillfeather")
    expect(abstention).to_contain_text("54 articles")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".cards h2")).to_have_text("Nearest statements")
    expect(page.locator(".card")).not_to_have_count(0)


def test_an_example_is_asked_by_a_click_and_the_next_question_can_be_typed(page: Page) -> None:
    chip = page.locator(".chip").first
    question = chip.inner_text()
    chip.click()
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    expect(page.locator(".answer, .abstention").first).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_focused()


def test_filters_limit_the_search_and_can_be_cleared(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    speaker = page.get_by_label("Speaker")
    speaker.click()
    page.get_by_role("option", name="Idris Calloway (").first.wait_for()
    speaker.press_sequentially("osterl")
    page.get_by_role("option", name="Hanne Osterlund (").click()
    page.get_by_label("Outlet").fill("Velmora Courier")
    page.get_by_label("Outlet").press("Enter")
    ask(page, HANNE)
    expect(page.locator(".limits")).to_have_text("Only Hanne Osterlund · Velmora Courier")
    expect(page.locator(".card h3").first).to_have_text("Hanne Osterlund")
    expect(page.get_by_role("button", name="Filters (2 set)")).to_be_visible()
    page.get_by_label("Since").fill("2031-04-01")
    ask(page, HANNE)
    expect(page.locator(".abstention h3")).to_have_text("Nothing on record in these dates")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name=re.compile(r"^Filters(?! \()"))).to_be_visible()
    expect(speaker).to_have_value("")


def test_what_can_be_narrowed_to_is_counted_and_a_month_sets_its_days(
    page: Page, assistant: Assistant
) -> None:
    months = assistant.archive.months
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Outlet").click()
    wire = sum(count for _, outlet, count in months if outlet == "Ansel Wire")
    expect(page.get_by_role("option", name=f"Ansel Wire ({wire})")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Month").click()
    march = sum(count for month, _, count in months if month == "2031-03")
    page.get_by_role("option", name=f"March 2031 ({march})").click()
    expect(page.get_by_label("Since")).to_have_value("2031-03-01")
    expect(page.get_by_label("Until")).to_have_value("2031-03-31")
    ask(page, HANNE)
    expect(page.locator(".limits")).to_have_text("Only since 1 March 2031 · until 31 March 2031")
    expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_label("Month")).to_have_value("")


def test_a_filter_that_cant_be_used_is_explained(page: Page, address: str) -> None:
    page.goto(f"{address}?q=Why&since=yesterday&until=2031-01-01")
    expect(page.get_by_role("alert")).to_have_text(
        "A filter can't be used: a day is written like 2023-03-10, not 'yesterday'."
    )


def test_an_address_asks_its_question_with_its_filters(page: Page, address: str) -> None:
    page.goto(
        f"{address}?q=What+did+Hanne+Osterlund+say+about+the+ferry%3F&speaker=Hanne+Osterlund&since=2031-01-01"
    )
    expect(page.locator(".limits")).to_have_text("Only Hanne Osterlund · since 1 January 2031")
    expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
    expect(page.get_by_role("button", name="Filters (2 set)")).to_be_visible()


def test_the_address_follows_the_question_and_takes_along_what_it_follows(
    page: Page, visit: Callable[..., Page]
) -> None:
    ask(page, "What did Ilse Brandvold say about the report?")
    expect(page).to_have_url(re.compile(r"\?q=What\+did\+Ilse\+Brandvold\+say\+about"))
    ask(page, "And about her orchard?")
    expect(page).to_have_url(re.compile(r"\?after=What\+did\+Ilse.*&q=And\+about"))
    answer = page.locator(".answer").last.inner_text()
    other = visit(page.url)
    expect(other.locator(".turn")).to_have_count(2)
    expect(other.locator(".answer").last).to_have_text(answer, use_inner_text=True)


def test_a_link_to_an_answer_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, HANNE)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#said-aloud")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("ending", ["md", "csv", "json"])
def test_all_evidence_can_be_saved_with_its_offsets_and_hash(
    page: Page, assistant: Assistant, ending: str, tmp_path: Path
) -> None:
    ask(page, HANNE)
    page.get_by_text("Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name={"md": "Markdown"}.get(ending, ending.upper())).click()
    assert download.value.suggested_filename.endswith(f".{ending}")
    download.value.save_as(tmp_path / "evidence")
    text = (tmp_path / "evidence").read_text(encoding="utf-8")
    first = assistant.ask(HANNE).evidence[0]
    article, start, end = first.article, first.span.start, first.span.end
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    if ending == "md":
        assert f"| {article.id} | {start}–{end} | {digest} |" in text
        return
    row = (
        json.loads(text)["evidence"][0]
        if ending == "json"
        else next(csv.DictReader(io.StringIO(text)))
    )
    assert (row["article"], row["speaker"]) == (article.id, "Hanne Osterlund")
    assert (int(row["start"]), int(row["end"]), row["sha256"]) == (start, end, digest)


def test_a_judgement_is_kept_beside_the_archive_with_its_reason(
    page: Page, assistant: Assistant
) -> None:
    ask(page, HANNE)
    page.get_by_role("button", name="A bad answer").click()
    expect(page.get_by_role("button", name="A bad answer")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_label("What was wrong?").fill("Another ferry")
    page.keyboard.press("Enter")
    expect(page.locator(".reason")).to_have_text("Thank you. It is noted.")
    rows = list(read_feedback(assistant.archive.folder))
    assert (rows[-1]["rating"], rows[-1]["reason"], rows[-1]["question"]) == (
        "down", "Another ferry", HANNE,
    )  # fmt: skip


class Unlucky(Assistant):
    """An assistant that fails on some questions, as one whose model has gone would."""

    def ask(self, text: str, **given: Any) -> Answer:  # noqa: ANN401 (what Assistant.ask takes)
        if "ours" in text:
            raise ModelError("The model is missing; install it again.")
        if "other" in text:
            raise RuntimeError("a fault with a secret")
        return super().ask(text, **given)


def test_a_failure_is_a_sentence_and_the_next_question_is_answered(
    assistant: Assistant, launch: Callable[..., str], visit: Callable[..., Page]
) -> None:
    page = visit(launch(Unlucky(assistant.archive), questions_a_minute=3))
    ask(page, "An error of ours?")
    expect(page.get_by_role("alert")).to_have_text("The model is missing; install it again.")
    ask(page, "Some other error?")
    expect(page.get_by_role("alert").last).to_contain_text("its terminal says more")
    expect(page.locator("body")).not_to_contain_text("secret")
    ask(page, HANNE)
    expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
    ask(page, HANNE)
    expect(page.get_by_role("alert").last).to_contain_text(
        "You have asked 3 questions within a minute. Wait "
    )


def test_an_open_page_follows_a_later_build(
    documents: Path,
    embedder: SentenceEmbedder,
    parser: SpacyParser,
    launch: Callable[..., str],
    visit: Callable[..., Page],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(app, "_FOLLOW", 0.5)
    (tmp_path / "empty").mkdir()
    build(tmp_path / "empty", tmp_path / "archive", embedder=embedder, parser=parser)
    with Archive.open(tmp_path / "archive", embedder=embedder) as archive:
        page = visit(launch(Assistant(archive, parser=parser)))
        expect(page.locator(".welcome h2")).to_have_text("This archive is empty")
        expect(page.locator(".welcome")).to_contain_text("onrecord build FOLDER --archive archive")
        expect(page.locator(".holdings")).to_have_count(0)
        build(documents, tmp_path / "archive", embedder=embedder, parser=parser)
        expect(page.locator(".holdings")).to_contain_text("4 articles, 4 March 2031")
        page.get_by_role("button", name="Filters").click()
        page.get_by_label("Outlet").click()
        expect(page.get_by_role("option", name="Velmora Courier")).to_be_visible()
        ask(page, HANNE)
        expect(page.locator(".answer")).to_contain_text("Hanne Osterlund")
