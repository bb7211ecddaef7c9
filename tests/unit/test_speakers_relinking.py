"""Speakers after any updates are those that leading all names together anew gives."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Article, Attribution, Mention, Passage, Span, Speaker, SpeakerKind
from index.speakers import Corrections, Origin, Split, collect, link, relink
from index.speakers import relinking as rules
from index.store import Reader, Row, Writer
from index.token_vectors import TokenVectors

META = {"embedder": "", "fingerprint": "f", "dimension": "2", "passage_tokens": "9", "finder": "x"}
TOKENS = TokenVectors(np.zeros((1, 32), np.uint8), np.zeros(1, np.int32), np.zeros(1, np.int32))

PEOPLE = (
    "Anna Thorne", "Edwin Thorne", "Edwin Thorne Jr.", "A. Thorne", "Thorne", "Anna", "Edwin",
    "Anna Lamb", "Ana Lamb", "Lamb", "Jo Velde Lamb", "Velde Lamb", "William Reeve", "Bill Reeve",
    "Reeve", "Bill", "Jo Lee-Brown", "Jo Lee Brown", "Chirper", "NWA",
)  # fmt: skip
OTHERS: Sequence[tuple[str, SpeakerKind]] = (
    ("Northern Water Authority", "organisation"),
    ("Norland Wool Agency", "organisation"),
    ("NWA", "organisation"),
    ("the company", "organisation"),
    ("Chirper", "organisation"),
    ("Thorne's office", "organisation"),
    ("Anna Thorne's office", "organisation"),
    ("Bill's office", "organisation"),
    ("Thorne Office", "organisation"),
    ("Lamb", "organisation"),
    ("critics", "group"),
    ("Critics", "group"),
    ("Thorne", "group"),
    ("a report", "document"),
    ("the report", "document"),
    ("a report", "unnamed"),
    ("Anna Thorne", "unnamed"),
)
ROLES = ("harbour board director", "director of the Harbour Board", "baker", "former mayor of Tarn")


class Piece(NamedTuple):
    """An article as the linking sees it."""

    mentions: tuple[Mention, ...]
    origin: Origin


people = st.builds(
    Mention,
    attribution_id=st.just(""),
    name=st.sampled_from(PEOPLE),
    kind=st.just("person"),
    gender=st.sampled_from(("", "", "f", "m")),
    roles=st.lists(st.sampled_from(ROLES), max_size=1).map(tuple),
)
others = st.sampled_from(OTHERS).map(
    lambda pair: Mention(attribution_id="", name=pair[0], kind=pair[1])
)


def _together(members: Sequence[tuple[str, SpeakerKind]]) -> Mention:
    name = " and ".join(name for name, _ in members)
    return Mention(attribution_id="", name=name, kind="group", members=tuple(members))


pairs: st.SearchStrategy[Mention] = st.lists(
    st.one_of(
        st.sampled_from(PEOPLE).map(lambda name: (name, "person")),
        st.sampled_from(OTHERS[:4]),
    ),
    min_size=2,
    max_size=2,
    unique=True,
).map(_together)  # type: ignore[arg-type]
origins = st.builds(
    Origin,
    st.sampled_from((None, date(2031, 3, 1), date(2031, 3, 5), date(2031, 9, 1))),
    st.sampled_from(("", "Tarn Post")),
)
pieces = st.builds(
    Piece, st.lists(st.one_of(people, people, others, pairs), max_size=4).map(tuple), origins
)
IDS = "abcdefghijklmnopqrst"
archives = st.fixed_dictionaries(dict.fromkeys(IDS[:12], pieces))
updates = st.lists(
    st.dictionaries(
        st.sampled_from(IDS), st.one_of(st.none(), pieces, pieces), min_size=1, max_size=2
    ),
    min_size=1,
    max_size=4,
)
CORRECTIONS = (
    Corrections(),
    Corrections(
        splits=(
            Split(speaker="Anna Thorne", articles=("a", "c"), name="Anna Thorne (judge)"),
            Split(speaker="Northern Water Authority", articles=("b",), name="Another"),
        ),
        merges=(("Jo Velde Lamb", "William Reeve"), ("critics", "NWA")),
        renames=(
            ("Edwin Thorne", "Edwin Oakes"),
            ("Nobody", "Somebody"),
            ("a report", "The Tarn report"),
        ),
    ),
)


def change(folder: Path, step: dict[str, Piece | None], corrections: Corrections) -> None:
    with closing(Writer(folder, META)) as writer:
        batch = [
            (_article(name, piece), [_row(name, piece)]) for name, piece in step.items() if piece
        ]
        writer.remove([name for name, piece in step.items() if piece is None])
        writer.add(batch)
        with writer.publishing() as register:
            relink(register, corrections)


def _article(name: str, piece: Piece) -> Article:
    text = f"{piece.mentions}"
    return Article(id=name, text=text, published=piece.origin.published, outlet=piece.origin.outlet)


def _row(name: str, piece: Piece) -> Row:
    stated = [
        (
            Attribution(
                id=f"{name}#{n}", article_id=name, source=(), cue=(), content=(Span(0, 1),),
                kind="direct",
            ),
            mention,
        )
        for n, mention in enumerate(piece.mentions)
    ]  # fmt: skip
    passage = Passage(id=f"{name}#0-1", article_id=name, span=Span(0, 1))
    return Row(passage, np.array([1, 0], np.float32), TOKENS, stated)


def held(folder: Path) -> tuple[tuple[Speaker, ...], dict[str, str | None]]:
    """Return an archive's speakers, and who has each attribution."""
    with closing(Reader(folder)) as reader:
        stated = [one for a in reader.articles() for one in reader.attributions(a.id)]
        return reader.speakers(), {one.id: one.speaker_id for one in stated}


