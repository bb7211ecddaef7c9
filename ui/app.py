"""The page: a conversation, and beside it the sources of its answers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware

from rag import AskOptions, Message, OnRecordError, Scope, examples

from . import render
from .render import Turn

if TYPE_CHECKING:
    from starlette import types as asgi

    from rag import Answer, Archive, Assistant, Citation

_logger = logging.getLogger(__name__)

_ASSETS = Path(__file__).parent / "assets"
_EXAMPLES = 4
_LISTED_SPEAKERS = 1000
_LONGEST_QUESTION = 1000
_FAULT = "OnRecord failed on this question; its terminal says more. Please try another question."

# Gradio runs code that it makes in the browser (hence unsafe-eval) and styles elements in place;
# but nothing is fetched from, sent to, or framed by another host.
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def make_app(assistant: Assistant) -> gr.Blocks:
    """Build the page over an assistant's archive."""
    desk = _Desk(assistant)
    script = (_ASSETS / "page.js").read_text(encoding="utf-8")
    page = gr.Blocks(title="OnRecord", analytics_enabled=False, fill_width=True)
    with page:
        turns = gr.State(())
        with gr.Row(elem_id="masthead"):
            gr.HTML(desk.masthead(), apply_default_css=False)
            restart = gr.Button("New conversation", size="sm", scale=0, elem_id="restart")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="left", scale=7, min_width=320):
                conversation = gr.HTML(
                    desk.conversation(()), js_on_load=script, elem_id="conversation",
                    apply_default_css=False,
                )  # fmt: skip
                filters = _filters(desk)
                question = gr.Textbox(
                    label="Your question", show_label=False, placeholder="Who said what about …?",
                    lines=1, max_lines=5, max_length=_LONGEST_QUESTION, autofocus=True,
                    submit_btn="Ask", elem_id="question",
                )  # fmt: skip
            with gr.Column(elem_id="right", scale=5, min_width=320):
                sources = gr.HTML(
                    render.HINT, js_on_load=script, elem_id="sources", apply_default_css=False
                )

        outputs = [question, conversation, sources, turns]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        question.submit(desk.ask, [question, turns, *filters], outputs, **quiet)
        conversation.ask(_text, None, question, **quiet).then(
            desk.ask, [question, turns, *filters], outputs, **quiet
        )
        for part in (conversation, sources):
            part.open(desk.open, turns, sources, queue=False, **quiet)
        sources.back(desk.back, turns, sources, queue=False, **quiet)
        restart.click(desk.restart, None, outputs, queue=False, **quiet)
    return page


def _filters(desk: _Desk) -> list[Any]:
    with (
        gr.Accordion("Filters", open=False, elem_id="filters"),
        gr.Row(equal_height=True),
    ):
        return [
            gr.Dropdown(
                ["", *desk.speakers], value="", label="Speaker", allow_custom_value=True,
                min_width=140,
            ),
            gr.Dropdown(["", *desk.outlets], value="", label="Outlet", min_width=140),
            gr.Textbox(label="Since", placeholder="2023-03-10", max_lines=1, min_width=140),
            gr.Textbox(label="Until", placeholder="2023-12-31", max_lines=1, min_width=140),
        ]  # fmt: skip


def _text(event: gr.EventData) -> str:
    return str(event.text)[:_LONGEST_QUESTION]


