"""Who said what, found by rules over the parse; each case is one construction of English."""

from __future__ import annotations

import pytest

from index.attributions import find
from index.language import SpacyParser
from index.records import Article, Attribution, Span

PARSER = SpacyParser()


def _find(text: str) -> list[Attribution]:
    return find(Article(id="a1", text=text), PARSER.parse(text), "rules")


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(text[span.start : span.end] for span in spans)


def _read(text: str) -> list[tuple[str, str, str]]:
    return [
        (_words(text, a.source), _words(text, a.cue), _words(text, a.content)) for a in _find(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "“The bridge is safe,” said Mayor Ana Orr, a former engineer.",
            "Mayor Ana Orr, a former engineer",
            "said",
            "“The bridge is safe,”",
        ),
        (
            "“The bridge,” Orr told reporters, “is safe.”",
            "Orr",
            "told",
            "“The bridge,” … “is safe.”",
        ),
        (
            "“The bridge is safe,” Orr said. “We checked every bolt.”",
            "Orr",
            "said",
            "“The bridge is safe,” … “We checked every bolt.”",
        ),
        (
            "Orr said in a statement: “The bridge is safe.”",
            "Orr",
            "said in a statement",
            "“The bridge is safe.”",
        ),
        (
            "'The bridge is safe,' said Ms Orr. 'We checked it.'",
            "Ms Orr",
            "said",
            "'The bridge is safe,' … 'We checked it.'",
        ),
        ("« The bridge is safe », said Orr.", "Orr", "said", "« The bridge is safe »"),
    ],
)
def test_direct_speech(text: str, source: str, cue: str, content: str) -> None:
    assert _read(text) == [(source, cue, content)]
    assert _find(text)[0].kind == "direct"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The bridge, Orr said, would open.", "Orr", "said", "The bridge … would open"),
        (
            "The bridge would open in June, Orr said.",
            "Orr",
            "said",
            "The bridge would open in June",
        ),
        ("According to the police, it rained.", "the police", "According to", "it rained"),
        (
            "Orr was adamant that the bridge was safe.",
            "Orr",
            "was adamant",
            "that the bridge was safe",
        ),
        (
            "The council ordered an inquiry into the collapse.",
            "The council",
            "ordered",
            "an inquiry into the collapse",
        ),
        ("Lund promised to resign in May.", "Lund", "promised", "to resign in May"),
        (
            "Lund asked whether the bridge was safe.",
            "Lund",
            "asked",
            "whether the bridge was safe",
        ),
        ("Orr denied the allegations.", "Orr", "denied", "the allegations"),
        ("Lund denied taking bribes.", "Lund", "denied", "taking bribes"),
        (
            "Lund, who said the bridge was rotten, has moved away.",
            "Lund, who",
            "said",
            "the bridge was rotten",
        ),
        (
            "Allegations that Orr had taken bribes were published in May.",
            "",
            "Allegations",
            "that Orr had taken bribes",
        ),
        (
            "Critics accused Orr of hiding the report.",
            "Critics",
            "accused",
            "Orr of hiding the report",
        ),
        ("Orr called for a new bridge.", "Orr", "called for", "a new bridge"),
        (
            "A fire service report said the bridge was rotten.",
            "A fire service report",
            "said",
            "the bridge was rotten",
        ),
        (
            "Orr laughed and said the bridge was safe.",
            "Orr",
            "said",
            "the bridge was safe",
        ),
        (
            "Lund did not respond to a request for comment.",
            "Lund",
            "did not respond",
            "to a request for comment",
        ),
        (
            "Lund could not be reached for comment.",
            "Lund",
            "could not be reached",
            "for comment",
        ),
        ("Orr says bridge is safe", "Orr", "says", "bridge is safe"),
        ("ORR SAYS BRIDGE IS SAFE", "ORR", "SAYS", "BRIDGE IS SAFE"),
    ],
)
def test_indirect_speech(text: str, source: str, cue: str, content: str) -> None:
    assert _read(text) == [(source, cue, content)]
    assert _find(text)[0].kind == "indirect"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("In Orr's view, the bridge was unsafe.", "Orr", "In … view", "the bridge was unsafe"),
        (
            "Orr was, in the words of a senior adviser, “the torchbearer” of the town.",
            "a senior adviser",
            "in the words of",
            "Orr was … “the torchbearer” of the town",
        ),
        ("By Lund's own account, he had seen it.", "Lund", "By … account", "he had seen it"),
        (
            "A warning from the fire service that the bridge was rotten went unread.",
            "the fire service",
            "warning",
            "that the bridge was rotten",
        ),
        (
            "Orr left instructions that nobody was to cross.",
            "Orr",
            "instructions",
            "that nobody was to cross",
        ),
        ("Orr has yet to comment on the report.", "Orr", "to comment", "on the report"),
        (
            "Neither Orr nor Lund responded to requests for comment.",
            "Neither Orr nor Lund",
            "responded",
            "to requests for comment",
        ),
    ],
)
def test_nouns_phrases_and_silence(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in _read(text)


def test_my_view_is_the_speakers_own() -> None:
    assert _read("In my view, the bridge was unsafe.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "“Stop,” he blabbed. “Go,” stormed Gavin Stretch.",
            [("he", "blabbed", "“Stop,”"), ("Gavin Stretch", "stormed", "“Go,”")],
        ),
        ("“A Tale of Orr,” the film, opened on Friday.", []),
        (
            "“It is safe,” Orr said. “It is not,” said Lund.",
            [("Orr", "said", "“It is safe,”"), ("Lund", "said", "“It is not,”")],
        ),
    ],
)
def test_any_verb_next_to_speech_may_introduce_it(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    assert _read(text) == found


def test_a_second_cue_after_and_is_no_part_of_the_first_ones_content() -> None:
    text = "Lund announced that he was ill and vowed to come back."
    assert _read(text) == [
        ("Lund", "announced", "that he was ill"),
        ("Lund", "vowed", "to come back"),
    ]


def test_mixed_speech_keeps_the_clause_round_the_quotation() -> None:
    text = "Residents said that the noise was “a daily torment” in summer."
    assert _read(text) == [("Residents", "said", "that the noise was “a daily torment” in summer")]
    assert _find(text)[0].kind == "mixed"


def test_a_relative_pronoun_may_be_what_is_denied() -> None:
    text = "Lund claimed the bridge was rotten, which Orr denies."
    assert _read(text) == [
        ("Lund", "claimed", "the bridge was rotten"),
        ("Orr", "denies", "which"),
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "“The bridge is safe,” Orr said.\n\n“We checked every bolt.”\n\nIt rained.",
            "“The bridge is safe,” … “We checked every bolt.”",
        ),
        (
            "“It is safe,” Orr said. “We checked every bolt.\n\n“And we did so twice.”",
            "“It is safe,” … “We checked every bolt. … “And we did so twice.”",
        ),
        (
            "“The bridge is safe. It is sound.\n\n“And we checked it twice,” Orr said.",
            "“The bridge is safe. It is sound. … “And we checked it twice,”",
        ),
    ],
)
def test_speech_runs_on_over_a_paragraphs_end(text: str, content: str) -> None:
    assert _read(text) == [("Orr", "said", content)]


