"""Takes the pictures of README.md and TOUR.md: `python docs/tour.py`, with Chromium installed.

They show the real page over an archive built from tests/examples, whose articles are fiction.
"""

# ruff: noqa: INP001 (a script, not a package)
from __future__ import annotations

import argparse
import io
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from rag import Archive, Assistant, build
from ui import app
from ui.settings import Settings

DOCS = Path(__file__).parent
EXAMPLES = DOCS.parent / "tests" / "examples" / "articles.jsonl"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
COLOURS = 256
"""Enough for a page of text, and a third of the size."""

PATIENCE = 120_000
"""Milliseconds: a busy machine is no fault of the page."""

TOLLS = "What did Idris Calloway say about bridge tolls?"
STRANGER = "What did Zora Quillfeather say about the ferry?"


def take_all(page: Page) -> None:
    """Take every picture on the desk's screen."""
    ask(page, TOLLS)
    take(page, "../page")
    page.locator(".card").first.get_by_text("Cite").click()
    take(page, "1-ask")
    page.keyboard.press("Escape")
    page.locator(".turn").last.get_by_role("button", name="[1]").click()
    page.locator(".article").wait_for()
    take(page, "2-article")
    page.get_by_role("button", name="Back to the sources").click()
    page.get_by_role("button", name="New conversation").click()
    ask(page, STRANGER)
    page.get_by_role("button", name="Filters").click()
    take(page, "3-refusal")
    page.get_by_role("tab", name="Speakers").click()
    page.locator("#view-speakers").get_by_text("Idris Calloway").first.click()
    page.locator("#view-speakers").get_by_text("Statements by month").first.wait_for()
    take(page, "4-speakers")
    page.get_by_role("tab", name="Timeline").click()
    page.get_by_label("Topic").fill("bridge tolls")
    page.get_by_label("Topic").press("Enter")
    page.locator("#view-timeline").get_by_text("statements of").first.wait_for()
    take(page, "5-timeline")
    page.get_by_role("tab", name="Archive").click()
    take(page, "6-archive")


def ask(page: Page, question: str) -> None:
    """Ask, and wait for what comes of it."""
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    turn = page.locator(".turn", has=page.get_by_role("heading", name=question))
    turn.locator(".answer, .abstention").first.wait_for()


def take(page: Page, name: str) -> None:
    """Save what is on the screen once it is still, in few colours."""
    page.wait_for_timeout(2500)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = shot.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(DOCS / "tour" / f"{name}.png", optimize=True)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve the page over an archive, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with Archive.open(folder) as archive:
        served = app.launch(Assistant(archive), Settings(manage=True), port=port)
        yield str(served.local_url)
        served.close()


def show(address: str, visit: Callable[[Page], None], **screen: object) -> None:
    """Open the page in a browser of its own, and do something there."""
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(found, None), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(**screen)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.locator("body[data-ready]").wait_for()
        visit(page)
        browser.close()


def take_phone(page: Page) -> None:
    """Take the picture on a phone, in the dark."""
    ask(page, TOLLS)
    take(page, "7-phone")


def main() -> None:
    """Build the archive, and take all pictures."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, help="built from the examples already")
    given = parser.parse_args().archive
    with tempfile.TemporaryDirectory() as made:
        folder = given or Path(made)
        if given is None:
            build(EXAMPLES, folder)
        with serve(folder) as address:
            show(address, take_all, viewport=DESK)
            show(address, take_phone, viewport=PHONE, color_scheme="dark")


if __name__ == "__main__":
    main()
