"""Timeline: statements on a topic over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from ..settings import Settings

if TYPE_CHECKING:
    from rag import Assistant


def make_view(page: gr.Blocks, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page."""
    del page, settings
    totals = assistant.archive.totals
    gr.Markdown(f"Statements from {totals.first or 'no date'} to {totals.last or 'no date'}.")
