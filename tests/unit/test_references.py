"""A citation as it is pasted elsewhere, and all evidence as a file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date

from rag import (
    Answer,
    Article,
    AskOptions,
    Attribution,
    Citation,
    Evidence,
    Passage,
    Question,
    Scope,
    Span,
    Speaker,
)
from ui.exports import export_csv, export_json, export_markdown
from ui.references import write_bibtex, write_markdown, write_plain

TEXT = "“The ferry\nis safe,” said Wil Tarrant. “I sail on it.”\n\n=1+1 said nobody."
ARTICLE = Article(
    id="ferry", text=TEXT, title="Ferry & [friends] 100% safe_", outlet="Osk *Post*",
    author="Ada {Brook}", published=date(2031, 5, 9), url="https://post.example/a_b",
)  # fmt: skip
TARRANT = Speaker(id="tarrant", name="Wil Tarrant", kind="person")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


QUOTE = (at("“The ferry\nis safe,”"), at("“I sail on it.”"))
STATEMENT = Attribution(
    id="a", article_id="ferry", source=(at("Wil Tarrant"),), cue=(at("said"),), content=QUOTE,
    kind="direct", stance="confirms", speaker_id="tarrant",
)  # fmt: skip
PASSAGE = Passage(id="p", article_id="ferry", span=Span(0, len(TEXT)))
CITATION = Citation(
    number=1, article=ARTICLE, passage=PASSAGE, span=Span(QUOTE[0].start, QUOTE[1].end),
    highlights=QUOTE, attribution=STATEMENT, speaker=TARRANT,
)  # fmt: skip
PIECE = Evidence(
    number=1, article=ARTICLE, passage=PASSAGE, span=CITATION.span, attribution=STATEMENT,
    speaker=TARRANT, score=1.5,
)  # fmt: skip
BARE = replace(PIECE, number=2, span=at("=1+1 said nobody."), attribution=None, speaker=None)
ANSWER = Answer(
    question=Question(text="Is it safe?", kind="what-said", topic="safe"),
    text="Wil Tarrant said it. [1]",
    citations=(CITATION,),
    evidence=(PIECE, BARE),
    scope=Scope(2, date(2031, 5, 1), date(2031, 5, 9)),
)
OPTIONS = AskOptions(speaker="Wil Tarrant", since=date(2031, 5, 1))


def test_a_plain_citation_is_one_line_with_words_speaker_and_place() -> None:
    assert write_plain(CITATION) == (
        "Wil Tarrant confirmed: “The ferry is safe,” … “I sail on it.” "
        "(Ferry & [friends] 100% safe_, Osk *Post*, 9 May 2031, https://post.example/a_b)"
    )


def test_a_markdown_citation_is_a_quotation_and_nothing_in_it_is_markup() -> None:
    assert write_markdown(CITATION) == (
        "> “The ferry is safe,” … “I sail on it.”\n>\n> — Wil Tarrant confirmed, "
        r"[Ferry & \[friends\] 100% safe\_](https://post.example/a_b), *Osk \*Post\**, 9 May 2031"
    )


def test_a_markdown_citation_links_to_nothing_but_the_web() -> None:
    hostile = replace(CITATION, article=replace(ARTICLE, url="javascript:alert(1)"))
    assert "javascript" not in write_markdown(hostile)


def test_a_bibtex_entry_escapes_what_tex_would_run() -> None:
    assert write_bibtex(CITATION) == (
        "@article{tarrant20310509,\n"
        r"  author = {{Ada \{Brook\}}},"
        "\n"
        r"  title = {{Ferry \& [friends] 100\% safe\_}},"
        "\n"
        "  journal = {Osk *Post*},\n"
        "  year = {2031},\n"
        "  month = {5},\n"
        "  day = {9},\n"
        "  url = {https://post.example/a_b},\n"
        "  note = {Wil Tarrant confirmed: “The ferry is safe,” … “I sail on it.”},\n"
        "}"
    )


def test_an_export_has_each_piece_with_its_place_and_the_hash_of_its_text() -> None:
    made = json.loads(export_json("Is it safe?", ANSWER, OPTIONS))
    assert (made["question"], made["speaker"], made["since"]) == (
        "Is it safe?", "Wil Tarrant", "2031-05-01",
    )  # fmt: skip
    first, second = made["evidence"]
    assert [TEXT[start:end] for start, end in first["spans"]] == [
        "“The ferry\nis safe,”", "“I sail on it.”",
    ]  # fmt: skip
    assert first["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (first["cited"], first["stance"], first["speaker"]) == (1, "confirms", "Wil Tarrant")
    assert (second["cited"], second["stance"], second["speaker"]) == (None, None, None)
    assert TEXT[second["start"] : second["end"]] == "=1+1 said nobody."


def test_a_csv_export_runs_nothing_in_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(export_csv("Is it safe?", ANSWER, OPTIONS))))
    assert [row["words"] for row in rows] == [
        "“The ferry is safe,” … “I sail on it.”", "'=1+1 said nobody.",
    ]  # fmt: skip
    assert json.loads(rows[0]["spans"]) == [list(span) for span in QUOTE]


def test_a_markdown_export_has_the_answer_the_sources_and_what_was_searched() -> None:
    made = export_markdown("Is it\nsafe?", ANSWER, OPTIONS)
    assert made.startswith("# Is it safe?\n\nWil Tarrant said it. [1]\n\nSearched: 2 articles,")
    assert "; only Wil Tarrant; since 1 May 2031." in made
    assert write_markdown(CITATION) in made
    assert "| 2 |  |  |  | ferry | 56–73 |" in made
