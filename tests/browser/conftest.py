"""The page, served from a real archive, in a real browser."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from index import Archive, build
from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from rag import Assistant
from ui import app
from ui.settings import Settings

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

HOSTILE = {
    "id": "hostile",
    "title": 'Lamp out <img src=x onerror="window.ran = 1">',
    "published": "2031-05-02",
    "outlet": "<b onmouseover='window.ran = 2'>Osk Gazette</b>",
    "author": "</p><script>window.ran = 3</script>",
    "url": "javascript:window.ran=4",
    "text": "The lamp of the Skerry lighthouse has been dark for a month.\n\n"
    "“We will light the lamp again before the first storm,” said Edda Quarles, who keeps it.\n\n"
    "<script>window.ran = 5</script><img src=x onerror='window.ran = 6'>\n\n"
    "${window.ran = 7}{{constructor}}`\n\n"
    + "\n\n".join(f"Ship {number} has gone by without its light." for number in range(60))
    + "\n\nQuarles said the lighthouse needed a new lens.",
}
"""An article that tries to run something wherever it is shown, long enough to scroll."""

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles.jsonl"

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def assistant(
    documents: Path,
    embedder: SentenceEmbedder,
    parser: SpacyParser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Assistant]:
    """Yield an assistant over the example articles, the shared ones and the hostile one."""
    hostile = tmp_path_factory.mktemp("hostile") / "hostile.json"
    hostile.write_text(json.dumps(HOSTILE), encoding="utf-8")
    folder = tmp_path_factory.mktemp("archive")
    build([EXAMPLES, documents, hostile], folder, embedder=embedder, parser=parser)
    with Archive.open(folder, embedder=embedder) as archive:
        yield Assistant(archive, parser=parser)


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Return what finds a port of the loopback interface that nothing listens on."""

    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return find


@pytest.fixture(scope="session")
def launch(free_port: Callable[[], int]) -> Iterator[Callable[..., str]]:
    """Yield what serves an assistant's page and returns its address."""
    pages = []

    def start(assistant: Assistant, **settings: object) -> str:
        page = app.launch(assistant, Settings(**settings), port=free_port())  # type: ignore[arg-type]
        pages.append(page)
        return str(page.local_url)

    yield start
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def address(assistant: Assistant, launch: Callable[..., str]) -> str:
    """Return the address of the page."""
    return launch(assistant, questions_a_minute=1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield the system's Chromium, or else Playwright's own."""
    # A busy machine is no failure of the page.
    expect.set_options(timeout=60_000)
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=next(filter(None, found), None), args=list(_ARGUMENTS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Yield what opens an address, fresh, on a desk's screen; a script's error fails the test.

    With `ready=False` it doesn't wait until the page has taken up what its address asks.
    """
    errors: list[str] = []
    opened = []

    def go(address: str, *, ready: bool = True, **context: object) -> Page:
        page = browser.new_page(**{"viewport": DESK, **context})  # type: ignore[arg-type]
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(60_000)
        page.goto(address)
        if ready:
            page.locator("body[data-ready]").wait_for()
        opened.append(page)
        return page

    yield go
    for page in opened:
        page.context.close()
    assert errors == []


@pytest.fixture
def page(visit: Callable[..., Page], address: str) -> Page:
    """Return the page, ready to be asked."""
    return visit(address)
