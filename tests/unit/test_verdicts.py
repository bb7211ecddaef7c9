"""Whether somebody did say it: by the polarity of what comes closest, and by who said it."""

from __future__ import annotations

import pytest

from index.records import Article, Attribution, Hit, Passage, Polarity, Span, Speaker, Stance
from rag.records import Evidence, Question, QuestionKind, Verdict
from rag.verdicts import judge

BERG = Speaker(id="berg", name="Otto Berg", kind="person")
HOLM = Speaker(id="holm", name="Petra Holm", kind="person")


def said(
    words: str,
    *,
    within: float = 0.6,
    stance: Stance = "says",
    polarity: Polarity = "asserted",
    speaker: str = "berg",
) -> Hit:
    stated = Attribution(
        id="a#0", article_id="a", source=(), cue=(), content=(Span(0, len(words)),),
        kind="indirect", stance=stance, polarity=polarity, speaker_id=speaker,
    )  # fmt: skip
    return Hit(
        article=Article(id="a", text=words),
        passage=Passage(id="p", article_id="a", span=Span(0, len(words))),
        span=Span(0, len(words)),
        attribution=stated,
        score=1.0,
        scores={"topic": 0.7, "topic within": within},
    )


def shown(hit: Hit, speaker: Speaker = BERG) -> Evidence:
    return Evidence(
        number=1, article=hit.article, passage=hit.passage, span=hit.span,
        attribution=hit.attribution, speaker=speaker, score=1.0,
    )  # fmt: skip


def decide(text: str, *hits: Hit, kind: QuestionKind = "verify") -> Verdict | None:
    topic = text.removeprefix("Did Otto Berg say that ").rstrip("?")
    question = Question(text=text, kind=kind, topic=topic, speakers=(BERG,))
    return judge(question, hits, [shown(hit) for hit in hits])


SAFE = "Did Otto Berg say that the weir was safe?"


@pytest.mark.parametrize(
    ("text", "hit", "verdict"),
    [
        (SAFE, said("the weir was quite safe"), "yes"),
        (SAFE, said("the weir was not safe"), "no"),
        (SAFE, said("the weir had never been safe"), "no"),
        (SAFE, said("he rejected that the weir was safe"), "no"),
        (SAFE, said("the weir was quite safe", stance="denies"), "no"),
        (SAFE, said("the weir was quite safe", polarity="negated"), "no"),
        (SAFE, said("the eels were back again", within=0.1), "no"),
        ("Did Otto Berg say that the weir was not safe?", said("the weir was not safe"), "yes"),
        ("Did Otto Berg say that nobody sold it?", said("somebody sold it"), "no"),
        (
            "Did Otto Berg say that the weir was free of cracks?",
            said("the weir had no cracks"),
            "yes",
        ),
    ],
)
def test_polarity_and_closeness_decide(text: str, hit: Hit, verdict: Verdict) -> None:
    assert decide(text, hit) == verdict


def test_what_another_one_says_is_not_looked_at() -> None:
    assert decide(SAFE, said("the weir was quite safe", speaker="holm")) == "no"


def test_of_was_it_he_who_said_it_the_speaker_decides() -> None:
    question = Question(text="Was it Berg who said so?", kind="verify", topic="", supposed=(BERG,))
    hit = said("the weir was safe")
    assert judge(question, [hit], [shown(hit)]) == "yes"
    assert judge(question, [hit], [shown(hit, HOLM)]) == "no"


def test_other_questions_and_no_evidence_have_no_verdict() -> None:
    assert decide(SAFE) is None
    assert decide(SAFE, said("the weir was safe"), kind="what-said") is None
    nobody = Question(text="Was the weir called safe?", kind="verify", topic="the weir safe")
    hit = said("the weir was safe")
    assert judge(nobody, [hit], [shown(hit)]) is None
