"""Speakers: who is quoted, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from ..settings import Settings

if TYPE_CHECKING:
    from rag import Assistant

_LISTED = 200


def make_view(page: gr.Blocks, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page."""
    del settings
    table = gr.Dataframe(
        headers=["Speaker", "Kind", "Statements"], datatype=["str", "str", "number"],
        interactive=False, show_label=False,
    )  # fmt: skip
    page.load(
        lambda: _rows(assistant), None, table, show_progress="hidden", api_visibility="private"
    )


def _rows(assistant: Assistant) -> list[list[str | int]]:
    archive = assistant.archive
    counted = archive.statements
    listed = sorted(archive.speakers.values(), key=lambda s: (-counted.get(s.id, 0), s.name))
    return [[s.name, s.kind, counted.get(s.id, 0)] for s in listed[:_LISTED]]
