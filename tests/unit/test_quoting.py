"""Answers without a language model: who, how, the words as printed, when, where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.records import Article, Attribution, Passage, Span, Speaker, Stance
from rag.quotation import quoted_runs
from rag.records import Draft, Evidence, Question, QuestionKind, Verdict
from rag.writers.quoting import QuotingWriter, state

BERG = Speaker(id="berg", name="Otto Berg", kind="person")
HOLM = Speaker(id="holm", name="Petra Holm", kind="person")
QUESTION = Question(text="What did Otto Berg say?", kind="what-said", topic="", speakers=(BERG,))
DIRECT = "“The weir is safe,” Otto Berg said."


WRITTEN = "The council should mend the bridge before it builds a car park."


def find(text: str, words: str) -> tuple[Span, ...]:
    """Return where `words` stand in `text`; empty for no words."""
    start = text.index(words)
    return (Span(start, start + len(words)),) if words else ()


def piece(
    text: str,
    *quotes: str,
    number: int = 1,
    speaker: Speaker | None = BERG,
    source: str = "",
    cue: str = "",
    score: float = 1.0,
    article: str = "a",
    **changes: object,
) -> Evidence:
    """Return evidence of what a text attributes: direct speech unless `changes` say otherwise."""
    spans = tuple(span for quote in quotes for span in find(text, quote))
    stated = Attribution(
        id=f"{article}#a{number}", article_id=article, source=find(text, source),
        cue=find(text, cue), content=spans, kind="direct",
    )  # fmt: skip
    return Evidence(
        number=number,
        article=Article(
            id=article, text=text, outlet="The Halden Post", published=date(2031, 3, 4)
        ),
        passage=Passage(id=f"{article}#0", article_id=article, span=Span(0, len(text))),
        span=Span(spans[0].start, spans[-1].end),
        attribution=replace(stated, **changes),  # type: ignore[arg-type]
        speaker=speaker,
        score=score,
    )


def reported(text: str, content: str, **changes: object) -> Evidence:
    """Return evidence of what a text reports without quotation marks, or with some."""
    return piece(text, content, **({"kind": "indirect"} | changes))  # type: ignore[arg-type]


def write(
    *evidence: Evidence,
    question: Question = QUESTION,
    limit: int = 3,
    verdict: Verdict | None = None,
) -> Draft:
    return QuotingWriter().write(question, evidence, limit, verdict)


def lines(*evidence: Evidence, question: Question = QUESTION, limit: int = 3) -> list[str]:
    return [claim.text for claim in write(*evidence, question=question, limit=limit).claims]


# How words are set


def test_direct_speech_stands_between_quotation_marks_with_its_day_and_outlet() -> None:
    [claim] = write(piece(DIRECT, "“The weir is safe,”")).claims
    assert claim.text == ("Otto Berg said: “The weir is safe,” (The Halden Post, 4 March 2031) [1]")
    assert (claim.numbers, claim.speaker, claim.reported) == ((1,), "Otto Berg", "")


def test_indirect_speech_is_the_articles_sentence_and_never_quoted() -> None:
    text = "Otto Berg said on Tuesday that the weir\nwas safe, and left."
    stated = reported(text, "that the weir\nwas safe", source="Otto Berg", cue="said")
    [claim] = write(stated).claims
    words = "Otto Berg said on Tuesday that the weir was safe"
    assert claim.text == f"Otto Berg, as reported: {words} (The Halden Post, 4 March 2031) [1]"
    assert (claim.speaker, claim.reported) == ("Otto Berg", words)
    assert quoted_runs(claim.text) == []


def test_what_an_article_quotes_in_part_is_quoted_in_part() -> None:
    text = "He called the weir “as safe as a church”, Berg said."
    stated = reported(text, "the weir “as safe as a church”", kind="mixed", source="He")
    [line] = lines(stated)
    assert quoted_runs(line) == ["as safe as a church"]
    assert "He called the weir “as safe as a church” (" in line


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('"The weir is safe," he said.', ["The weir is safe,"]),
        ("“The weir is safe,” he said.", ["The weir is safe,"]),
        ("‘The weir is safe,’ he said.", ["The weir is safe,"]),
        ("'The weir is safe,' he said.", ["The weir is safe,"]),
        ("‘They call it “safe” here,’ he said.", None),
        ("“They call it ‘safe’ here,” he said.", ["They call it ‘safe’ here,"]),
        ("“The millers’ weir, the millers’” he said.", ["The millers’ weir, the millers’"]),
        ("«The weir is safe,» he said.", ["The weir is safe,"]),
    ],
)
def test_marks_of_every_house_style_become_ours_and_apostrophes_stay(
    text: str, runs: list[str] | None
) -> None:
    """Double marks within single ones would end the quotation too early: it is left out."""
    found = lines(piece(text, text.removesuffix(" he said.")))
    assert [quoted_runs(line) for line in found] == ([runs] if runs else [])


def test_pieces_and_paragraphs_are_quoted_apart() -> None:
    text = "“The weir is safe,” he said. “It is old.\n\n“It is ours.”"
    [line] = lines(piece(text, "“The weir is safe,”", "“It is old.\n\n“It is ours.”"))
    assert quoted_runs(line) == ["The weir is safe,", "It is old.", "It is ours."]
    assert "“The weir is safe,” … “It is old.” … “It is ours.”" in line


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("indirect", "that the “weir is safe"),
        ("indirect", 'that the weir" is safe'),
        ("mixed", "that the weir” is safe"),
        ("mixed", "“that ”the weir is safe”"),
        ("direct", "“The “weir is safe,”"),
    ],
)
def test_words_with_a_mark_that_has_no_partner_are_left_out(kind: str, text: str) -> None:
    stated = piece(text, text, kind=kind)
    assert state(stated) is None
    sound = piece(DIRECT, "“The weir is safe,”", number=2)
    assert write(stated, sound).claims == write(sound).claims


@pytest.mark.parametrize(
    ("stance", "verb"), [("denies", "denial"), ("warns", "warned"), ("promises", "promised")]
)
def test_the_verb_tells_what_the_cue_does(stance: Stance, verb: str) -> None:
    [line] = lines(piece(DIRECT, "“The weir is safe,”", stance=stance))
    assert verb in line.split(":")[0]


@pytest.mark.parametrize(
    ("outlet", "published", "tail"),
    [
        ("", None, "safe,” [1]"),
        ("", date(2031, 3, 4), "safe,” (4 March 2031) [1]"),
        ("The Halden Post", None, "safe,” (The Halden Post) [1]"),
    ],
)
def test_an_outlet_or_a_day_that_is_unknown_is_not_named(
    outlet: str, published: date | None, tail: str
) -> None:
    stated = piece(DIRECT, "“The weir is safe,”")
    stated = replace(stated, article=replace(stated.article, outlet=outlet, published=published))
    assert lines(stated)[0].endswith(tail)


# What is chosen

FIRST, SECOND, THIRD = (
    piece(DIRECT, "“The weir is safe,”", number=n, article=f"a{n}") for n in (1, 2, 3)
)


def numbers(*evidence: Evidence, limit: int = 3) -> list[int]:
    return [n for claim in write(*evidence, limit=limit).claims for n in claim.numbers]


def test_at_most_the_limit_is_set_best_first() -> None:
    assert numbers(FIRST, SECOND, THIRD) == [1, 2, 3]
    assert numbers(FIRST, SECOND, THIRD, limit=2) == [1, 2]
    assert numbers(FIRST, SECOND, THIRD, limit=1) == [1]


def test_what_has_no_speaker_no_attribution_or_no_words_is_left_out() -> None:
    nobody = replace(FIRST, speaker=None)
    passage = replace(FIRST, attribution=None, speaker=None)
    assert numbers(nobody, passage, SECOND) == [2]
    assert write(nobody, passage).claims == ()
    assert write().claims == ()


REPORT = "Otto Berg said that the weir was safe. “It will outlast me,” he said."


def test_his_own_words_beside_a_report_of_them_stand_in_the_same_line() -> None:
    best = reported(REPORT, "that the weir was safe", source="Otto Berg", cue="said")
    own = piece(REPORT, "“It will outlast me,”", number=3).attribution
    assert own
    [line] = lines(replace(best, beside=(own,)))
    assert line.startswith(
        "Otto Berg, as reported: Otto Berg said that the weir was safe – “It will outlast me,” ("
    )


def test_direct_speech_in_two_statements_is_quoted_in_reading_order() -> None:
    text = "“It is old,” he said. “It is ours,” he said."
    first, second = piece(text, "“It is old,”"), piece(text, "“It is ours,”", number=2)
    assert first.attribution
    [line] = lines(replace(second, beside=(first.attribution,)))
    assert quoted_runs(line) == ["It is old,", "It is ours,"]


# Verdicts and times


def ask(text: str, kind: QuestionKind = "verify") -> Question:
    return replace(QUESTION, text=text, kind=kind)


SAFE = reported(REPORT, "that the weir was safe", source="Otto Berg", cue="said")


@pytest.mark.parametrize(("verdict", "line"), [("yes", "Yes, it seems."), ("no", "No, it seems.")])
def test_a_verdict_is_the_first_line_and_comes_with_its_statement(
    verdict: Verdict, line: str
) -> None:
    draft = write(SAFE, question=ask("Did Otto Berg say it was safe?"), verdict=verdict)
    first, second = draft.claims
    assert (draft.verdict, first.text, first.numbers) == (verdict, line, ())
    assert second.numbers == (1,)


def test_another_ones_statement_is_a_no_that_names_both() -> None:
    question = replace(ask("Was it Otto Berg who said so?"), speakers=(), supposed=(BERG,))
    draft = write(replace(SAFE, speaker=HOLM), question=question, verdict="no")
    assert draft.claims[0].text == "No, it seems: not Otto Berg but Petra Holm."
    assert draft.claims[1].speaker == "Petra Holm"


DENIAL = replace(QUESTION, text="Why did Otto Berg deny that the weir is safe?", kind="denial")
NONE_FOUND = "No denial of it was found. What comes closest:"


def test_a_denial_that_nothing_found_is_is_said_to_be_missing() -> None:
    assert lines(piece(DIRECT, "“The weir is safe,”"), question=DENIAL)[0] == NONE_FOUND
    assert lines(piece(DIRECT, "“The weir is safe,”"))[0] != NONE_FOUND


@pytest.mark.parametrize("changes", [{"stance": "denies"}, {"polarity": "negated"}])
def test_a_denial_is_told_by_its_cue(changes: dict[str, object]) -> None:
    found = lines(piece(DIRECT, "“The weir is safe,”", **changes), question=DENIAL)  # type: ignore[arg-type]
    assert NONE_FOUND not in found


def test_a_denial_is_told_by_its_words() -> None:
    text = "“The weir was never safe,” Otto Berg said."
    assert NONE_FOUND not in lines(piece(text, "“The weir was never safe,”"), question=DENIAL)


def test_there_is_no_verdict_without_a_statement() -> None:
    draft = write(question=ask("Did Otto Berg say that?"), verdict="yes")
    assert (draft.verdict, draft.claims) == (None, ())


def test_a_question_for_a_time_is_answered_with_the_day_of_the_best_statement() -> None:
    first, second = write(SAFE, question=ask("When did Otto Berg say so?", "time")).claims
    assert "4 March 2031" in first.text
    assert second.numbers == (1,)
    undated = replace(SAFE, article=replace(SAFE.article, published=None))
    assert len(lines(undated, question=ask("When did Otto Berg say so?", "time"))) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WRITTEN, f"“{WRITTEN}”"),
        (f"{WRITTEN} Or “next year”, they say.", f"{WRITTEN} Or “next year”, they say."),
    ],
)
def test_what_an_author_writes_is_quoted_where_it_quotes_nobody(text: str, words: str) -> None:
    claim = state(piece(text, text, kind="written"))
    assert claim is not None
    assert claim.text == f"Otto Berg wrote: {words} (The Halden Post, 4 March 2031) [1]"


def test_words_within_anothers_statement_are_given_when_they_are_cited() -> None:
    inner = piece("He says “I know it” and no more.", "“I know it”", within="a#a0")
    claim = state(inner)
    assert claim is not None
    assert "Otto Berg said: “I know it”" in claim.text
