"""Which statements an answer is made of, and what stands within and beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.records import Article, Attribution, Hit, Passage, Span, Speaker, SpeakerKind, Stance
from rag.records import Evidence, Question, QuestionKind
from rag.reports import unfold
from rag.selection import of_those_asked, select

TEXT = "Otto Berg said that the weir was safe, and so on."
PASSAGE = Passage(id="p", article_id="a", span=Span(0, len(TEXT)))


def speaker(name: str, kind: SpeakerKind = "person") -> Speaker:
    return Speaker(id=name.lower(), name=name, kind=kind)


BERG, HOLM, FARMERS = speaker("Berg"), speaker("Holm"), speaker("Farmers", "group")


def piece(
    number: int,
    who: Speaker | None,
    score: float = 1.0,
    *,
    stance: Stance = "says",
    words: int = 20,
    within: str | None = None,
) -> Evidence:
    stated = Attribution(
        id=f"a#{number}", article_id="a", source=(), cue=(), content=(Span(0, words),),
        kind="indirect", stance=stance, speaker_id=who.id if who else None, within=within,
    )  # fmt: skip
    return Evidence(
        number=number, article=Article(id="a", text=TEXT), passage=PASSAGE, span=Span(0, words),
        attribution=stated, speaker=who, score=score,
    )  # fmt: skip


def topical(evidence: Evidence, support: float) -> Hit:
    return Hit(
        article=evidence.article, passage=PASSAGE, span=evidence.span, score=support,
        attribution=evidence.attribution, scores={"topic": support, "topic within": support},
    )  # fmt: skip


def ask(kind: QuestionKind, *speakers: Speaker) -> Question:
    return Question(text="?", kind=kind, topic="weir", speakers=speakers)


def chosen(question: Question, *evidence: Evidence, near: list[Hit] | None = None) -> list[int]:
    return [p.number for p in select(question, evidence, near or [])]


def test_only_theirs_whoever_fits_best() -> None:
    pieces = [piece(1, BERG), piece(2, HOLM), piece(3, BERG)]
    assert chosen(ask("what-said", BERG), *pieces) == [1, 3]
    assert chosen(ask("what-said", HOLM), *pieces) == [2]


def test_what_has_no_speaker_says_nothing_or_fits_far_worse_is_left_out() -> None:
    pieces = [piece(1, BERG), piece(2, None), piece(3, BERG, words=4), piece(4, BERG, 0.2)]
    assert chosen(ask("what-said", BERG), *pieces) == [1]


@pytest.mark.parametrize(("said", "shown"), [("“No.”", True), ("Never!", True), ("this", False)])
def test_a_plain_no_says_something(said: str, shown: bool) -> None:  # noqa: FBT001 (a case)
    article = Article(id="a", text=said)
    one = piece(1, BERG)
    assert one.attribution
    whole = (Span(0, len(said)),)
    short = replace(one, article=article, attribution=replace(one.attribution, content=whole))
    assert chosen(ask("what-said", BERG), short, piece(2, BERG)) == ([1, 2] if shown else [2])


def test_what_is_closest_to_the_topic_alone_stands_second() -> None:
    pieces = [piece(1, BERG), piece(2, BERG), piece(3, BERG)]
    near = [topical(pieces[1], 0.2), topical(pieces[2], 0.9)]
    assert chosen(ask("what-said", BERG), *pieces, near=near) == [1, 3, 2]
    theirs = [piece(1, BERG), piece(2, HOLM)]
    assert chosen(ask("what-said", BERG), *theirs, near=[topical(theirs[1], 0.9)]) == [1]


@pytest.mark.parametrize(("kind", "numbers"), [("denial", [1, 3]), ("what-said", [1])])
def test_a_refusal_is_shown_where_a_response_is_asked_for(
    kind: QuestionKind, numbers: list[int]
) -> None:
    pieces = [piece(1, BERG), piece(2, HOLM), piece(3, BERG, 0.1, stance="declines")]
    assert chosen(ask(kind, BERG), *pieces) == numbers


def test_of_a_list_each_one_with_a_name_is_shown_once() -> None:
    pieces = [piece(1, FARMERS), piece(2, BERG), piece(3, BERG), piece(4, HOLM)]
    assert chosen(ask("list"), *pieces) == [2, 4]
    assert chosen(ask("who-said"), *pieces) == [1, 2, 4]
    assert chosen(ask("list", BERG), pieces[1], pieces[2]) == [2, 3]


def test_nobody_asked_about_says_nothing() -> None:
    assert of_those_asked(ask("what-said"), [piece(1, BERG)]) == []


SPEAKERS = {s.id: s for s in (BERG, HOLM)}


def test_of_a_report_within_a_report_both_speakers_are_shown() -> None:
    outer, inner = piece(1, BERG), piece(9, HOLM, within="a#1")
    assert outer.attribution
    assert inner.attribution
    stated = [outer.attribution, inner.attribution]
    found = unfold([piece(2, HOLM), outer], lambda _: stated, SPEAKERS, following=5)
    assert [(p.number, p.speaker) for p in found] == [(1, BERG), (5, HOLM), (2, HOLM)]
    found = unfold([inner], lambda _: stated, SPEAKERS, following=5)
    assert [(p.number, p.speaker) for p in found] == [(9, HOLM), (5, BERG)]


def test_what_is_told_comes_before_who_tells_all_of_it() -> None:
    teller = piece(2, BERG, within="a#1")
    three = (piece(1, FARMERS), teller, piece(3, HOLM, within="a#2"))
    stated = [one.attribution for one in three if one.attribution]
    found = unfold([teller], lambda _: stated, SPEAKERS | {FARMERS.id: FARMERS}, following=5)
    assert [one.speaker for one in found] == [BERG, HOLM, FARMERS]


def test_where_nothing_is_reported_within_the_pieces_stay_as_they_are() -> None:
    pieces = [piece(1, BERG), piece(2, HOLM)]
    stated = [p.attribution for p in pieces if p.attribution]
    assert unfold(pieces, lambda _: stated, SPEAKERS, following=5) == pieces


def test_a_list_has_those_who_speak_together_but_no_nameless_group() -> None:
    both = Speaker(id="both", name="Berg and Holm", kind="group", members=("berg", "holm"))
    pieces = [piece(1, FARMERS), piece(2, both), piece(3, HOLM)]
    assert chosen(ask("list"), *pieces) == [2, 3]
    assert chosen(ask("list"), piece(1, FARMERS)) == [1]
