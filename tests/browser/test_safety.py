"""Nothing in the archive, a question or an address runs, leads away or reaches a file."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.steps import HANNE, LAMP, ask, begin_again, open_first
from playwright.sync_api import Page, expect

from rag import Answer, Assistant, OnRecordError
from ui import app


def test_an_article_runs_nothing_and_shows_its_code_as_text(page: Page) -> None:
    ask(page, LAMP)
    expect(page.locator(".card").first).to_contain_text("<b onmouseover='window.ran = 2'>")
    open_first(page)
    article = page.locator(".article")
    for code in (
        '<img src=x onerror="window.ran = 1">',
        "</p><script>window.ran = 3</script>",
        "<script>window.ran = 5</script><img src=x onerror='window.ran = 6'>",
        "${window.ran = 7}{{constructor}}`",
    ):
        expect(article).to_contain_text(code)
    expect(page.locator("#sources :is(img, script, b, a)")).to_have_count(0)
    expect(page.locator("#conversation :is(img, script, b[onmouseover], a)")).to_have_count(0)
    assert page.evaluate("typeof window.ran") == "undefined"


def test_a_question_and_an_address_run_nothing_either(page: Page, address: str) -> None:
    ask(page, "What did <img src=x onerror='window.ran = 8'> say?")
    begin_again(page)
    page.get_by_role("button", name="History").click()
    expect(page.locator(".earlier li")).to_contain_text("window.ran = 8")
    page.goto(f"{address}?q=%3Cimg+src%3Dx+onerror%3D%22window.ran%3D9%22%3E&speaker=%3Cb%3E%22x")
    expect(page.locator(".limits")).to_have_text('Only <b>"x')
    expect(page.locator("#conversation :is(img, .limits b)")).to_have_count(0)
    assert page.evaluate("typeof window.ran") == "undefined"


class Forger(Assistant):
    """An assistant whose speakers have code for names."""

    def ask(self, text: str, **given: Any) -> Answer:  # noqa: ANN401 (what Assistant.ask takes)
        answer = super().ask(text, **given)
        cited = []
        for citation in answer.citations:
            assert citation.speaker is not None
            name = "<img src=x onerror='window.ran = 10'>\"'${window.ran = 11}"
            cited.append(replace(citation, speaker=replace(citation.speaker, name=name)))
        return replace(answer, citations=tuple(cited))


def test_a_speakers_name_runs_nothing(
    assistant: Assistant, launch: Callable[..., str], visit: Callable[..., Page]
) -> None:
    page = visit(launch(Forger(assistant.archive)))
    ask(page, HANNE)
    expect(page.locator(".card h3").first).to_contain_text("window.ran = 10")
    open_first(page)
    expect(page.locator(".cited h3")).to_contain_text("window.ran = 10")
    expect(page.locator("#desk img")).to_have_count(0)
    assert page.evaluate("typeof window.ran") == "undefined"


def test_neither_the_page_nor_the_server_calls_another_host(
    assistant: Assistant, launch: Callable[..., str], visit: Callable[..., Page]
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
    page = visit(launch(assistant))
    page.on("request", lambda request: requested.add(urlsplit(request.url).hostname))
    reply = page.reload()
    ask(page, HANNE)
    open_first(page)
    for view in ("Speakers", "Timeline", "Archive"):
        page.get_by_role("tab", name=view).click()
    assert requested - {None, ""} == {"127.0.0.1"}
    assert called == {"127.0.0.1"}
    assert reply is not None
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-frame-options"] == "SAMEORIGIN"
    assert reply.headers["referrer-policy"] == "no-referrer"


def test_no_file_of_the_server_can_be_had(page: Page, address: str, assistant: Assistant) -> None:
    for path in ("/etc/passwd", f"{assistant.archive.folder}/archive.sqlite", "pyproject.toml"):
        for route in ("file=", "file/"):
            reply = page.request.get(f"{address}gradio_api/{route}{path}")
            assert reply.status in {403, 404}


def test_an_upload_that_is_too_large_and_too_many_logins_are_turned_away(
    assistant: Assistant, launch: Callable[..., str], page: Page
) -> None:
    address = launch(assistant, upload_bytes=1024)
    sent = {"files": {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 5000}}
    reply = page.request.post(f"{address}gradio_api/upload", multipart=sent)
    assert reply.status == 413
    statuses = [
        page.request.post(f"{address}login", form={"username": "a", "password": "b"}).status
        for _ in range(11)
    ]
    assert statuses[-1] == 429
    assert 429 not in statuses[:10]


# Gradio leaves the socket open that found the port in use.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_in_use_is_an_error_that_says_what_to_do(assistant: Assistant) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OnRecordError, match="choose another port"):
            app.launch(assistant, port=other.getsockname()[1])
