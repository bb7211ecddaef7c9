"""Archive: what is in it, how it is added to, and whether it is sound."""

from __future__ import annotations

import gradio as gr

from rag import Assistant

from ..markup.holdings import READ_ONLY
from ..settings import Settings
from ..works import works_of
from .keeping import Keeping
from .parts import AT_ONCE, QUIET, Opened, make_part, make_reader

_TICK = 1.0
"""Seconds after which the progress of a change is shown anew."""


def make_view(opened: Opened, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page.

    Args:
        opened: The event of its being opened.
    """
    keeping = Keeping(assistant, works_of(assistant), settings)
    place = gr.State(0)
    with gr.Row(elem_classes="ledger", equal_height=False):
        with gr.Column(scale=6, min_width=320):
            holdings = make_part(elem_id="holdings")
            words = gr.Textbox(
                "", label="Find an article", placeholder="Words of its title, its outlet or its id",
                lines=1, max_lines=1, max_length=200, elem_id="find-article",
            )  # fmt: skip
            entries = make_part(elem_id="entries")
        with gr.Column(scale=5, min_width=320, elem_classes="works"):
            if settings.manage:
                timer = gr.Timer(_TICK, active=False)
                work = make_part(elem_id="work")
                stop = gr.Button("Stop", size="sm", visible=False, elem_id="stop")
                shown = [timer, work, stop, holdings, entries]
                _make_adding(keeping, settings, shown)
                _make_checking(keeping, shown)
                stop.click(keeping.stop, None, work, **AT_ONCE)
                gr.on([timer.tick, opened], keeping.look, [words, place], shown, **AT_ONCE)
                entries.remove(keeping.remove, None, shown, **AT_ONCE)
            else:
                make_part(READ_ONLY)
    reader = make_reader()

    opened(keeping.holdings, None, holdings, **AT_ONCE)
    words.change(keeping.find, words, [entries, place], trigger_mode="always_last", **QUIET)
    opened(keeping.find, words, [entries, place], **AT_ONCE)
    entries.more(keeping.turn, words, [entries, place], **AT_ONCE)
    entries.open(keeping.read, None, reader, **AT_ONCE)


def _make_adding(
    keeping: Keeping, settings: Settings, shown: list[gr.components.Component]
) -> None:
    with gr.Column(elem_classes="adding"):
        most = settings.upload_bytes // 1024**2
        gr.HTML(
            "<h2>Add documents</h2><p class='note'>Text, Markdown, web pages, PDF, Word, tables, "
            "JSON, feeds, mail, web archives, and any of them packed; at most "
            f"{most} MB a file.</p>",
            apply_default_css=False,
        )
        files = gr.File(
            label="Files", file_count="multiple", file_types=list(settings.upload_kinds),
            type="filepath", height=140, elem_id="files",
        )  # fmt: skip
        folders = ", ".join(str(folder) for folder in settings.folders)
        path = gr.Textbox(
            "", label="Or a folder or file of this server", lines=1, max_lines=1, max_length=1000,
            info=f"Within {folders}" if folders else "To name one, start the page with --folder.",
            interactive=bool(folders), elem_id="path",
        )  # fmt: skip
        add = gr.Button("Add to the archive", variant="primary", elem_id="add")
    gr.on([add.click, path.submit], keeping.add, [files, path], [files, path, *shown], **QUIET)


def _make_checking(keeping: Keeping, shown: list[gr.components.Component]) -> None:
    with gr.Row(elem_classes="checking"):
        check = gr.Button("Check the archive", size="sm", elem_id="check")
        repair = gr.Button("Mend it", size="sm", elem_id="repair")
    check.click(keeping.check, None, shown, **AT_ONCE)
    repair.click(keeping.repair, None, shown, **AT_ONCE)
