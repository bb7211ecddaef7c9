"""Timeline: statements on a topic over time, a lane for each speaker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import gradio as gr

from rag import Archive, Assistant, Hit

from ..markup.lanes import EMPTY, HINT, MOST_LANES, Lane, render_lanes
from ..markup.statements import Row
from ..settings import Settings
from ..topics import find_on_topic
from .parts import AT_ONCE, QUIET, Opened, make_part, make_reader, show_article


def make_view(opened: Opened, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page.

    Args:
        opened: The event of its being opened.
    """
    del settings
    with gr.Row(elem_classes="narrow", equal_height=False):
        topic = gr.Textbox(
            "", label="Topic", placeholder="bridge tolls, the strike, …", lines=1, max_lines=1,
            max_length=300, submit_btn="Show", scale=3, min_width=240, elem_id="topic",
        )  # fmt: skip
        speakers = gr.Dropdown(
            [], label="Only these speakers", multiselect=True, scale=2, min_width=220
        )
    lanes = make_part(HINT, elem_id="lanes")
    reader = make_reader()

    def begin() -> Any:  # noqa: ANN401 (what Gradio takes for an update)
        return gr.skip() if assistant.archive.totals.attributions else EMPTY

    def show(topic: str) -> tuple[str, Any]:
        archive = assistant.archive
        if not topic.strip():
            return begin() or HINT, gr.update(choices=[], value=[])
        hits = find_on_topic(archive, topic.strip())
        counted = _by_speaker(archive, hits)
        choices = [(f"{archive.speakers[i].name} ({len(rows)})", i) for i, rows in counted]
        return _render(archive, counted, topic), gr.update(choices=choices, value=[])

    def narrow(topic: str, chosen: list[str]) -> str:
        archive = assistant.archive
        if not topic.strip():
            return HINT
        known = [i for i in chosen if i in archive.speakers]
        return _render(archive, _by_speaker(archive, find_on_topic(archive, topic, known)), topic)

    def read(event: gr.EventData) -> str:
        return show_article(assistant.archive, event)

    opened(begin, None, lanes, **AT_ONCE)
    topic.submit(show, topic, [lanes, speakers], **QUIET)
    speakers.input(narrow, [topic, speakers], lanes, **QUIET)
    lanes.open(read, None, reader, **AT_ONCE)


def _by_speaker(archive: Archive, hits: Sequence[Hit]) -> list[tuple[str, list[Row]]]:
    """Return each speaker's statements, oldest first; who has most comes first."""
    found: dict[str, list[Row]] = {}
    for hit in hits:
        speaker = hit.attribution and archive.speakers.get(hit.attribution.speaker_id or "")
        if hit.attribution and speaker:
            found.setdefault(speaker.id, []).append(Row(hit.article, hit.attribution))
    for rows in found.values():
        rows.sort(key=lambda row: (row.article.published or date.max, row.article.id))
    return sorted(
        found.items(),
        key=lambda item: (archive.speakers[item[0]].kind == "unnamed", -len(item[1]), item[0]),
    )


def _render(archive: Archive, found: Sequence[tuple[str, list[Row]]], topic: str) -> str:
    lanes = [Lane(archive.speakers[i].name, rows) for i, rows in found[:MOST_LANES]]
    return render_lanes(lanes, topic.strip(), max(0, len(found) - MOST_LANES))
