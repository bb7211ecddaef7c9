"""What the shipped tagger finds, and doesn't, in every form that news is printed in.

Each article is our own invention. Whoever must be found is given with words of his; nobody else may
be named as a speaker than those allowed.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.attributions import find
from index.language import SpacyParser
from index.records import Article, Attribution
from index.speakers import resolve

PARSER = SpacyParser()


def _read(
    text: str, author: str = "", title: str = ""
) -> tuple[Article, list[Attribution], dict[str, str]]:
    """Return the article, its attributions, and their speakers' names by attribution."""
    article = Article(id="r1", text=text, author=author, title=title)
    parse = PARSER.parse(text)
    found = find(article, parse, "tagger")
    return article, found, {m.attribution_id: m.name for m in resolve(article, parse, found)}


def _said(text: str, author: str = "") -> list[tuple[str, str]]:
    """Return each attribution's speaker ("" for none) and content, in reading order."""
    article, found, names = _read(text, author)
    return [(names.get(a.id, ""), " ".join(map(article.quote, a.content))) for a in found]


def _check(text: str, *wanted: tuple[str, str], author: str = "") -> list[tuple[str, str]]:
    said = _said(text, author)
    for speaker, words in wanted:
        mine = [content for name, content in said if speaker.casefold() in name.casefold()]
        assert any(words in content for content in mine), (speaker, words, said)
    return said


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        pytest.param(
            "‘The harbour will reopen in May,’ said the port’s director, Ines Calder. ‘The boats’"
            " owners have been told.’",
            "Ines Calder",
            "‘The boats’ owners have been told.’",
            id="single marks, British",
        ),
        pytest.param(
            "'The colour of the water isn't normal,' said councillor Ned Ashby. 'It's grey.'",
            "Ned Ashby",
            "'It's grey.'",
            id="straight single marks",
        ),
        pytest.param(
            "« The theatre will not be privatised », said Odile Marchand, the mayor of Verrin.",
            "Odile Marchand",
            "« The theatre will not be privatised »",
            id="guillemets",
        ),
        pytest.param(
            "\"We haven't organised anything yet,\" said Pia Holm, the festival's programmer.",
            "Pia Holm",
            '"We haven\'t organised anything yet,"',
            id="straight double marks",
        ),
        pytest.param(
            "Mayor Ines Calder – who opened the bridge – said the labour dispute was over.",
            "Ines Calder",
            "the labour dispute was over",
            id="dashes, Canadian spelling",
        ),
        pytest.param(
            "“We were told nothing” — Ines Calder said — “until the cheque had cleared.”",
            "Ines Calder",
            "“until the cheque had cleared.”",
            id="dashes round the cue",
        ),
        pytest.param(
            "The premier, Odile Marchand, criticised the railway's behaviour.",
            "Odile Marchand",
            "the railway's behaviour",
            id="criticised, behaviour",
        ),
        pytest.param(
            "“The bridge is sound, said engineer Ned Ashby. He left at noon.",
            "Ned Ashby",
            "The bridge is sound",
            id="no closing mark",
        ),
        pytest.param(
            "The bridge is sound,” engineer Ned Ashby said.",
            "Ned Ashby",
            "The bridge is sound",
            id="no opening mark",
        ),
        pytest.param(
            '“The bridge is sound," said engineer Ned Ashby.',
            "Ned Ashby",
            "The bridge is sound",
            id="curly and straight marks mixed",
        ),
        pytest.param(
            "MAYOR INES CALDER SAID ON MONDAY THAT THE BRIDGE WAS SAFE.",
            "INES CALDER",
            "THAT THE BRIDGE WAS SAFE",
            id="capitals",
        ),
        pytest.param(
            "mayor Ines Calder said the bridge was safe\nshe also said the road was closed",
            "Ines Calder",
            "the bridge was safe",
            id="neither capitals nor stops",
        ),
    ],
)
def test_spelling_and_punctuation(text: str, speaker: str, words: str) -> None:
    _check(text, (speaker, words))


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    _check(
        "“I drove over it this morning,” said Ines Calder. “I felt nothing.\n\n"
        "“If I had any doubt, I would close it.”\n\nSnow fell on Verrin.",
        ("Ines Calder", "“If I had any doubt, I would close it.”"),
    )


