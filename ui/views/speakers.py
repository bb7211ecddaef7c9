"""Speakers: who they are, what they said, two of them side by side, and who is the same."""

from __future__ import annotations

import gradio as gr

from rag import Assistant

from ..markup.people import HINT
from ..settings import Settings
from .cast import Cast, Seen
from .correcting import make_corrections
from .parts import AT_ONCE, QUIET, Opened, make_part, make_reader


def make_view(opened: Opened, assistant: Assistant, settings: Settings) -> None:
    """Build the view within the current tab of the page.

    Args:
        opened: The event of its being opened.
    """
    cast = Cast(assistant)
    seen = gr.State(Seen())
    with gr.Row(elem_classes="ledger"):
        with gr.Column(scale=3, min_width=260, elem_classes="finder"):
            name = gr.Textbox(
                "", label="Find a speaker", placeholder="A name, or part of it", lines=1,
                max_lines=1, max_length=200, elem_id="speaker-name",
            )  # fmt: skip
            found = make_part(elem_id="speakers-found")
        with gr.Column(scale=9, min_width=320, elem_classes="pages"):
            profile = make_part(HINT, elem_id="profile")
            with gr.Column(visible=False) as about:
                place = gr.Column()
                with gr.Row(elem_classes="narrow"):
                    topic = gr.Textbox(
                        "", label="Statements about", placeholder="A topic, in your own words",
                        lines=1, max_lines=1, max_length=300, scale=3, min_width=180,
                    )  # fmt: skip
                    kind, stance = (
                        gr.Dropdown([("Any", "")], value="", label=label, min_width=120)
                        for label in ("Wording", "Stance")
                    )
                stated = make_part(elem_id="speaker-statements")
                limits = [seen, topic, kind, stance]
                shown = [seen, found, profile, about, stated, kind, stance]
                if settings.manage:
                    with place:
                        make_corrections(cast, assistant, seen, ([*limits, name], shown))
    reader = make_reader()

    name.change(cast.find, [seen, name], found, trigger_mode="always_last", **QUIET)
    opened(cast.find, [seen, name], found, **AT_ONCE)
    found.pick(cast.pick, [*limits, name], shown, **AT_ONCE)
    found.compare(cast.compare, [*limits, name], shown, **AT_ONCE)
    narrowed = [seen, stated, kind, stance]
    gr.on([topic.submit, kind.input, stance.input], cast.narrow, limits, narrowed, **AT_ONCE)
    stated.more(cast.turn, limits, narrowed, **AT_ONCE)
    stated.open(cast.read, None, reader, **AT_ONCE)
