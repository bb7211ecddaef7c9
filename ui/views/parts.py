"""What the views are made of, those of Speakers, Timeline and Archive most of all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from rag import Archive

from ..markup.statements import GONE, render_statement

Opened = Callable[..., Any]
"""Gradio's way to say what to do when something is opened: `Tab.select`, `Blocks.load`."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
AT_ONCE: dict[str, Any] = {**QUIET, "queue": False}

_SCRIPT = Path(__file__).parents[1] / "assets" / "views.js"


def make_part(value: str = "", **options: Any) -> gr.HTML:  # noqa: ANN401 (Gradio's own options)
    """Make a part of a view that shows our HTML and sends the events of its buttons."""
    script = _SCRIPT.read_text(encoding="utf-8")
    return gr.HTML(value, js_on_load=script, apply_default_css=False, **options)


def make_reader() -> gr.HTML:
    """Make the sheet that an article is read on, over the view."""
    reader = make_part(elem_classes="reader")
    reader.close(lambda: "", None, reader, **AT_ONCE)
    return reader


def show_article(archive: Archive, event: gr.EventData) -> str:
    """Show the article clicked, at the statement clicked if there is one."""
    try:
        article = archive.article(str(event.article))
    except KeyError:
        return GONE
    statements = archive.attributions(article.id)
    wanted = next((one for one in statements if one.id == event.text), None)
    if event.text and wanted is None:
        return GONE
    return render_statement(article, wanted, statements, archive.speakers)
