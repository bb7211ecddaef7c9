"""No altered quotation and no wrong speaker gets past `citations.check`."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Article, Attribution, Passage, Span, Speaker
from rag.citations import check
from rag.quotation import is_balanced, own_words, quoted_runs
from rag.records import Claim, Draft, Evidence, Question, Scope
from rag.writers.quoting import QuotingWriter

SCOPE = Scope(1, date(2025, 1, 1), date(2025, 1, 1))
QUESTION = Question(text="What did Jo Vance say?", kind="what-said", topic="")
TEXT = (
    "“The eels are back,” said Jo Vance. “We never sold the weir,” she said. Petra Holm doubts it."
)
VANCE = Speaker(id="jo-vance", name="Jo Vance", kind="person", aliases=("J. Vance",))


def evidence(text: str, *quotes: str, number: int = 1) -> Evidence:
    spans = tuple(Span(text.index(q), text.index(q) + len(q)) for q in quotes)
    article = Article(id="a", text=text, published=date(2025, 1, 1))
    return Evidence(
        number=number,
        article=article,
        passage=Passage(id="a#0", article_id="a", span=Span(0, len(text))),
        span=Span(spans[0].start, spans[-1].end),
        attribution=Attribution(
            id=f"a#a{number}", article_id="a", source=(), cue=(), content=spans, kind="direct"
        ),
        speaker=VANCE,
        score=1.0,
    )


PIECE = evidence(TEXT, "“The eels are back,”", "“We never sold the weir,”")


@pytest.mark.parametrize(
    "claim",
    [
        Claim("Jo Vance said: “The eels are back” [1]", (1,), "Jo Vance"),
        Claim("J. Vance said: “We never sold the weir,” [1]", (1,), "J. Vance"),
        Claim("Jo Vance spoke of eels [1]", (1,), "Jo Vance"),
    ],
)
def test_what_the_evidence_holds_is_kept(claim: Claim) -> None:
    answer = check(QUESTION, Draft(claims=(claim,)), [PIECE], SCOPE)
    assert answer.text == claim.text
    [cited] = answer.citations
    assert cited.quote == TEXT
    assert [cited.article.quote(span) for span in cited.highlights] == [
        "“The eels are back,”",
        "“We never sold the weir,”",
    ]


@pytest.mark.parametrize(
    "claim",
    [
        Claim("Jo Vance said: “The eels are gone” [1]", (1,), "Jo Vance"),  # altered
        Claim("Jo Vance said: “the eels are back” [1]", (1,), "Jo Vance"),  # another case
        Claim('Jo Vance said: "We sold the weir" [1]', (1,), "Jo Vance"),  # a word left out
        Claim("Jo Vance said: “Petra Holm doubts it” [1]", (1,), "Jo Vance"),  # not her words
        Claim("Petra Holm said: “The eels are back” [1]", (1,), "Petra Holm"),  # not the speaker
        Claim("Jo Vance said: “The eels are back [1]", (1,), "Jo Vance"),  # never closed
        Claim("Jo Vance said: “The eels are back” [2]", (2,), "Jo Vance"),  # no such evidence
        Claim("Jo Vance said: “The eels are back” [1] [3]", (1,), "Jo Vance"),
        Claim("Jo Vance, as reported: eels left [1]", (1,), "Jo Vance", "eels left"),
    ],
)
def test_what_the_evidence_does_not_hold_is_dropped(claim: Claim) -> None:
    answer = check(QUESTION, Draft(claims=(claim,)), [PIECE], SCOPE)
    assert answer.text == ""
    assert answer.citations == ()
    assert answer.abstention == "nobody-said-it"


def test_citations_are_numbered_in_the_order_of_the_text() -> None:
    pieces = [
        evidence(TEXT, "“The eels are back,”"),
        evidence(TEXT, "“We never sold the weir,”", number=2),
    ]
    claims = (
        Claim("Jo Vance said: “We never sold the weir” [2]", (2,), "Jo Vance"),
        Claim("Jo Vance said: “The eels are back” [1]", (1,), "Jo Vance"),
    )
    answer = check(QUESTION, Draft(claims=claims), pieces, SCOPE)
    assert answer.text.splitlines() == [
        "Jo Vance said: “We never sold the weir” [1]",
        "Jo Vance said: “The eels are back” [2]",
    ]
    assert [(c.number, c.article.quote(c.highlights[0])) for c in answer.citations] == [
        (1, "“We never sold the weir,”"),
        (2, "“The eels are back,”"),
    ]


@pytest.mark.parametrize("number", [1, 4])
def test_a_number_in_brackets_that_the_article_prints_is_never_numbered_anew(number: int) -> None:
    """Numbering "[4]" anew would alter the quotation; left as it is it would read as a citation."""
    text = "“We sold the weir [4],” she said."
    piece = evidence(text, "“We sold the weir [4],”", number=number)
    quoted = Claim(f"Jo Vance said: “We sold the weir [4],” [{number}]", (number,), "Jo Vance")
    reported = Claim(
        f"Jo Vance, as reported: We sold the weir [4] [{number}]", (number,), "Jo Vance",
        "We sold the weir [4]",
    )  # fmt: skip
    for claim in (quoted, reported):
        assert check(QUESTION, Draft(claims=(claim,)), [piece], SCOPE).text == ""


WORDS = st.text(alphabet="ab \n\u00a0“”\"'‘’«».,…—<é", min_size=1, max_size=40)


@given(before=WORDS, said=WORDS, after=WORDS)
def test_every_quotation_in_an_answer_is_verbatim_whatever_the_article_holds(
    before: str, said: str, after: str
) -> None:
    """Marks in marks, unclosed marks, ellipses, non-breaking spaces: verbatim or not at all."""
    text = before + said + after
    span = Span(len(before), len(before) + len(said))
    piece = evidence("“x” " + text, "“x”")
    moved = Span(span.start + 4, span.end + 4)
    attribution = Attribution(
        id="a#a1", article_id="a", source=(), cue=(), content=(moved,), kind="direct"
    )
    piece = Evidence(
        number=1, article=piece.article, passage=piece.passage, span=moved,
        attribution=attribution, speaker=VANCE, score=1.0,
    )  # fmt: skip
    answer = check(QUESTION, QuotingWriter().write(QUESTION, [piece], 3), [piece], SCOPE)
    plain = " ".join(piece.article.text.split())
    assert all(" ".join(run.split()) in plain for run in quoted_runs(answer.text))
    assert is_balanced(answer.text)
    assert all(c.quote == piece.article.quote(c.span) for c in answer.citations)


def test_own_words_leave_out_the_marks_and_the_breaks_between_paragraphs() -> None:
    text = "“One thing.\n\n“Another ‘thing’ too.”"
    article = Article(id="a", text=text)
    runs = [article.quote(span) for span in own_words(article, [Span(0, len(text))])]
    assert runs == ["One thing.", "Another ‘thing’ too."]
