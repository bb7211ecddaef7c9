"""Speakers: found, looked at, compared, and corrected by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.axe import find_violations
from browser.copies import open_copy
from playwright.sync_api import Locator, Page, expect

from index import Archive, build
from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from rag import Assistant, Speaker

PREMIER = "Idris Calloway"


def speaker(archive: Archive, name: str) -> Speaker:
    [found] = [one for one in archive.speakers.values() if one.name == name]
    return found


def open_speaker(page: Page, name: str) -> Locator:
    """Find a speaker by name and open him; return the rows of his statements."""
    page.get_by_role("tab", name="Speakers").click()
    page.get_by_label("Find a speaker").fill(name)
    page.get_by_role("button", name=name).first.click()
    expect(page.locator(".profile h2")).to_have_text(name)
    return page.locator("#speaker-statements tbody tr")


@pytest.fixture(scope="module")
def own(
    assistant: Assistant, parser: SpacyParser, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    """Return an assistant over a copy of the archive, which its page may change."""
    return open_copy(assistant, tmp_path_factory.mktemp("own"), parser)


@pytest.fixture(scope="module")
def own_address(own: Assistant, launch: Callable[..., str]) -> str:
    return launch(own, manage=True)


def test_a_speaker_is_found_by_the_beginnings_of_any_of_the_names(page: Page) -> None:
    page.get_by_role("tab", name="Speakers").click()
    names = page.locator(".people .pick > span")
    expect(names.first).to_have_text(PREMIER)
    box = page.get_by_label("Find a speaker")
    box.fill("ostr LEN")
    expect(names).to_have_text(["Lena Ostrow", "Lena Ostrow's office"])
    box.fill("jose ibanez")
    expect(names).to_have_text(["José Ibáñez-Núñez"])
    box.fill("Quillfeather")
    expect(page.locator("#speakers-found")).to_contain_text("Nobody in this archive goes by that")


def test_a_profile_counts_every_statement_by_month_and_outlet(
    page: Page, assistant: Assistant
) -> None:
    open_speaker(page, PREMIER)
    archive = assistant.archive
    stated = archive.statements_of(speaker(archive, PREMIER).id)
    articles = len({one.attribution.article_id for one in stated})
    profile = page.locator(".profile")
    expect(profile).to_contain_text(f"{len(stated)} statements in {articles} articles")
    expect(profile.locator(".roles li").first).to_contain_text("Premier")
    profile.get_by_text("As a table").click()
    cells = profile.locator("td").all_text_contents()
    assert sum(map(int, cells)) == len(stated)
    outlets = dict(
        zip(
            profile.locator(".outlets li span").all_text_contents(),
            map(int, profile.locator(".outlets b").all_text_contents()),
            strict=True,
        )
    )
    assert outlets == {
        name: sum(one.outlet == name for one in stated) for name in {one.outlet for one in stated}
    }


def test_statements_are_filtered_by_kind_and_stance(page: Page, assistant: Assistant) -> None:
    rows = open_speaker(page, PREMIER)
    archive = assistant.archive
    stated = [o.attribution for o in archive.statements_of(speaker(archive, PREMIER).id)]
    page.get_by_role("combobox", name="Wording").click()
    page.get_by_role("option", name="Direct quote").click()
    expect(rows).to_have_count(sum(one.kind == "direct" for one in stated))
    assert set(rows.locator(".badge:last-child").all_text_contents()) == {"Direct quote"}
    direct = Counter(one.stance for one in stated if one.kind == "direct")
    page.get_by_role("combobox", name="Stance").click()
    offered = page.get_by_role("option")
    expect(offered.first).to_have_text(re.compile(rf"Any \({direct.total()}\)"))
    assert sorted(re.findall(r"\d+", " ".join(offered.all_inner_texts()[1:]))) == sorted(
        map(str, direct.values())
    )
    page.get_by_role("option", name=f"said ({direct['says']})").click()
    expect(rows).to_have_count(direct["says"])
    assert set(rows.locator(".stance").all_text_contents()) == {"said"}


def test_a_topic_leads_to_the_statements_and_they_to_their_words_in_the_article(
    page: Page, assistant: Assistant
) -> None:
    rows = open_speaker(page, PREMIER)
    page.get_by_label("Statements about").fill("bridge tolls")
    page.keyboard.press("Enter")
    expect(page.locator("#speaker-statements")).to_contain_text("about bridge tolls, closest first")
    expect(rows.first).to_contain_text("There will be no tolls on that bridge")
    opener = rows.first.get_by_role("button")
    wanted = opener.get_attribute("data-text")
    opener.press("Enter")
    sheet = page.get_by_role("dialog", name="Article")
    expect(sheet.get_by_role("button", name="Close")).to_be_focused()
    article = opener.get_attribute("data-article") or ""
    [found] = [one for one in assistant.archive.attributions(article) if one.id == wanted]
    text = assistant.archive.article(article)
    marked = " ".join(sheet.locator("mark").all_text_contents()).split()
    assert marked == " ".join(text.quote(span) for span in found.content).split()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(opener).to_be_focused()


def test_two_speakers_stand_side_by_side_on_one_topic(page: Page) -> None:
    open_speaker(page, PREMIER)
    page.get_by_label("Statements about").fill("bridge tolls")
    page.keyboard.press("Enter")
    page.get_by_label("Find a speaker").fill("petra")
    page.get_by_role("button", name="Compare with Petra Lindqvist", exact=True).click()
    sides = page.locator(".sides section")
    expect(sides.locator("h3")).to_have_text([PREMIER, "Petra Lindqvist"])
    expect(sides.nth(1)).to_contain_text("about bridge tolls")
    expect(sides.nth(1)).to_contain_text("every position on the bridge but one")
    boxes = [sides.nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    page.get_by_role("button", name="Compare with Petra Lindqvist", exact=True).click()
    expect(sides).to_have_count(1)


def test_merged_speakers_stay_merged_over_a_build_until_it_is_undone(
    own: Assistant,
    own_address: str,
    visit: Callable[..., Page],
    embedder: SentenceEmbedder,
    parser: SpacyParser,
    tmp_path: Path,
) -> None:
    counted = own.archive.statements
    both = sum(counted[speaker(own.archive, n).id] for n in ("Anna Reyes", "Ana Reyes"))
    page = visit(own_address)
    open_speaker(page, "Anna Reyes")
    page.get_by_role("button", name="Correct who this is").click()
    page.get_by_label("Is the same as").fill("Ana Reyes")
    page.get_by_role("option", name="Ana Reyes", exact=True).click()
    page.get_by_role("button", name="Merge the two").click()
    expect(page.locator("#correction")).to_contain_text("Done. It is remembered over every build.")
    expect(page.locator(".profile header")).to_contain_text(f"{both} statements")
    expect(page.locator(".aliases")).to_contain_text("Ana Reyes")
    document = tmp_path / "more.txt"
    document.write_text("Ana Reyes said on Monday that the bus was late.", encoding="utf-8")
    build(document, own.archive.folder, embedder=embedder, parser=parser)
    merged = speaker(own.archive, "Anna Reyes")
    assert own.archive.statements[merged.id] == both + 1
    page.get_by_role("button", name="Undo: Anna Reyes is also Ana Reyes").click()
    expect(page.locator(".aliases")).to_have_count(0)
    assert speaker(own.archive, "Ana Reyes")


def test_a_speaker_is_renamed_and_another_split_off_whatever_the_names_hold(
    own: Assistant, own_address: str, visit: Callable[..., Page]
) -> None:
    page = visit(own_address)
    open_speaker(page, "Helen Calloway")
    page.get_by_role("button", name="Correct who this is").click()
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("#correction")).to_contain_text("Type the name that is right")
    name = "Helen <img src=x onerror='window.ran = 1'>"
    page.get_by_label("Should be called").fill(name)
    page.get_by_role("button", name="Rename").click()
    expect(page.locator(".profile h2")).to_have_text(name)
    page.locator(".correct").get_by_role("checkbox").first.check()
    page.get_by_label("That one is called").fill("Helen Calloway (nurse)")
    page.get_by_role("button", name="Split off").click()
    expect(page.locator("#corrections li")).to_have_count(2)
    assert speaker(own.archive, "Helen Calloway (nurse)")
    assert page.locator("#view-speakers img").count() == 0
    assert page.evaluate("typeof window.ran") == "undefined"
    corrections = own.archive.folder / "corrections.toml"
    assert "Helen Calloway (nurse)" in corrections.read_text(encoding="utf-8")


def test_a_page_that_may_not_change_the_archive_offers_no_correction(page: Page) -> None:
    open_speaker(page, PREMIER)
    expect(page.get_by_role("button", name="Correct who this is")).to_have_count(0)


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1440), ("dark", 390)], ids=["desk-light", "phone-dark"]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    own_address: str, visit: Callable[..., Page], scheme: str, width: int
) -> None:
    page = visit(own_address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    rows = open_speaker(page, PREMIER)
    page.get_by_role("button", name="Compare").first.click()
    expect(page.locator(".sides section")).to_have_count(2)
    page.get_by_text("As a table").click()
    page.get_by_role("button", name="Correct who this is").click()
    page.get_by_role("button", name="Merge the two").wait_for()
    found = find_violations(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
    rows.first.get_by_role("button").click()
    page.get_by_role("dialog", name="Article").wait_for()
    assert found + find_violations(page) == []