def led_anew(
    shown: dict[str, Piece], corrections: Corrections
) -> tuple[tuple[Speaker, ...], dict[str, str | None]]:
    """Return the same of all articles, by no update."""
    mentions = [(name, one) for name, piece in shown.items() for one in piece.mentions]
    links = link(collect(mentions), corrections, {n: p.origin for n, p in shown.items()})
    return links.speakers, {
        f"{name}#{n}": links.speaker_of[name, one.name, one.kind, one.members]
        for name, piece in shown.items()
        for n, one in enumerate(piece.mentions)
    }


def a(*names: str | tuple[str, SpeakerKind], role: str = "") -> Piece:
    """Return an article in which these are named, people unless it is said otherwise."""
    pairs = [(name, "person") if isinstance(name, str) else name for name in names]
    return Piece(
        tuple(
            Mention(attribution_id="", name=name, kind=kind, roles=(role,) if role else ())
            for name, kind in pairs
        ),
        Origin(),
    )


BODY: SpeakerKind = "organisation"
FILLED = {f"z{n}": a(f"Somebody Else{n}") for n in range(9)}
CASES: dict[str, list[dict[str, Piece | None]]] = {
    "a person takes an id that a group had": [
        {"a": a(("Thorne", "group"))},
        {"b": a("Thorne")},
        {"b": None},
    ],
    "a given name alone may be another's now": [
        {"a": a("William Reeve", role=ROLES[0]), "b": a("William", role=ROLES[0])},
        {"c": a("William Lamb", role=ROLES[0])},
        {"c": None},
    ],
    "a given name alone is led to somebody quoted elsewhere": [
        {"a": a("William Reeve", role=ROLES[0]), "b": a("Reeve")},
        {"c": a("William", role=ROLES[0])},
        {"a": None},
    ],
    "a name has become too frequent to be company": [
        {
            "a": a("Anna Thorne", "Jo Lamb", "Bill Reeve"),
            "b": a("Edwin Thorne"),
            "c": a("Thorne", "Jo Lamb", "Bill Reeve"),
            "d": a("Jo Lamb"),
        },
        {"e": a("Jo Lamb")},
        {"d": None},
    ],
    "an acronym fits two": [
        {"a": a(("Northern Water Authority", BODY)), "b": a(("NWA", BODY))},
        {"c": a(("Norland Wool Agency", BODY))},
        {"a": None},
    ],
    "a body is no longer named for somebody": [
        {"a": a("Anna Thorne"), "b": a(("Thorne's office", BODY)), "c": a(("Thorne office", BODY))},
        {"d": a("Edwin Thorne")},
        {"a": None},
    ],
    "what was nobody's name is a person's": [
        {"a": a(("Anna Thorne", "unnamed")), "b": a(("Anna Thorne", "document"))},
        {"c": a("Anna Thorne")},
        {"c": None},
    ],
    "an id goes to another name that is cut to it": [
        {"b": a(("T.N. Navy", BODY))},
        {"a": a(("T N Navy", BODY))},
        {"a": None},
    ],
    "one of those who speak together has another id": [
        {"b": Piece((_together([("T.N. Navy", BODY), ("Thorne", "person")]),), Origin())},
        {"a": a(("T N Navy", BODY))},
        {"a": None},
    ],
    "another report is the first": [
        {"b": a(("a report", "document"))},
        {"a": a(("a report", "document"))},
        {"a": None},
    ],
}


@pytest.mark.parametrize("corrections", CORRECTIONS, ids=("plain", "corrected"))
@pytest.mark.parametrize("steps", CASES.values(), ids=CASES.keys())
def test_what_an_update_touches_beyond_its_own_names_is_led_anew(
    steps: list[dict[str, Piece | None]],
    corrections: Corrections,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "MOST", 2)  # however much an update touches, it looks at no more
    shown: dict[str, Piece] = {}
    for step in ({**FILLED, **steps[0]}, *steps[1:]):
        change(tmp_path, step, corrections)
        shown = {name: piece for name, piece in (shown | step).items() if piece}
        assert held(tmp_path) == led_anew(shown, corrections)


@pytest.mark.parametrize("corrections", CORRECTIONS, ids=("plain", "corrected"))
@settings(max_examples=150)
@given(first=archives, steps=updates)
def test_any_updates_give_the_speakers_of_all_articles_led_together_anew(
    corrections: Corrections, first: dict[str, Piece], steps: list[dict[str, Piece | None]]
) -> None:
    shown: dict[str, Piece] = {}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "MOST", 2)  # however much an update touches, it looks at no more
        for step in (first, *steps):
            change(Path(folder), step, corrections)
            shown = {name: piece for name, piece in (shown | step).items() if piece}
            assert held(Path(folder)) == led_anew(shown, corrections)
