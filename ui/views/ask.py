"""Ask: a conversation, and beside it the sources of its answers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag import AskOptions, Message, OnRecordError, Scope, examples

from .. import render
from ..render import Turn
from ..settings import Settings

if TYPE_CHECKING:
    from rag import Answer, Archive, Assistant, Citation

_logger = logging.getLogger(__name__)

_SCRIPT = Path(__file__).parents[1] / "assets" / "ask.js"
_EXAMPLES = 4
_LISTED_SPEAKERS = 1000
_LONGEST_QUESTION = 1000
_FAULT = "OnRecord failed on this question; its terminal says more. Please try another question."


def make_view(page: gr.Blocks, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page."""
    del page, settings
    desk = _Desk(assistant)
    script = _SCRIPT.read_text(encoding="utf-8")
    turns = gr.State(())
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="left", scale=7, min_width=320):
            restart = gr.Button("New conversation", size="sm", scale=0, elem_id="restart")
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
        self._holdings = Scope(archive.totals.articles, archive.totals.first, archive.totals.last)
        self._examples = examples.draw(archive, _EXAMPLES)

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
