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
        renames=(("Edwin Thorne", "Edwin Oakes"), ("Nobody", "Somebody")),
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
