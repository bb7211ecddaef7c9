"""Speakers corrected by hand: who is the same, who is somebody else, what a name should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from index.speakers import Corrections, Split, change_corrections, read_corrections
from rag import Assistant, BuildReport, OnRecordError

from ..markup.corrections import render_corrections, render_outcome
from ..wording import write_day
from ..works import Works, works_of
from .cast import Cast, Seen
from .parts import AT_ONCE, QUIET, make_part

_MOST_CHOICES = 10_000
_MOST_ARTICLES = 200

Change = Callable[[Corrections], Corrections]
Outcome = tuple[str, Any]
"""What came of a correction, and the state after it."""


class _Desk:
    """What the events do."""

    def __init__(self, cast: Cast, works: Works) -> None:
        self._cast = cast
        self._works = works

    def choices(self, seen: Seen) -> tuple[Any, Any, str]:
        """Return whom the speaker may be the same as, his articles, and all corrections."""
        opened = self._cast.open()
        names = [
            s.name for _, s, _ in opened.listed if s.kind != "unnamed" and s.id != seen.speaker
        ]
        ids = dict.fromkeys(
            one.attribution.article_id for one in opened.archive.statements_of(seen.speaker)
        )
        articles = []
        for article_id in list(ids)[:_MOST_ARTICLES]:
            article = opened.archive.article(article_id)
            day = write_day(article.published) if article.published else "no date"
            articles.append((f"{article.title or article_id} · {day}", article_id))
        return (
            gr.update(choices=list(dict.fromkeys(names))[:_MOST_CHOICES], value=None),
            gr.update(choices=articles, value=[]),
            self.listed(),
        )

    def listed(self) -> str:
        """Render the corrections that there are."""
        try:
            return render_corrections(read_corrections(self._cast.open().archive.folder))
        except OnRecordError as error:
            return render_outcome(str(error), failed=True)

    def merge(self, seen: Seen, other: str | None) -> Outcome:
        """Let another one be the same as the speaker who is open."""
        name = self._name(seen)
        if not name or not other:
            return _refuse("Choose who it is the same as, then merge.")
        given = self._given(other)
        return self._change(seen, lambda old: replace(old, merges=(*old.merges, (name, given))))

    def rename(self, seen: Seen, new: str) -> Outcome:
        """Give the speaker who is open another name."""
        name = self._name(seen)
        if not name or not new.strip():
            return _refuse("Type the name that is right, then rename.")
        pair = (name, new.strip())
        return self._change(seen, lambda old: replace(old, renames=(*old.renames, pair)), pair[1])

    def split(self, seen: Seen, articles: list[str], new: str) -> Outcome:
        """Let the speaker who is open be somebody else in some articles."""
        name = self._name(seen)
        if not name or not articles or not new.strip():
            return _refuse(
                "Choose the articles in which it is somebody else and type that one's name, then "
                "split."
            )
        made = Split(speaker=name, articles=tuple(articles), name=new.strip())
        return self._change(seen, lambda old: replace(old, splits=(*old.splits, made)))

    def undo(self, seen: Seen, event: gr.EventData) -> Outcome:
        """Take a correction back."""
        kind, number = str(event.text), int(event.page)

        def change(old: Corrections) -> Corrections:
            left = [one for n, one in enumerate(getattr(old, kind)) if n != number]
            return replace(old, **{kind: tuple(left)})

        if kind not in {"splits", "merges", "renames"}:
            return _refuse("There is no such correction.")
        return self._change(seen, change)

    def _name(self, seen: Seen) -> str:
        """Return what the speaker who is open is called without renaming, which comes last."""
        archive = self._cast.open().archive
        speaker = archive.speakers.get(seen.speaker)
        return self._given(speaker.name) if speaker else ""

    def _given(self, name: str) -> str:
        try:
            renames = read_corrections(self._cast.open().archive.folder).renames
        except OnRecordError:
            return name  # it is told when the correction is written
        for old, new in reversed(renames):
            name = old if name == new else name
        return name

    def _change(self, seen: Seen, change: Change, name: str = "") -> Outcome:
        """Note a correction, let it hold, and find the speaker who was open again.

        Args:
            name: What he is then called; empty where that doesn't change.
        """
        archive = self._cast.open().archive
        before = archive.speakers.get(seen.speaker)
        try:
            change_corrections(archive.folder, change)
        except (OnRecordError, ValueError) as error:
            return _refuse(f"{error}")
        work = self._works.relink().result()
        if work.failure:
            return _refuse(
                f"It is noted, and holds from the next build on. Not yet: {work.failure}"
            )
        names = [name, before.name, *before.aliases] if before else []
        listed = [speaker for _, speaker, _ in self._cast.open().listed]
        found = [s.id for n in names for s in listed if n in (s.name, *s.aliases)]
        unused = work.result.unused if isinstance(work.result, BuildReport) else ()
        told = render_outcome("Done. It is remembered over every build.", unused)
        return told, replace(seen, speaker=found[0] if found else "", page=0)


def _refuse(words: str) -> Outcome:
    return render_outcome(words, failed=True), gr.skip()


def make_corrections(
    cast: Cast,
    assistant: Assistant,
    seen: gr.State,
    showing: tuple[list[Any], list[Any]],
) -> None:
    """Build the form that corrects the speaker who is open.

    Args:
        showing: What `Cast.show` takes and what it puts its `Shown` in.
    """
    desk = _Desk(cast, works_of(assistant))
    with gr.Accordion("Correct who this is", open=False, elem_classes="correct") as box:
        with gr.Row(equal_height=False):
            with gr.Column(min_width=240):
                other = gr.Dropdown(label="Is the same as", choices=[], min_width=160)
                merge = gr.Button("Merge the two", size="sm")
            with gr.Column(min_width=240):
                renamed = gr.Textbox("", label="Should be called", lines=1, max_length=200)
                rename = gr.Button("Rename", size="sm")
        articles = gr.CheckboxGroup(label="Is somebody else in these articles", choices=[])
        named = gr.Textbox("", label="That one is called", lines=1, max_length=200)
        split = gr.Button("Split off", size="sm")
        outcome = make_part(elem_id="correction")
        listed = make_part(elem_id="corrections")

    choices = [other, articles, listed]
    inputs, shown = showing
    box.expand(desk.choices, seen, choices, **AT_ONCE)
    seen.change(desk.choices, seen, choices, **AT_ONCE)
    for event, run, given in (
        (merge.click, desk.merge, [seen, other]),
        (rename.click, desk.rename, [seen, renamed]),
        (split.click, desk.split, [seen, articles, named]),
        (listed.undo, desk.undo, [seen]),
    ):
        done = event(run, given, [outcome, seen], concurrency_id="archive", **QUIET)
        done.then(cast.show, inputs, shown, **AT_ONCE).then(desk.choices, seen, choices, **AT_ONCE)