def test_headline_byline_dateline_and_caption() -> None:
    said = _check(
        "BRIDGE IS SAFE, MAYOR SAYS\n\nBy Oona Feld and Tom Rusk\n\nPORT ANSEL, Ont. — The bridge"
        " is safe, Mayor Ines Calder said on Monday.\n\nPhoto: Workers on the bridge on Sunday."
        " (Lou Brandt/The Courier)\n\nOona Feld is a reporter in Port Ansel. With files from Bea"
        " Lund.",
        ("Ines Calder", "The bridge is safe"),
        author="Oona Feld",
    )  # fmt: skip
    assert not {"Oona Feld", "Tom Rusk", "Lou Brandt", "Bea Lund", "PORT ANSEL", "Ont"} & {
        name for name, _ in said
    }


@pytest.mark.parametrize(
    "text",
    [
        "By Oona Feld",
        "Oona Feld, Staff Reporter\n\nPublished 4 March 2031, 10.12 a.m.\n\nUpdated 11.40 a.m.",
        "Photo: The bridge at dusk. (Lou Brandt/The Courier)",
        "Main picture: Ines Calder on the bridge (Fay Orchard)",
        "Lou Brandt / Courier file photo",
        "Related: Ten bridges to see before spring",
        "© 2031 The Port Ansel Courier. All rights reserved.",
        "Sign up for our newsletter.",
        "Follow Oona Feld on the Courier's site.",
        "PORT ANSEL (Ansel Wire) —",
    ],
)
def test_what_a_desk_prints_round_an_article_says_nothing(text: str) -> None:
    around = f"{text}\n\nThe bridge was closed on Monday. It is ninety years old.\n\n{text}"
    assert _said(around) == []


def test_a_live_blog() -> None:
    said = _check(
        "Tunnel fire: live\n\n17:42 Summary\n\n- The tunnel is closed in both directions.\n- Eleven"
        " people were treated for smoke, the ambulance service says.\n\n17:31\n\nPassenger Tilde"
        " Moss, 24, has been speaking to our reporter.\n\n\"I couldn't see my own feet,\" she"
        " said.\n\n16:58 Operator: cause unknown\n\nIt is too early to speculate, Tarnway"
        " spokeswoman Kim Delacourt says.\n\n16:25 BREAKING: Bus on fire\n\nMore follows.",
        ("ambulance service", "Eleven people were treated for smoke"),
        ("Tilde Moss", "\"I couldn't see my own feet,\""),
        ("Kim Delacourt", "It is too early to speculate"),
    )  # fmt: skip
    assert not {"BREAKING", "Summary"} & {name for name, _ in said}


def test_a_list_of_bullets() -> None:
    _check(
        "What we know:\n\n• Police say two boats collided.\n• The ferry company denies that its"
        " crew was drunk.\n• Mayor Ines Calder has called for an inquiry.",
        ("Police", "two boats collided"),
        ("Ines Calder", "an inquiry"),
    )


def test_an_interview() -> None:
    said = _check(
        "Lena Brandt has run the port for nine years. She spoke to Oona Feld.\n\nQ: Is the bridge"
        " safe?\n\nA: I would not sign that for 2040. The engineer told me it was rusty.\n\nQ: Will"
        " you stand again?\n\nA: No.",
        ("Lena Brandt", "I would not sign that for 2040."),
        ("Lena Brandt", "No."),
        author="Oona Feld",
    )  # fmt: skip
    assert not any("Will you stand again?" in content for _, content in said)
    assert "it was rusty" in [words for _, words in said]


def test_a_transcript() -> None:
    article, found, names = _read(
        "The inquiry heard from the harbour master, Ned Ashby, on Friday.\n\nMS CALDER: Mr Ashby,"
        " who told you that the gate was open?\n\nMR ASHBY: My deputy. He said it had jammed.\n\n"
        "MS CALDER: I see."
    )
    turns = [(names.get(a.id, ""), a.stance) for a in found if a.within is None]
    assert ("Ned Ashby", "says") in turns
    assert [stance for _, stance in turns if stance == "asks"] == ["asks"]
    assert "it had jammed" in {article.quote(a.content[0]) for a in found if a.within}


def test_no_paragraphs_at_all() -> None:
    _check(
        "The bridge was closed on Monday. Mayor Ines Calder said it was rusty. “I saw it myself,”"
        " she said. Engineer Ned Ashby denied that he had been warned. “Nobody wrote to me,” he"
        " said. The bridge is ninety years old. Critics want it pulled down.",
        ("Ines Calder", "it was rusty"),
        ("Ines Calder", "“I saw it myself,”"),
        ("Ned Ashby", "that he had been warned"),
        ("Ned Ashby", "“Nobody wrote to me,”"),
    )


