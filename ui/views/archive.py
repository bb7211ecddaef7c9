"""Archive: what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from ..settings import Settings

if TYPE_CHECKING:
    from rag import Assistant


def make_view(page: gr.Blocks, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page."""
    del settings
    contents = gr.Markdown()
    page.load(
        lambda: _contents(assistant), None, contents, show_progress="hidden",
        api_visibility="private",
    )  # fmt: skip


def _contents(assistant: Assistant) -> str:
    totals = assistant.archive.totals
    return (
        f"{totals.articles:,} articles, {totals.passages:,} passages, "
        f"{totals.attributions:,} attributions, {totals.speakers:,} speakers."
    )
