"""Statements of one speaker, or of two, and what is said where none is left."""

from __future__ import annotations

import pytest

from ui.markup.sides import Side, render_sides


@pytest.mark.parametrize(
    ("unfiltered", "topic", "todo"),
    [
        (5, "", "Let “Wording” and “Stance” be any to see them."),
        (5, "tolls", "Let “Wording” and “Stance” be any to see them."),
        (0, "tolls", "Try other words for the topic, or none."),
        (0, "", "Find the speaker again: the archive has changed."),
    ],
)
def test_where_nothing_fits_it_is_said_what_to_do(unfiltered: int, topic: str, todo: str) -> None:
    rendered = render_sides([Side("Ada <Weir>", [], 0, unfiltered, 0)], topic)
    assert f"Nothing is on record that fits. {todo}" in rendered
    assert "Ada &lt;Weir&gt;" in rendered