def test_line_breaks_within_paragraphs_and_windows_line_ends() -> None:
    _check(
        "The bridge is safe, Mayor Ines\r\nCalder said on Monday.\r\n\r\n“I drove over it,”\r\n"
        "she said.",
        ("Ines Calder", "“I drove over it,”"),
    )  # fmt: skip


def test_a_quotation_within_a_quotation_has_its_own_speaker() -> None:
    article, found, _ = _read(
        "“The foreman said to me, ‘Nobody will ever look down there,’ and nobody did,” Ned Ashby"
        " told the inquiry."
    )
    inner = next(a for a in found if a.within is not None)
    outer = next(a for a in found if a.id == inner.within)
    assert article.quote(inner.source[0]) == "The foreman"
    assert article.quote(inner.content[0]) == "‘Nobody will ever look down there,’"
    assert article.quote(outer.source[0]) == "Ned Ashby"
    assert (inner.kind, outer.kind) == ("direct", "direct")


@pytest.mark.parametrize(
    "text",
    [
        "Le pont est sûr, a déclaré la mairesse Inès Calder. « Tout est vérifié », a-t-elle dit.",
        "Die Brücke ist sicher, sagte Bürgermeisterin Ines Calder. „Wir haben alles geprüft.“",
        "El puente es seguro, dijo el lunes la alcaldesa Inés Calder. «Lo hemos comprobado todo».",
        "De burgemeester zei dat de brug veilig is. “We hebben alles laten bekijken”, zei hij.",
        "O prefeito disse na segunda-feira que as pontes são seguras e que as obras não vão parar.",
        "橋は安全だと市長は月曜日に述べた。「すべて調べました」と市長は記者団に語った。",
        "Мост безопасен, заявила мэр Инес Калдер. «Мы всё проверили».",
    ],
)
def test_nothing_is_found_in_another_language(text: str) -> None:
    assert _said(text) == []
    assert _said("\n\n".join([text] * 5)) == []


@pytest.mark.parametrize(
    "text",
    [
        "“Nous avons tout vérifié,” the mayor, Inès Calder, said in French.",
        "An attorney for Inès Calder did not immediately respond to requests for comment.",
        "MAYOR INES CALDER CALLS FOR CALM AFTER THE BRIDGE IS CLOSED TO ALL.",
    ],
)
def test_english_with_few_of_its_commonest_words_is_read(text: str) -> None:
    assert _said(text) != []


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "“", "”", "…", "—", "1,769", "\u200b", "A:", "Q:"]
)
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert _said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “green” bridge was painted grey.",
        "“A Winter's Tide” is on at the Playhouse until Friday.",
        "The bridge (known as “the Needle”) is ninety years old.",
        "The ‘Harbour Lights’ café closed in 2019.",
        "The 5' 10'' wall fell in the '90s.",
    ],
)
def test_marks_round_a_name_or_a_word_are_no_speech(text: str) -> None:
    assert not any(a.kind == "direct" for a in _read(text)[1])


def test_a_document_of_50000_words_is_read_to_its_end() -> None:
    weather = "Snow fell on Port Ansel and the wind came from the north over the grey water. " * 6
    said = "Captain Ned Ashby said that the ferry would sail on Monday."
    text = "\n\n".join([weather.strip()] * 560 + [said])
    assert len(text.split()) >= 50_000
    article, found, names = _read(text)
    assert [(names[a.id], a.content[-1].end) for a in found] == [("Ned Ashby", len(text) - 1)]
    assert article.quote(found[0].content[0]) == "that the ferry would sail on Monday"


def test_a_paragraph_of_10000_words_is_read_to_its_end() -> None:
    text = "Snow fell on Port Ansel and nobody crossed the bridge. " * 1000
    _check(text + "Captain Ned Ashby denied the allegations.", ("Ned Ashby", "the allegations"))


def test_every_offset_is_a_slice_of_the_text_as_given() -> None:
    text = (
        "\n\n  É́ 😀 x.\n\n“It is safe,” Ned Ashby said.\u00a0\u00a0\n\n\u200b‘So he says,’ said"
        " Ines Calder.\n"
    )
    article, found, _ = _read(text)
    spans: Sequence[str] = [article.quote(a.content[0]) for a in found]
    assert "“It is safe,”" in spans
    assert all(0 <= s.start < s.end <= len(text) for a in found for s in (*a.cue, *a.content))