def test_the_next_paragraph_keeps_its_own_speaker() -> None:
    text = "“The bridge is safe,” Orr said.\n\n“It is rotten,” Lund said."
    assert _read(text) == [
        ("Orr", "said", "“The bridge is safe,”"),
        ("Lund", "said", "“It is rotten,”"),
    ]


def test_a_comma_binds_speech_to_the_cue_after_it() -> None:
    text = "Orr turned to the crowd, telling it, “Go home,” Lund said."
    assert ("Lund", "said", "“Go home,”") in _read(text)


def test_a_transcript_names_each_speaker_before_a_colon() -> None:
    text = "MAYOR ORR: The bridge is safe.\n\nLUND: It is rotten."
    assert _read(text) == [
        ("MAYOR ORR", ":", "The bridge is safe."),
        ("LUND", ":", "It is rotten."),
    ]


def test_a_single_heading_with_a_colon_is_no_transcript() -> None:
    assert _read("ELMBROOK: The bridge was closed on Monday.") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "”",
        "“",
        "The bridge was closed on Monday.",
        "Die Brücke ist sicher, sagte Orr am Freitag. „Wir haben alles geprüft.“",
        "Le pont est sûr, a déclaré Orr. « Nous avons tout vérifié. »",
        "Orr built a “green” bridge.",
    ],
)
def test_nothing_is_found_where_nobody_speaks_english(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    "text", ["“The bridge is safe, Orr said. Lund left.", "The bridge is safe,” Orr said."]
)
def test_a_missing_mark_costs_nothing_but_the_mark(text: str) -> None:
    assert _read(text) == [("Orr", "said", "The bridge is safe")]


def test_a_very_long_paragraph_is_read_to_its_end() -> None:
    text = "The bridge was closed and nobody crossed it. " * 625 + "Lund denied the allegations."
    assert _read(text) == [("Lund", "denied", "the allegations")]


def test_ids_count_in_reading_order_and_are_the_same_every_time() -> None:
    text = "Orr denied the allegations. Lund promised to resign. “It is over,” Orr said."
    first, second = _find(text), _find(text)
    assert first == second
    assert [a.id for a in first] == ["a1#a0", "a1#a1", "a1#a2"]
    assert [_words(text, a.cue) for a in first] == ["denied", "promised", "said"]
    assert {(a.article_id, a.speaker_id) for a in first} == {("a1", None)}


def test_offsets_count_in_the_text_as_given() -> None:
    text = "\n\n  É́ 😀 x.\n\n“It is safe,” Orr said.  \n"
    assert _read(text) == [("Orr", "said", "“It is safe,”")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("ORRVILLE — A report on the pier says that it is rusty.", "A report on the pier"),
        (
            "A clerk called Lund has spent the week asking how it could happen.",
            "A clerk called Lund",
        ),
        ("“We looked,” said Detective Sgt. Ana Orr.", "Detective Sgt. Ana Orr"),
    ],
)
def test_no_place_no_time_and_no_bare_title_is_a_source(text: str, source: str) -> None:
    assert source in [found for found, _, _ in _read(text)]


def test_a_desk_label_is_nobody_in_a_transcript() -> None:
    text = "FLASH: ORR SAYS THE BRIDGE IS SAFE\n\nPHOTO: THE BRIDGE ON FRIDAY\n\nThe bridge is old."
    assert not {"FLASH", "PHOTO"} & {source for source, _, _ in _read(text)}
