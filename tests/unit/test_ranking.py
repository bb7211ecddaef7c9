"""What moves a hit up: never a figure of a weight, only the side to which it pulls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from index.records import Article, Attribution, Hit, Passage, Role, Span, Speaker
from rag.ranking import WEIGHTS, features, in_time, likely_time, rank
from rag.records import Question

BERG = Speaker(id="berg", name="Otto Berg", kind="person")
HOLM = Speaker(id="holm", name="Petra Holm", kind="person")
SPEAKERS = {speaker.id: speaker for speaker in (BERG, HOLM)}
ARTICLE = Article(id="a", text="The weir is safe. " * 20, published=date(2031, 3, 4))
QUESTION = Question(text="What did Otto Berg say?", kind="what-said", topic="", speakers=(BERG,))
SCORES = {
    "dense": 0.4, "lexical": 2.0, "late": 0.4, "article": 0.4, "within": 0.4, "content": 0.4
}  # fmt: skip


def hit(
    name: str, *, start: int = 18, article: Article = ARTICLE, scores: Mapping[str, float] = SCORES
) -> Hit:
    """Return a statement that Petra Holm makes in 17 characters of an article."""
    return Hit(
        article=article,
        passage=Passage(id=f"{article.id}#0-360", article_id=article.id, span=Span(0, 360)),
        span=Span(start, start + 17),
        attribution=Attribution(
            id=name, article_id=article.id, source=(), cue=(), content=(Span(start, start + 17),),
            kind="indirect", speaker_id="holm",
        ),
        score=0.0,
        scores=dict(scores),
    )  # fmt: skip


def changed(plain: Hit, **changes: object) -> Hit:
    """Return a hit whose attribution differs, its id included, so that it sorts last in a tie."""
    assert plain.attribution
    stated = replace(plain.attribution, id=f"z-{plain.attribution.id}", **changes)  # type: ignore[arg-type]
    return replace(plain, attribution=stated)


def order(hits: Sequence[Hit], question: Question = QUESTION) -> list[str]:
    ranked = rank(question, hits, SPEAKERS)
    assert [piece.number for piece in ranked] == list(range(1, len(ranked) + 1))
    assert [p.score for p in ranked] == sorted((p.score for p in ranked), reverse=True)
    return [piece.attribution.id if piece.attribution else piece.passage.id for piece in ranked]


@pytest.mark.parametrize("signal", list(SCORES))
def test_every_signal_of_the_search_pulls_up(signal: str) -> None:
    better = replace(changed(hit("h")), scores=SCORES | {signal: SCORES[signal] * 1.5})
    assert order([hit("h"), better]) == ["z-h", "h"]


@pytest.mark.parametrize("changes", [{"speaker_id": "berg"}, {"kind": "direct"}])
def test_the_speaker_asked_about_and_direct_speech_pull_up(changes: Mapping[str, object]) -> None:
    assert order([hit("h"), changed(hit("h"), **changes)]) == ["z-h", "h"]


def test_a_denial_is_no_better_where_no_response_is_asked_for() -> None:
    plain, denial = features(QUESTION, [hit("h"), changed(hit("h"), stance="denies")], SPEAKERS)
    assert plain.tolist() == denial.tolist()


def test_a_denial_comes_first_where_it_is_asked_who_denies() -> None:
    asked = replace(QUESTION, kind="denial", speakers=())
    for stance in ("denies", "declines"):
        assert order([hit("h"), changed(hit("h"), stance=stance)], asked) == ["z-h", "h"]


def test_a_denial_by_its_words_comes_first_as_well() -> None:
    article = replace(ARTICLE, text="The weir is safe. The weir isn't bad. The weir")
    yes, no = hit("h", start=0, article=article), hit("z", start=18, article=article)
    asked = replace(QUESTION, kind="denial")
    assert order([yes, replace(no, span=yes.span)], asked) == ["z", "h"]
    assert order([yes, replace(no, span=yes.span)]) == ["h", "z"]


def test_who_is_only_mentioned_comes_after_others_where_nobody_is_asked_about() -> None:
    berg = replace(
        hit("b"), attribution=replace(changed(hit("b")).attribution, id="a", speaker_id="berg")
    )  # type: ignore[type-var]
    asked = replace(QUESTION, kind="who-said", speakers=())
    assert order([hit("h"), berg], asked) == ["a", "h"]
    assert order([hit("h"), berg], replace(asked, mentioned=(BERG,))) == ["h", "a"]


def test_what_is_told_within_a_statement_comes_first_where_that_is_asked_for() -> None:
    asked = replace(QUESTION, kind="nested")
    assert order([hit("h"), changed(hit("h"), within="outer")], asked) == ["z-h", "h"]


def test_a_statement_within_another_one_comes_after_it() -> None:
    inner = replace(hit("a-inner"), attribution=changed(hit("h"), within="outer").attribution)
    assert order([inner, hit("zz-outer")]) == ["zz-outer", "z-h"]


def test_the_time_asked_about_pulls_up() -> None:
    later = replace(ARTICLE, id="b", published=date(2032, 1, 1))
    asked = replace(QUESTION, since=date(2032, 1, 1), until=date(2032, 1, 31))
    hits = [hit("a"), hit("b", article=later)]
    assert order(hits, asked) == ["b", "a"]
    assert order(hits) == ["a", "b"]


def test_words_count_as_a_share_of_the_best_ones() -> None:
    """BM25 has no upper bound: ten times the figures for all change nothing."""
    some = [hit("a"), hit("b", scores=SCORES | {"lexical": 1.0})]
    more = [hit("a", scores=SCORES | {"lexical": 20.0}), hit("b", scores=SCORES | {"lexical": 10})]
    assert [p.score for p in rank(QUESTION, some, SPEAKERS)] == pytest.approx(
        [p.score for p in rank(QUESTION, more, SPEAKERS)]
    )
    none = [hit("a", scores=SCORES | {"lexical": 0.0})]
    assert order(none) == ["a"]


def test_a_statement_found_twice_counts_once_with_its_best_score() -> None:
    worse = hit("a", scores=SCORES | {"late": 0.1})
    [both] = rank(QUESTION, [worse, hit("a"), worse], SPEAKERS)
    [alone] = rank(QUESTION, [hit("a")], SPEAKERS)
    assert replace(both, score=alone.score) == alone
    assert both.score == pytest.approx(alone.score)


def test_ties_fall_the_same_way_whatever_the_order_of_the_hits() -> None:
    hits = [hit(name) for name in "dacb"]
    assert order(hits) == order(hits[::-1]) == ["a", "b", "c", "d"]


def test_a_passage_without_a_statement_is_evidence_without_a_speaker() -> None:
    bare = {name: SCORES[name] for name in SCORES if name not in ("within", "content")}
    plain = replace(hit("a"), attribution=None, span=Span(0, 360), scores=bare)
    [piece] = rank(QUESTION, [plain], SPEAKERS)
    assert (piece.attribution, piece.speaker, piece.kind) == (None, None, None)
    assert piece.span == piece.passage.span


def test_evidence_names_the_attributions_speaker() -> None:
    known, unresolved = hit("a"), changed(hit("b"), speaker_id=None)
    gone = changed(hit("c"), speaker_id="nobody")
    found = {
        piece.attribution.id: piece.speaker
        for piece in rank(QUESTION, [known, unresolved, gone], SPEAKERS)
        if piece.attribution
    }
    assert found == {"a": HOLM, "z-b": None, "z-c": None}


def test_no_hits_are_no_evidence() -> None:
    assert rank(QUESTION, [], SPEAKERS) == ()


MARCH = replace(QUESTION, since=date(2031, 3, 1), until=date(2031, 3, 31))


@pytest.mark.parametrize(
    ("question", "published", "inside"),
    [
        (MARCH, date(2031, 3, 1), True),
        (MARCH, date(2031, 3, 31), True),
        (MARCH, date(2031, 2, 28), False),
        (MARCH, date(2031, 4, 1), True),  # said in March, printed in April
        (MARCH, date(2031, 6, 1), False),
        (replace(MARCH, firm=True), date(2031, 3, 31), True),
        (replace(MARCH, firm=True), date(2031, 4, 1), False),
        (replace(MARCH, until=None), date(2099, 1, 1), True),
        (replace(MARCH, until=None), date(2031, 2, 28), False),
        (replace(MARCH, since=None), date(1999, 1, 1), True),
        (MARCH, None, False),
        (QUESTION, date(2031, 3, 4), False),  # no time is asked about: none is better
        (replace(QUESTION, around=date(2031, 3, 9)), date(2031, 3, 4), True),
        (replace(QUESTION, around=date(2031, 3, 9)), date(2031, 4, 8), True),
        (replace(QUESTION, around=date(2031, 3, 9)), date(2031, 3, 1), False),
        (replace(QUESTION, around=date(2031, 3, 9)), date(2031, 4, 9), False),
    ],
)
def test_days_are_in_the_time_asked_about_or_not(
    question: Question,
    published: date | None,
    inside: bool,  # noqa: FBT001
) -> None:
    assert in_time(question, published) is inside


@pytest.mark.parametrize(
    ("changes", "since", "until"),
    [
        ({}, None, None),
        ({"since": date(2031, 3, 1), "until": date(2031, 3, 31)}, (3, 1), (4, 7)),
        ({"since": date(2031, 3, 1), "until": date(2031, 3, 31), "firm": True}, (3, 1), (3, 31)),
        ({"since": date(2031, 3, 1)}, (3, 1), None),
        ({"around": date(2031, 3, 9)}, (3, 2), (4, 8)),
    ],
)
def test_an_answer_may_be_printed_later_and_news_is_asked_about_when_it_is_new(
    changes: Mapping[str, object], since: tuple[int, int] | None, until: tuple[int, int] | None
) -> None:
    asked = replace(QUESTION, **changes)  # type: ignore[arg-type]
    days = [date(2031, *day) if day else None for day in (since, until)]
    assert list(likely_time(asked)) == days


def test_features_are_in_the_weights_order_a_row_a_hit() -> None:
    rows = features(QUESTION, [hit("a"), hit("b", start=36)], SPEAKERS)
    assert rows.shape == (2, len(WEIGHTS))
    named = [dict(zip(WEIGHTS, row, strict=True)) for row in rows]
    assert [row["position"] for row in named] == [18 / 360, 36 / 360]
    assert {row["lexical"] for row in named} == {1.0}
    assert features(QUESTION, [], SPEAKERS).shape == (0, len(WEIGHTS))


@pytest.mark.parametrize(
    ("role", "sources", "roles", "share"),
    [
        ("", ["the pollster Petra Holm"], [], 0),
        ("pollster", ["the pollster Petra Holm"], [], 1),
        ("pollsters", ["Holm", "pollster Petra Holm"], [], 1),  # as the article elsewhere calls her
        ("eel board pollster", ["Holm"], ["pollster"], 1 / 3),  # as others do
        ("pollster", ["Petra Holm"], ["mayor"], 0),
    ],
)
def test_a_speaker_has_as_much_of_the_role_asked_for_as_articles_give_her(
    role: str, sources: list[str], roles: list[str], share: float
) -> None:
    hits = []
    for name in sources:
        text = f"{name} said the weir is safe."
        stated = changed(hit(name, start=0), source=(Span(0, len(name)),))
        hits.append(replace(stated, article=replace(ARTICLE, text=text)))
    known = replace(HOLM, roles=tuple(Role(name=name, articles=1) for name in roles))
    rows = features(replace(QUESTION, role=role), hits, {"holm": known})
    assert [dict(zip(WEIGHTS, row, strict=True))["in role"] for row in rows] == pytest.approx(
        [share] * len(hits)
    )
