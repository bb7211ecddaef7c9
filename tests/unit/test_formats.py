"""JSON and text of answers and attributions: what other programs read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from index.records import Article, Attribution, Passage, Span, Speaker
from index.store import digest
from rag import Answer, Citation, Copy, Evidence, Question, Scope
from ui.formats import MOST_EVIDENCE, answer_json, answer_text, attribution_json

TEXT = "😀 “The weir is safe,” said Otto Berg.\n\n“It is not,” said Petra Holm."
ARTICLE = Article(
    id="weir", text=TEXT, title="Weir is safe", outlet="The Halden Post",
    published=date(2031, 3, 4), url="https://post.example/weir",
)  # fmt: skip
BERG = Speaker(id="berg", name="Otto Berg", kind="person")
HOLM = Speaker(id="holm", name="Petra Holm", kind="person")
QUESTION = Question(text="What did Otto Berg say?", kind="what-said", topic="")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


STATED = Attribution(
    id="weir#a0", article_id="weir", source=(at("Otto Berg"),), cue=(at("said"),),
    content=(at("“The weir is safe,”"),), kind="direct", speaker_id="berg",
)  # fmt: skip


def passage(number: int) -> Passage:
    return Passage(id=f"weir#{number}", article_id="weir", span=Span(number, len(TEXT)))


def evidence(
    number: int, place: int, speaker: Speaker | None = BERG, *, article: Article = ARTICLE
) -> Evidence:
    return Evidence(
        number=number, article=article, passage=passage(place), span=STATED.content[0],
        attribution=STATED if speaker else None, speaker=speaker, score=1 / (number + 2),
    )  # fmt: skip


CITED = Citation(
    number=1, article=ARTICLE, passage=passage(0), span=STATED.content[0],
    highlights=STATED.content, attribution=STATED, speaker=BERG,
)  # fmt: skip
ANSWER = Answer(
    question=QUESTION,
    text="Otto Berg said: “The weir is safe,” [1]",
    citations=(CITED,),
    evidence=(evidence(1, 0),),
    scope=Scope(1, date(2031, 3, 4), date(2031, 3, 4)),
)


def rows(answer: Answer, key: str) -> list[dict[str, Any]]:
    """Return a list of an answer as another program would read it."""
    found: list[dict[str, Any]] = json.loads(json.dumps(answer_json(answer)))[key]
    return found


def test_what_two_say_together_is_cited_for_each_of_them() -> None:
    both = Speaker(
        id="both", name="Otto Berg and Petra Holm", kind="group", members=("berg", "holm")
    )
    answer = replace(ANSWER, citations=(replace(CITED, speaker=both), replace(CITED, number=2)))

    def members(speaker: Speaker) -> tuple[Speaker, ...]:
        return (BERG, HOLM) if speaker is both else (speaker,)

    cited: Any = answer_json(answer, members_of=members)["citations"]
    assert [(one["number"], one["speaker"]) for one in cited] == [
        (1, "Otto Berg"), (1, "Petra Holm"), (2, "Otto Berg"),
    ]  # fmt: skip
    assert rows(answer, "citations")[0]["speaker"] == "Otto Berg and Petra Holm"


def test_an_answer_is_plain_json_with_all_its_fields() -> None:
    assert json.loads(json.dumps(answer_json(ANSWER, "q1"))) == {
        "id": "q1",
        "question": "What did Otto Berg say?",
        "answer": ANSWER.text,
        "abstained": False,
        "reason": None,
        "verdict": None,
        "citations": [
            {
                "number": 1,
                "article": "weir",
                "start": 2,
                "end": 21,
                "quote": "“The weir is safe,”",
                "speaker": "Otto Berg",
                "published": "2031-03-04",
                "outlet": "The Halden Post",
                "title": "Weir is safe",
                "url": "https://post.example/weir",
                "version": digest(ARTICLE),
                "superseded": False,
                "copies": [],
            }
        ],
        "evidence": [
            {"article": "weir", "start": 0, "end": len(TEXT), "speaker": "Otto Berg",
             "score": 0.3333}
        ],
    }  # fmt: skip


def test_a_copy_is_given_by_its_article_and_place() -> None:
    other = replace(ARTICLE, id="gazette", outlet="Osk Gazette", published=None)
    cited = replace(CITED, copies=(Copy(other, Span(2, 21), same=True),))
    assert rows(replace(ANSWER, citations=(cited,)), "citations")[0]["copies"] == [
        {
            "article": "gazette",
            "start": 2,
            "end": 21,
            "same": True,
            "published": None,
            "outlet": "Osk Gazette",
            "url": "https://post.example/weir",
        }
    ]


def test_offsets_count_code_points_of_the_articles_text() -> None:
    """An emoji before the words is one code point, though two in UTF-16 and four in UTF-8."""
    [cited] = rows(ANSWER, "citations")
    assert TEXT[cited["start"] : cited["end"]] == cited["quote"]


def test_a_refusal_has_its_reason_and_a_verdict_is_passed_on() -> None:
    refused = answer_json(replace(ANSWER, citations=(), abstention="nobody-said-it"))
    assert (refused["abstained"], refused["reason"], refused["citations"]) == (
        True,
        "nobody-said-it",
        [],
    )
    assert answer_json(replace(ANSWER, verdict="no"))["verdict"] == "no"
    assert answer_json(ANSWER)["id"] is None


def test_what_is_unknown_is_null_and_what_is_missing_is_empty() -> None:
    bare = replace(CITED, article=Article(id="weir", text=TEXT), speaker=None, attribution=None)
    [cited] = rows(replace(ANSWER, citations=(bare,)), "citations")
    assert (cited["speaker"], cited["published"]) == (None, None)
    assert (cited["outlet"], cited["title"], cited["url"]) == ("", "", "")


def test_evidence_holds_each_passage_once_with_its_best_statements_speaker() -> None:
    pieces = (evidence(1, 5, HOLM), evidence(2, 0), evidence(3, 5), evidence(4, 7, None))
    found = rows(replace(ANSWER, evidence=pieces), "evidence")
    assert [(row["start"], row["speaker"]) for row in found] == [
        (5, "Petra Holm"),
        (0, "Otto Berg"),
        (7, None),
    ]
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)


def test_evidence_holds_the_ten_best_passages() -> None:
    pieces = tuple(evidence(n, n // 2) for n in range(40))
    found = rows(replace(ANSWER, evidence=pieces), "evidence")
    assert [row["start"] for row in found] == list(range(10))
    assert len(found) == MOST_EVIDENCE


def test_text_has_the_answer_and_its_numbered_sources() -> None:
    text, source = answer_text(ANSWER).split("\n\n")
    assert text == ANSWER.text
    assert source == (
        "[1] The Halden Post, Weir is safe, 2031-03-04, weir 2-21, https://post.example/weir"
    )


def test_a_source_of_which_little_is_known_is_named_by_what_is() -> None:
    bare = replace(CITED, article=Article(id="weir", text=TEXT))
    assert answer_text(replace(ANSWER, citations=(bare,))).endswith("\n\n[1] weir 2-21")
    assert answer_text(replace(ANSWER, citations=())) == ANSWER.text


def test_an_attribution_is_its_spans_and_labels() -> None:
    inner = replace(STATED, polarity="negated", stance="denies", within="weir#a9")
    assert json.loads(json.dumps(attribution_json(inner, {"weir#a0": "Otto Berg"}))) == {
        "doc": "weir",
        "id": "weir#a0",
        "source": [[27, 36]],
        "cue": [[22, 26]],
        "content": [[2, 21]],
        "speaker": "Otto Berg",
        "kind": "direct",
        "stance": "denies",
        "polarity": "negated",
        "within": "weir#a9",
    }


def test_an_attribution_of_nobody_known_has_no_speaker() -> None:
    assert attribution_json(STATED, {})["speaker"] is None
    assert attribution_json(STATED, {"weir#a0": ""})["speaker"] is None
