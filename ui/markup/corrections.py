"""Corrections of speakers by hand as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from index.speakers import Corrections

from ..wording import write_count


def render_corrections(corrections: Corrections) -> Markup:
    """Render every correction, each with a button that takes it back."""
    entries = [
        *(
            ("merges", n, f"{names[0]} is also {', '.join(names[1:])}")
            for n, names in enumerate(corrections.merges)
        ),
        *(
            (
                "splits",
                n,
                f"{one.speaker} is {one.name} in {write_count(len(one.articles), 'article')}",
            )
            for n, one in enumerate(corrections.splits)
        ),
        *(
            ("renames", n, f"{old} is called {new}")
            for n, (old, new) in enumerate(corrections.renames)
        ),
    ]
    if not entries:
        return Markup('<p class="note">Nothing has been corrected by hand so far.</p>')
    return Markup('<h3>Corrected by hand</h3><ul class="corrections">{}</ul>').format(
        Markup("").join(
            Markup(
                '<li><span dir="auto">{1}</span> <button type="button" data-event="undo" '
                'data-text="{0}" data-page="{2}" aria-label="Undo: {1}">Undo</button></li>'
            ).format(kind, words, n)
            for kind, n, words in entries
        )
    )


def render_outcome(words: str, unused: Iterable[str] = (), *, failed: bool = False) -> Markup:
    """Render what came of a correction."""
    notes = Markup("").join(
        Markup("<li>{}</li>").format(f"{one}. Undo it, or correct its name.") for one in unused
    )
    return Markup('<p class="{}" role="{}">{}</p>{}').format(
        "failure" if failed else "done",
        "alert" if failed else "status",
        words,
        Markup('<ul class="note">{}</ul>').format(notes) if notes else "",
    )
