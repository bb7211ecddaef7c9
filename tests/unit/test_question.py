"""A question as a whole: kind, speakers, strangers, topic and time agree with one another."""

from __future__ import annotations

from datetime import date

import pytest

from index.language import SpacyParser
from index.records import Speaker
from rag.directory import Directory
from rag.options import AskOptions
from rag.question import parse
from rag.records import Question

ASKED = date(2031, 6, 18)
DIRECTORY = Directory(
    [
        Speaker(id="berg", name="Otto Berg", kind="person", aliases=("Otto Bergh",)),
        Speaker(id="lindqvist", name="Mara Lindqvist", kind="person"),
        Speaker(id="other-lindqvist", name="Nils Lindqvist", kind="person"),
        Speaker(id="march", name="April March", kind="person"),
    ],
    {"berg": 4, "lindqvist": 5, "other-lindqvist": 3, "march": 1},
)


def read(text: str, parser: SpacyParser, options: AskOptions | None = None) -> Question:
    return parse(text, parser.parse(text), DIRECTORY, options or AskOptions(), ASKED)


def ids(question: Question) -> list[str]:
    return [speaker.id for speaker in question.speakers]


def test_a_whole_question_is_understood(parser: SpacyParser) -> None:
    text = "What did Otto Berg say about the weir in March 2031?"
    found = read(text, parser)
    assert found.text == text
    assert found.kind == "what-said"
    assert ids(found) == ["berg"]
    assert found.strangers == ()
    assert (found.since, found.until) == (date(2031, 3, 1), date(2031, 3, 31))
    assert not found.firm
    assert found.topic.startswith("about the weir")
    assert "Berg" not in found.topic
    assert "2031" not in found.topic


def test_a_surname_may_mean_any_of_its_bearers_the_most_quoted_first(parser: SpacyParser) -> None:
    assert ids(read("What did Lindqvist say?", parser)) == ["lindqvist", "other-lindqvist"]


def test_an_alias_leads_to_its_speaker(parser: SpacyParser) -> None:
    assert ids(read("What did Otto Bergh say?", parser)) == ["berg"]


def test_whoever_is_only_spoken_of_stays_in_the_topic(parser: SpacyParser) -> None:
    found = read("What did Lindqvist say about Otto Berg?", parser)
    assert "berg" not in ids(found)
    assert found.topic == "about Otto Berg"


def test_a_stranger_is_kept_by_name_and_makes_no_speaker(parser: SpacyParser) -> None:
    found = read("What did Olga Brandt say about Otto Berg?", parser)
    assert (found.strangers, found.speakers) == (("Olga Brandt",), ())
    assert found.kind == "what-said"


def test_a_stranger_who_is_only_spoken_of_is_no_reason_to_refuse(parser: SpacyParser) -> None:
    assert read("What did Otto Berg say about Olga Brandt?", parser).strangers == ()


def test_nobody_is_asked_about_where_nobody_is_named(parser: SpacyParser) -> None:
    found = read("Who said that the weir was safe?", parser)
    assert (found.kind, found.speakers, found.strangers) == ("who-said", (), ())
    assert found.topic == "that the weir was safe"


def test_a_telling_of_anothers_telling_is_nested(parser: SpacyParser) -> None:
    found = read("What does Nils Lindqvist say that Otto Berg told him?", parser)
    assert found.kind == "nested"
    assert set(ids(found)) == {"other-lindqvist", "berg"}


def test_nothing_is_left_of_a_question_for_anything_said(parser: SpacyParser) -> None:
    assert read("What did Otto Berg say?", parser).topic == ""


@pytest.mark.parametrize(
    ("options", "since", "until"),
    [
        (AskOptions(since=date(2031, 1, 2)), date(2031, 1, 2), None),
        (AskOptions(until=date(2031, 1, 2)), None, date(2031, 1, 2)),
        (
            AskOptions(since=date(2031, 1, 2), until=date(2031, 1, 3)),
            date(2031, 1, 2),
            date(2031, 1, 3),
        ),
    ],
)
def test_dates_that_the_caller_sets_are_firm_and_replace_those_of_the_words(
    options: AskOptions, since: date | None, until: date | None, parser: SpacyParser
) -> None:
    found = read("What did Otto Berg say in March 2031?", parser, options)
    assert (found.since, found.until, found.firm) == (since, until, True)
    assert "2031" not in found.topic


def test_last_week_counts_from_the_day_asked(parser: SpacyParser) -> None:
    found = read("What did Otto Berg say last week?", parser)
    assert (found.since, found.until, found.firm) == (date(2031, 6, 11), ASKED, False)


def test_a_name_within_the_words_for_a_time_is_no_speaker(parser: SpacyParser) -> None:
    """April March is a speaker here; "in March 2031" is a month all the same."""
    found = read("What did Otto Berg say in March 2031?", parser)
    assert ids(found) == ["berg"]
    assert ids(read("What did April March say?", parser)) == ["march"]


def test_the_speaker_that_the_caller_sets_replaces_those_of_the_words(parser: SpacyParser) -> None:
    found = read("What did Lindqvist say about Otto Berg?", parser, AskOptions(speaker="Berg"))
    assert ids(found) == ["berg"]
    assert found.strangers == ()
    assert "Lindqvist" in found.topic
    # With a speaker set, "who" asks for what that one said.
    assert read("Who sold the weir?", parser, AskOptions(speaker="Berg")).kind == "what-said"


def test_a_speaker_that_the_caller_sets_and_nobody_is_called_is_a_stranger(
    parser: SpacyParser,
) -> None:
    found = read("What did Otto Berg say?", parser, AskOptions(speaker="Olga Brandt"))
    assert (found.speakers, found.strangers) == ((), ("Olga Brandt",))


@pytest.mark.parametrize("text", ["?", "weir", "Otto", "“", "\u200b", "Berg " * 50])
def test_anything_can_be_asked(text: str, parser: SpacyParser) -> None:
    found = read(text, parser)
    assert found.text == text
    assert len(set(ids(found))) == len(ids(found))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Which eel board pollster said the weir was safe?", "eel board pollster"),
        ("Which Republican senators said so?", "Republican senators"),
        ("Who said the weir was safe?", ""),
        ("Which weir did Otto Berg call safe?", ""),  # his words are wanted, no weir's
    ],
)
def test_what_it_says_of_whom_it_wants_named_is_a_role(
    parser: SpacyParser, text: str, role: str
) -> None:
    assert read(text, parser).role == role
