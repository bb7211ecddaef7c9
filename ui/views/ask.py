"""Ask: a conversation, and beside it the sources of its answers."""

from __future__ import annotations

from calendar import monthrange
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from rag import Assistant

from ..links import LONGEST_QUESTION
from ..markup.cards import HINT
from ..settings import Settings
from .desk import Desk, Session
from .parts import Opened

_SCRIPT = Path(__file__).parents[1] / "assets" / "ask.js"
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# Gradio's own DateTime has no labels that a screen reader could read; a browser's has.
_PICK_DAYS = """() => setTimeout(() => {
    for (const box of document.querySelectorAll(".day input")) box.type = "date";
})"""


def make_view(opened: Opened, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page.

    Args:
        opened: The event of its being opened.
    """
    desk = Desk(assistant, settings)
    session = gr.State(Session())
    # Nothing secret is in it; the key only has to be the same after a restart. Accounts may share
    # a browser: theirs are kept by the server.
    browser = (
        gr.State([])
        if settings.accounts
        else gr.BrowserState([], storage_key="onrecord-history", secret="onrecord")  # noqa: S106
    )
    html = partial(gr.HTML, js_on_load=_SCRIPT.read_text(encoding="utf-8"), apply_default_css=False)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="left", scale=7, min_width=320):
            conversation = html(desk.show(()), elem_id="conversation", download=None)
            with gr.Row(elem_id="tools"):
                filters = _make_filters(desk)
                earlier = gr.Button("History", size="sm", scale=0, elem_id="earlier")
                restart = gr.Button("New conversation", size="sm", scale=0, elem_id="restart")
            question = gr.Textbox(
                label="Your question", show_label=False, placeholder="Who said what about …?",
                lines=1, max_lines=5, max_length=LONGEST_QUESTION, autofocus=True,
                submit_btn="Ask", elem_id="question",
            )  # fmt: skip
        with gr.Column(elem_id="right", scale=5, min_width=320):
            sources = html(HINT, elem_id="sources")

    shown = [question, conversation, sources, session, browser]
    asked = [question, session, *filters]
    question.submit(desk.ask, asked, shown, **_QUIET)
    conversation.ask(_text, None, question, **_QUIET).then(desk.ask, asked, shown, **_QUIET)
    conversation.show(desk.sources, session, sources, queue=False, **_QUIET)
    conversation.export(desk.export, session, conversation, queue=False, **_QUIET)
    conversation.judge(desk.judge, session, shown, queue=False, **_QUIET)
    for part in (conversation, sources):
        part.open(desk.open, session, sources, queue=False, **_QUIET)
    sources.back(desk.back, session, sources, queue=False, **_QUIET)
    sources.resume(desk.resume, session, shown, queue=False, **_QUIET)
    sources.rename(desk.rename, session, shown, queue=False, **_QUIET)
    sources.forget(desk.forget, session, shown, queue=False, **_QUIET)
    earlier.click(desk.earlier, session, sources, queue=False, **_QUIET)
    restart.click(desk.restart, session, shown, queue=False, **_QUIET)
    opened(desk.arrive, [session, browser], [*shown, *filters], **_QUIET).then(
        None, js="() => { document.body.dataset.ready = ''; }"
    )


def _text(event: gr.EventData) -> str:
    return str(event.text)[:LONGEST_QUESTION]


def _make_filters(desk: Desk) -> list[Any]:
    with gr.Accordion("Filters", open=False, elem_id="filters") as box:
        with gr.Row(equal_height=True):
            speaker, outlet = (
                gr.Dropdown([""], value="", label=label, allow_custom_value=True, min_width=140)
                for label in ("Speaker", "Outlet")
            )
            since, until = (
                gr.Textbox(label=label, lines=1, max_lines=1, min_width=140, elem_classes="day")
                for label in ("Since", "Until")
            )
            month = gr.Dropdown([""], value="", label="Month", min_width=140)
        clear = gr.Button("Clear filters", size="sm", elem_id="clear")
    filters: list[Any] = [speaker, outlet, since, until]
    # They are many: they come when they are wanted, and so they are those of the newest build.
    box.expand(None, js=_PICK_DAYS)
    box.expand(desk.choices, None, [speaker, outlet, month], queue=False, **_QUIET)
    month.input(_set_month, month, [since, until], queue=False, **_QUIET)
    # One that changes while another is counted is counted too.
    changes = [part.change for part in filters]
    counting = {"queue": False, "trigger_mode": "always_last", **_QUIET}
    gr.on(changes, _count_filters, filters, box, **counting)
    clear.click(lambda: ("",) * 5, None, [*filters, month], queue=False, **_QUIET)
    return filters


def _set_month(month: str | None) -> tuple[str, str]:
    """Return the first and the last day of a month such as "2031-03"; nothing of none."""
    if not month:
        return "", ""
    _, days = monthrange(int(month[:4]), int(month[5:]))
    return f"{month}-01", f"{month}-{days}"


def _count_filters(*values: str | None) -> Any:  # noqa: ANN401 (what Gradio takes for an update)
    count = sum(bool(value) for value in values)
    return gr.update(label=f"Filters ({count} set)" if count else "Filters")
