"""Archive: what it holds, what is added to it and taken out, and whether it is sound."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event

import pytest
from browser.axe import find_violations
from browser.copies import open_copy
from browser.steps import HANNE, ask
from playwright.sync_api import Page, expect

import rag
from index import Archive, build
from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from rag import Assistant, BuildReport, Progress


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the page may read documents from."""
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="module")
def own(
    assistant: Assistant, parser: SpacyParser, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    """Return an assistant over a copy of the archive, which its page may change."""
    return open_copy(assistant, tmp_path_factory.mktemp("own"), parser)


@pytest.fixture(scope="module")
def own_address(own: Assistant, launch: Callable[..., str], folder: Path) -> str:
    return launch(own, manage=True, folders=(folder,))


@pytest.fixture
def own_page(own_address: str, visit: Callable[..., Page]) -> Page:
    page = visit(own_address)
    page.get_by_role("tab", name="Archive").click()
    page.locator(".figures").wait_for()
    return page


def test_what_the_archive_holds_is_told_and_plotted_by_month(
    page: Page, assistant: Assistant
) -> None:
    page.get_by_role("tab", name="Archive").click()
    totals = assistant.archive.totals
    expect(page.locator(".figures b").first).to_have_text(f"{totals.articles:,}")
    figures = page.locator(".figures li").all_text_contents()
    assert figures[:4] == [
        f"{totals.articles:,} articles",
        f"{totals.passages:,} passages",
        f"{totals.attributions:,} statements",
        f"{totals.speakers:,} speakers",
    ]
    assert figures[4].endswith("MB on disk")
    page.locator("#holdings").get_by_text("As a table").click()
    cells = page.locator("#holdings td").all_text_contents()
    assert sum(map(int, cells)) == totals.articles
    expect(page.locator("#holdings dl")).to_contain_text("16 January 2024 to 2 September 2031")
    expect(page.locator("#holdings dl")).to_contain_text("The one that comes with OnRecord")


def test_a_page_that_may_not_change_the_archive_says_how_to_allow_it(page: Page) -> None:
    page.get_by_role("tab", name="Archive").click()
    expect(page.locator("#view-archive")).to_contain_text("onrecord serve --manage")
    page.locator(".entries").wait_for()
    for name in ("Add to the archive", "Remove", "Mend it"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


def test_an_article_is_found_and_read_and_its_code_is_text(page: Page) -> None:
    page.get_by_role("tab", name="Archive").click()
    box = page.get_by_label("Find an article")
    rows = page.locator(".entries tbody tr")
    expect(rows).to_have_count(25)
    box.press_sequentially("osk gazette")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text('<img src=x onerror="window.ran = 1">')
    rows.get_by_role("button").first.click()
    sheet = page.get_by_role("dialog", name="Article")
    expect(sheet).to_contain_text("<script>window.ran = 5</script>")
    assert page.locator("#view-archive :is(img, script, b[onmouseover])").count() == 0
    assert page.evaluate("typeof window.ran") == "undefined"
    page.keyboard.press("Escape")
    expect(rows.get_by_role("button").first).to_be_focused()
    box.fill("no such article")
    expect(page.locator("#entries")).to_contain_text("No article fits.")


def test_files_are_added_with_their_progress_while_questions_are_answered(
    own_page: Page,
    own: Assistant,
    own_address: str,
    visit: Callable[..., Page],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = Event()

    def slow(sources: Iterable[Path], folder: Path, *args: object, **named: object) -> BuildReport:
        named["progress"](Progress(2, 1, "harbour.jsonl:2"))  # type: ignore[operator]
        assert go_on.wait(120)
        return build(sources, folder, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(rag, "build", slow)
    lines = [
        json.dumps({"id": f"harbour-{n}", "text": f"Ada Weir said pier {n} was open."})
        for n in range(4)
    ]
    good = folder / "harbour.jsonl"
    good.write_text("\n".join([*lines, "{not JSON <b>"]), encoding="utf-8")
    own_page.locator("#files input").set_input_files(good)
    expect(own_page.locator("#files")).to_contain_text("harbour")
    own_page.get_by_role("button", name="Add to the archive").click()
    work = own_page.locator("#work")
    expect(work).to_contain_text("2 of 4 articles")
    expect(work).to_contain_text("a second")
    expect(work).to_contain_text("left")
    expect(work.get_by_role("progressbar")).to_have_attribute("value", "2")
    other = visit(own_address)
    ask(other, HANNE)
    expect(other.locator(".answer")).to_contain_text("Hanne Osterlund")
    go_on.set()
    expect(work).to_contain_text("4 articles added", timeout=120_000)
    expect(work).to_contain_text("1 document not taken")
    expect(work.locator(".rejected tbody tr")).to_contain_text("harbour.jsonl, line 5")
    expect(own_page.locator("#entries")).to_contain_text("58 articles")
    assert {f"harbour-{n}" for n in range(4)} <= {a.id for a in own.archive.articles()}


def test_only_folders_that_the_page_was_given_are_read(
    own_page: Page, folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody said anything.", encoding="utf-8")
    work = own_page.locator("#work")
    for path in (str(secret), f"{folder}/../secret.txt", "/etc"):
        own_page.get_by_label("Or a folder or file of this server").fill(path)
        own_page.get_by_role("button", name="Add to the archive").click()
        expect(work).to_contain_text(f"There is no such file or folder within {folder}")
    own_page.get_by_label("Or a folder or file of this server").fill("")
    own_page.get_by_role("button", name="Add to the archive").click()
    expect(work).to_contain_text("Choose files, or name a folder or file")


def test_an_article_is_removed_once_that_is_sure(own_page: Page, own: Assistant) -> None:
    own_page.get_by_label("Find an article").fill("Apples do well")
    rows = own_page.locator(".entries tbody tr")
    expect(rows).to_have_count(1)
    remove = rows.get_by_role("button", name="Remove")
    remove.click()
    expect(remove).to_have_text("Remove for good?")
    own_page.get_by_label("Find an article").focus()
    expect(remove).to_contain_text("Apples do well")
    remove.click()
    remove.click()
    expect(own_page.locator("#work")).to_contain_text("1 article removed", timeout=60_000)
    expect(own_page.locator("#entries")).to_contain_text("No article fits.")
    with pytest.raises(KeyError):
        own.archive.article("wire-2")


def test_a_check_finds_what_is_wrong_and_says_what_to_do(own_page: Page, own: Assistant) -> None:
    check = own_page.get_by_role("button", name="Check the archive")
    check.click()
    expect(own_page.locator("#work")).to_contain_text("looked at: all sound.", timeout=60_000)
    corrections = own.archive.folder / "corrections.toml"
    corrections.write_text("merge = 3", encoding="utf-8")
    check.click()
    expect(own_page.locator("#work")).to_contain_text("1 problem found", timeout=60_000)
    expect(own_page.locator("#work")).to_contain_text("correct the file by hand")
    corrections.unlink()
    own_page.get_by_role("button", name="Mend it").click()
    expect(own_page.locator("#work")).to_contain_text("looked at: all sound.", timeout=60_000)


def test_an_empty_archive_says_in_every_view_what_to_do(
    tmp_path: Path,
    embedder: SentenceEmbedder,
    parser: SpacyParser,
    launch: Callable[..., str],
    visit: Callable[..., Page],
) -> None:
    (tmp_path / "none").mkdir()
    build(tmp_path / "none", tmp_path / "archive", embedder=embedder, parser=parser)
    with Archive.open(tmp_path / "archive", embedder=embedder) as archive:
        page = visit(launch(Assistant(archive, parser=parser), manage=True))
        for view, words in (
            ("Speakers", "Nobody is on record yet"),
            ("Timeline", "There is nothing on record yet"),
            ("Archive", "This archive is empty"),
        ):
            page.get_by_role("tab", name=view).click()
            expect(page.get_by_role("heading", name=words)).to_be_visible()
            assert find_violations(page) == []


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1440), ("dark", 390)], ids=["desk-light", "phone-dark"]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    own_address: str, visit: Callable[..., Page], scheme: str, width: int
) -> None:
    page = visit(own_address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.get_by_role("tab", name="Archive").click()
    page.locator(".entries").wait_for()
    page.get_by_text("As a table").first.click()
    page.get_by_role("button", name="Add to the archive").click()
    page.locator("#work .failure").wait_for()
    assert find_violations(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
