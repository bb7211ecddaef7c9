"""A refusal says why, what was searched, and what comes nearest, shown as such."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from index.records import Article, Attribution, Passage, Span, Speaker
from rag.citations import check
from rag.records import Abstention, Evidence, Question, Scope
from rag.writers.refusing import NEAREST, refuse

BERG = Speaker(id="berg", name="Otto Berg", kind="person")
SCOPE = Scope(1204, date(2030, 12, 31), date(2031, 5, 9))
QUESTION = Question(
    text="What did Berg say about eels?", kind="what-said", topic="eels", speakers=(BERG,),
    strangers=("Olga Brandt",),
)  # fmt: skip
TEXT = "“The weir is safe,” Otto Berg said."


def piece(number: int, *, speaker: Speaker | None = BERG) -> Evidence:
    span = Span(0, TEXT.index(" Otto"))
    return Evidence(
        number=number,
        article=Article(id=f"a{number}", text=TEXT),
        passage=Passage(id=f"a{number}#0", article_id=f"a{number}", span=Span(0, len(TEXT))),
        span=span,
        attribution=Attribution(
            id=f"a{number}#a0", article_id=f"a{number}", source=(), cue=(), content=(span,),
            kind="direct",
        ),
        speaker=speaker,
        score=1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("empty-archive", "The archive is empty"),
        ("no-such-speaker", "Olga Brandt"),
        ("nothing-on-topic", "Otto Berg is quoted in this archive, but not on this"),
        ("nobody-said-it", "Nobody in this archive says this"),
        ("outside-dates", "is quoted in this archive, but not in the time asked about"),
    ],
)
def test_every_reason_is_given_in_words_of_its_own(reason: Abstention, words: str) -> None:
    draft = refuse(QUESTION, reason, [], SCOPE)
    [claim] = draft.claims
    assert words in claim.text
    assert (draft.abstention, draft.verdict, claim.numbers) == (reason, None, ())


def test_no_two_reasons_read_the_same() -> None:
    reasons = get_args(Abstention)
    texts = {refuse(QUESTION, reason, [], SCOPE).claims[0].text for reason in reasons}
    assert len(texts) == len(reasons) == 5


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (SCOPE, "Searched: 1,204 articles, from 31 December 2030 to 9 May 2031."),
        (Scope(1, SCOPE.last, SCOPE.last), "Searched: 1 article, of 9 May 2031."),
        (Scope(3, None, None), "Searched: 3 articles."),
        (Scope(0, None, None), "Searched: 0 articles."),
    ],
)
def test_a_refusal_says_what_was_searched(scope: Scope, words: str) -> None:
    [claim] = refuse(QUESTION, "nobody-said-it", [], scope).claims
    assert claim.text.endswith(words)


def test_the_nearest_statements_are_shown_as_no_answer() -> None:
    _, heading, *near = refuse(
        QUESTION, "nothing-on-topic", [piece(n) for n in range(1, 9)], SCOPE
    ).claims
    assert "don't answer" in heading.text
    assert heading.numbers == ()
    assert [claim.numbers for claim in near] == [(n,) for n in range(1, NEAREST + 1)]


def test_evidence_without_a_speaker_is_passed_over() -> None:
    claims = refuse(QUESTION, "nothing-on-topic", [piece(1, speaker=None), piece(2)], SCOPE).claims
    assert [claim.numbers for claim in claims[2:]] == [(2,)]
    assert len(refuse(QUESTION, "nothing-on-topic", [piece(1, speaker=None)], SCOPE).claims) == 1


def test_a_refusal_passes_the_check_and_stays_one() -> None:
    evidence = [piece(1), piece(2)]
    answer = check(QUESTION, refuse(QUESTION, "outside-dates", evidence, SCOPE), evidence, SCOPE)
    assert answer.abstained
    assert answer.abstention == "outside-dates"
    assert [cited.number for cited in answer.citations] == [1, 2]
    assert len(answer.text.splitlines()) == 4


def test_everybody_whom_a_name_may_mean_is_named_once() -> None:
    namesake = Speaker(id="berg-2", name="Otto Berg", kind="person")
    other = Speaker(id="berg-3", name="Ida Berg", kind="person")
    question = Question(
        text="What did Berg say?", kind="what-said", topic="x", speakers=(BERG, namesake, other)
    )
    [claim] = refuse(question, "nothing-on-topic", [], SCOPE).claims
    assert claim.text.startswith("Otto Berg or Ida Berg is quoted")
