"""Attributions inside what another one says."""

from __future__ import annotations

from index.attributions import find, nesting
from index.attributions.nesting import Part
from index.language import SpacyParser
from index.records import Article

PARSER = SpacyParser()


def _nested(text: str) -> list[tuple[str, str | None, str]]:
    """Return each cue with the cue of the attribution that it stands in, and its kind."""
    found = find(Article(id="a1", text=text), PARSER.parse(text), "rules")
    cue = {a.id: " ".join(text[s.start : s.end] for s in a.cue) for a in found}
    return [(cue[a.id], a.within and cue[a.within], a.kind) for a in found]


def test_a_promise_in_indirect_speech_stands_in_it() -> None:
    assert _nested("Orr said that Lund had promised to resign.") == [
        ("said", None, "indirect"),
        ("had promised", "said", "indirect"),
    ]


def test_a_report_in_direct_speech_is_not_itself_direct() -> None:
    assert _nested("“Lund told me that he would resign,” Orr said.") == [
        ("told", "said", "indirect"),
        ("said", None, "direct"),
    ]


def test_a_quotation_in_a_quotation_is_direct() -> None:
    found = _nested("“Lund told me, ‘I will resign,’” Orr said.")
    assert ("told", "said", "direct") in found


def test_neighbours_do_not_stand_in_one_another() -> None:
    text = "Orr denied the allegations. Lund promised to resign."
    assert [outer for _, outer, _ in _nested(text)] == [None, None]


def test_the_innermost_holder_is_named() -> None:
    parts = [
        Part(cue={0}, content=set(range(1, 20))),
        Part(cue={2}, content=set(range(3, 20))),
        Part(cue={5}, content={6, 7}),
    ]
    assert nesting.find(parts) == [None, 0, 1]


def test_two_that_hold_each_other_stand_in_neither() -> None:
    parts = [Part(cue={0}, content={1, 2}), Part(cue={1}, content={0, 2})]
    assert nesting.find(parts) == [None, None]


def test_one_without_a_cue_may_hold_others() -> None:
    parts = [Part(cue=set(), content={1, 2, 3}), Part(cue={2}, content={3})]
    assert nesting.find(parts) == [None, 0]