class _Desk:
    """What the page's events do; all that lasts of a conversation is its turns."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        archive = assistant.archive
        self.outlets = archive.outlets
        self.speakers = _most_quoted(archive)
        self._statements = archive.totals.attributions
        self._holdings = Scope(archive.totals.articles, archive.totals.first, archive.totals.last)
        self._examples = examples.draw(archive, _EXAMPLES)

    def masthead(self) -> str:
        return render.masthead(self._holdings, self._statements)

    def conversation(self, turns: tuple[Turn, ...]) -> str:
        return render.conversation(turns, holdings=self._holdings, examples=self._examples)

    def ask(
        self, text: str, turns: tuple[Turn, ...], *filters: str | None
    ) -> Iterator[tuple[Any, ...]]:
        """Show the question at once, then what came of it."""
        question = text.strip()
        if not question:
            yield (gr.skip(),) * 4
            return
        waiting = (*turns, Turn(question=question))
        yield "", self.conversation(waiting), gr.skip(), gr.skip()
        turn = self._answer(question, turns, filters)
        done = (*turns, turn)
        sources = render.cards(len(turns), turn.answer) if turn.answer else render.HINT
        yield gr.skip(), self.conversation(done), sources, done

    def _answer(
        self, question: str, turns: tuple[Turn, ...], filters: tuple[str | None, ...]
    ) -> Turn:
        try:
            options = _options(*filters)
        except ValueError as error:
            return Turn(question=question, failure=f"A filter can't be used: {error}.")
        try:
            answer = self.assistant.ask(question, history=_history(turns), options=options)
        except OnRecordError as error:
            return Turn(question=question, failure=str(error))
        except Exception:
            _logger.exception("No answer to %r", question)
            return Turn(question=question, failure=_FAULT)
        return Turn(question=question, answer=answer)

    def open(self, turns: tuple[Turn, ...], event: gr.EventData) -> str:
        found = _cited(turns, event)
        return render.article(found[0], found[2]) if found else render.LOST

    def back(self, turns: tuple[Turn, ...], event: gr.EventData) -> str:
        found = _cited(turns, event)
        return render.cards(*found[:2], opened=found[2].number) if found else render.LOST

    def restart(self) -> tuple[str, str, str, tuple[Turn, ...]]:
        return "", self.conversation(()), render.HINT, ()


def _most_quoted(archive: Archive) -> list[str]:
    statements = archive.statements
    named = [speaker for speaker in archive.speakers.values() if speaker.kind != "unnamed"]
    named.sort(key=lambda speaker: (-statements.get(speaker.id, 0), speaker.name))
    return list(dict.fromkeys(speaker.name for speaker in named[:_LISTED_SPEAKERS]))


def _cited(turns: tuple[Turn, ...], event: gr.EventData) -> tuple[int, Answer, Citation] | None:
    """Find what a click names; None where a restarted server no longer has it."""
    for number, turn in enumerate(turns):
        if number == event.turn and turn.answer is not None:
            for citation in turn.answer.citations:
                if citation.number == event.number:
                    return number, turn.answer, citation
    return None


def _history(turns: tuple[Turn, ...]) -> list[Message]:
    messages = []
    for turn in turns:
        if turn.answer is not None:
            messages.append(Message("user", turn.question))
            messages.append(Message("assistant", turn.answer.text))
    return messages


def _options(
    speaker: str | None, outlet: str | None, since: str | None, until: str | None
) -> AskOptions:
    return AskOptions(
        speaker=speaker or None,
        outlet=outlet or None,
        since=_day(since),
        until=_day(until),
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = f"a day is written like 2023-03-10, not {text!r}"
        raise ValueError(message) from None


def launch(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> gr.Blocks:
    """Start the page in the background; it runs until the result's `close`.

    Raises:
        OnRecordError: The port can't be had.
    """
    page = make_app(assistant)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            theme=_theme(),
            # As `css`, Gradio would rewrite the selectors.
            head=f"<style>{(_ASSETS / 'page.css').read_text(encoding='utf-8')}</style>",
            app_kwargs={"middleware": [Middleware(_Guard)]},
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            share=False,
            ssr_mode=False,
            mcp_server=False,
            prevent_thread_lock=True,
            quiet=True,
        )
    except OSError as error:
        message = (
            f"{host}:{port} can't be had: another program may be using it. "
            "Stop that program or choose another port."
        )
        raise OnRecordError(message) from error
    return page


def serve(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Run the page until interrupted, and print its address.

    Raises:
        OnRecordError: The port can't be had.
    """
    page = launch(assistant, host=host, port=port)
    print(f"OnRecord is at {page.local_url} (Ctrl+C stops it)", flush=True)  # noqa: T201
    page.block_thread()


def _theme() -> gr.themes.Base:
    """Make a theme whose fonts ship with Gradio: others would come from another host."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.slate,
        neutral_hue=gr.themes.colors.stone,
        font=[gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700)), "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    ).set(
        body_background_fill="#fdfcf9",
        body_background_fill_dark="#171614",
        background_fill_primary="#fff",
        background_fill_primary_dark="#211f1c",
        background_fill_secondary="#f7f5ef",
        background_fill_secondary_dark="#1c1b18",
        body_text_color="#1d1b18",
        body_text_color_dark="#ece8e0",
        body_text_color_subdued="#68635a",
        body_text_color_subdued_dark="#aaa397",
        border_color_primary="#e2ddd2",
        border_color_primary_dark="#3a3731",
        block_background_fill="*background_fill_primary",
        block_border_color="*border_color_primary",
        input_border_width="1px",
        input_border_color="*border_color_primary",
        input_background_fill="*background_fill_primary",
        input_background_fill_dark="*background_fill_primary",
        input_placeholder_color="*body_text_color_subdued",
        input_placeholder_color_dark="*body_text_color_subdued",
    )


class _Guard:
    """Adds `_HEADERS` to every reply."""

    def __init__(self, app: asgi.ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        async def guarded(message: asgi.Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, guarded)
