"""Why there is no answer: each reason, and when there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.records import Article, Attribution, Hit, Passage, Span, Speaker, Stance
from rag.abstention import confidence, judge
from rag.records import Abstention, Evidence, Question

BERG = Speaker(id="berg", name="Otto Berg", kind="person")
HOLM = Speaker(id="holm", name="Petra Holm", kind="person")
ARTICLE = Article(id="a", text="Otto Berg said that the weir was safe.")
WHOLE = Span(0, len(ARTICLE.text))
OF_BERG = Question(
    text="What did Otto Berg say about eels?", kind="what-said", topic="eels", speakers=(BERG,)
)
OF_ANYBODY = Question(text="Who sold eels?", kind="who-said", topic="sold eels")
OF_A_STRANGER = replace(OF_BERG, speakers=(), strangers=("Olga Brandt",))


def hit(support: float, speaker: str | None = "berg") -> Hit:
    """Return a statement that supports the topic from -1 to 1, or a passage of nobody's."""
    stated = Attribution(
        id="a#a0", article_id="a", source=(), cue=(), content=(WHOLE,), kind="indirect",
        speaker_id=speaker,
    )  # fmt: skip
    return Hit(
        article=ARTICLE,
        passage=Passage(id="a#0", article_id="a", span=WHOLE),
        span=WHOLE,
        attribution=stated,
        score=support,
        scores={"dense": support, "lexical": 0.0, "topic": support, "topic within": support},
    )


def decide(
    question: Question,
    hits: list[Hit],
    best: Speaker | None = BERG,
    stance: Stance = "says",
) -> Abstention | None:
    """Judge by what a search for the topic found; the statement that fits best is `best`'s."""
    first = hit(1.0)
    assert first.attribution
    stated = replace(first.attribution, stance=stance)
    evidence = Evidence(
        number=1, article=first.article, passage=first.passage, span=first.span,
        attribution=stated, speaker=best, score=1.0,
    )  # fmt: skip
    return judge(question, [evidence], hits)


@pytest.mark.parametrize(
    ("stance", "best", "reason"),
    [
        ("declines", BERG, None),
        ("denies", BERG, None),
        ("says", BERG, "nothing-on-topic"),
        ("denies", HOLM, "nothing-on-topic"),
    ],
)
def test_a_refusal_that_fits_best_is_an_answer_though_it_names_no_topic(
    stance: Stance, best: Speaker, reason: Abstention | None
) -> None:
    assert decide(OF_BERG, [hit(0.0)], best, stance) == reason


PASSAGE = replace(
    hit(1.0), attribution=None, scores={"dense": 1.0, "lexical": 1.0, "topic": 1.0}
)  # nobody says anything in it


@pytest.mark.parametrize("question", [OF_BERG, OF_ANYBODY, replace(OF_BERG, kind="verify")])
def test_a_statement_of_the_topic_is_an_answer(question: Question) -> None:
    assert decide(question, [hit(1.0)]) is None
    assert decide(question, [hit(0.0), hit(1.0), hit(-1.0)]) is None


@pytest.mark.parametrize("hits", [[], [hit(0.0)], [PASSAGE], [hit(1.0, speaker="holm")]])
def test_one_who_says_nothing_of_the_topic_is_refused_as_such(hits: list[Hit]) -> None:
    """Neither a passage about it nor another one's statement is his."""
    assert decide(OF_BERG, hits) == "nothing-on-topic"


@pytest.mark.parametrize("hits", [[], [hit(0.0)], [PASSAGE]])
def test_what_nobody_says_is_refused_as_such(hits: list[Hit]) -> None:
    assert decide(OF_ANYBODY, hits) == "nobody-said-it"


def test_anybodys_statement_answers_who_said_it_even_an_unknown_ones() -> None:
    assert decide(OF_ANYBODY, [hit(1.0, speaker="holm")]) is None
    assert decide(OF_ANYBODY, [hit(1.0, speaker=None)]) is None


@pytest.mark.parametrize("hits", [[], [hit(1.0)]])
def test_a_stranger_is_refused_whatever_is_found(hits: list[Hit]) -> None:
    assert decide(OF_A_STRANGER, hits) == "no-such-speaker"


def test_a_stranger_beside_a_known_speaker_is_no_reason_to_refuse() -> None:
    assert decide(replace(OF_BERG, strangers=("Olga Brandt",)), [hit(1.0)]) is None


def test_anything_that_he_said_answers_a_question_without_a_topic() -> None:
    assert decide(replace(OF_BERG, topic=""), [hit(-1.0)]) is None


@pytest.mark.parametrize("question", [OF_BERG, OF_ANYBODY])
def test_there_is_one_threshold_between_no_and_yes(question: Question) -> None:
    """Wherever it lies, more support never turns an answer into a refusal."""
    refused = [decide(question, [hit(step / 20)]) is not None for step in range(-20, 21)]
    assert refused == sorted(refused, reverse=True)
    assert (refused[0], refused[-1]) == (True, False)


@pytest.mark.parametrize("best", [HOLM, None])
def test_where_another_ones_statement_fits_best_he_has_said_nothing_of_it(
    best: Speaker | None,
) -> None:
    assert decide(OF_BERG, [hit(1.0)], best=best) == "nothing-on-topic"


def test_a_refusal_to_comment_answers_a_question_for_a_response() -> None:
    silent = hit(0.0)
    assert silent.attribution
    silent = replace(silent, attribution=replace(silent.attribution, stance="declines"))
    second = Evidence(
        number=2, article=silent.article, passage=silent.passage, span=silent.span,
        attribution=silent.attribution, speaker=BERG, score=0.1,
    )  # fmt: skip
    evidence = [replace(second, number=1, speaker=HOLM, score=0.2), second]
    assert judge(replace(OF_BERG, kind="denial"), evidence, [silent]) is None
    assert judge(OF_BERG, evidence, [silent]) == "nothing-on-topic"


def test_confidence_is_a_probability_that_grows_with_support() -> None:
    found = [confidence(OF_ANYBODY, [], [hit(step / 10)]) for step in range(-10, 11)]
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1


def test_confidence_falls_where_others_say_more_on_the_topic() -> None:
    first = hit(0.6)
    evidence = Evidence(
        number=1, article=first.article, passage=first.passage, span=first.span,
        attribution=first.attribution, speaker=BERG, score=1.0,
    )  # fmt: skip
    found = [
        confidence(OF_BERG, [evidence], [first, hit(others / 10, speaker="holm")])
        for others in range(11)
    ]
    assert found[:7] == [found[0]] * 7
    assert found[6:] == sorted(set(found), reverse=True)


def test_another_ones_statement_may_answer_whether_he_said_it() -> None:
    assert decide(replace(OF_BERG, kind="verify"), [hit(1.0)], best=HOLM) is None
