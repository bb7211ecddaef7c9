"""The example articles and their gold are sound, so that figures taken on them mean something."""

from __future__ import annotations

import collections
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from index import documents
from index.records import Article, AttributionKind, Polarity, Stance

FOLDER = Path(__file__).parents[1] / "examples"
OPENING = '“‘«"'
WORD = re.compile(r"\w+")

Row = Mapping[str, Any]


def read_rows(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def read_articles() -> dict[str, Article]:
    items = list(documents.read(FOLDER / "articles.jsonl"))
    assert [item for item in items if not isinstance(item, Article)] == []
    return {item.id: item for item in items if isinstance(item, Article)}


ATTRIBUTIONS = read_rows("attributions.jsonl")
QUESTIONS = read_rows("questions.jsonl")
DOCS = sorted({row["doc"] for row in ATTRIBUTIONS})
TYPES = sorted({row["type"] for row in QUESTIONS})


def name_attribution(row: Row) -> str:
    return f"{row['doc']}-{row['id']}"


def words_at(row: Row, field: str) -> str:
    text = read_articles()[row["doc"]].text
    return " ".join(text[start:end] for start, end in row[field])


def test_the_articles_are_many_dated_and_from_four_outlets_over_two_years() -> None:
    articles = read_articles()
    assert len(articles) >= 42
    assert len(articles) == len(read_rows("articles.jsonl")), "an id occurs twice"
    assert {a.published.year for a in articles.values() if a.published} == {2024, 2025}
    assert set(collections.Counter(a.outlet for a in articles.values())) == {
        "The Port Ellery Courier",
        "The Dunmarrow Gazette",
        "Verrin Wire",
        "The Northern Ledger",
    }


@pytest.mark.parametrize("article", read_articles().values(), ids=lambda a: a.id)
def test_an_article_is_labelled_as_fiction_and_of_the_length_of_a_news_story(
    article: Article,
) -> None:
    assert str(article.extra["note"]).startswith("Fictional")
    assert article.author.endswith("(fictional)")
    assert article.url.startswith("https://example.org/")
    assert article.title
    assert article.published is not None
    assert article.published.isoformat() in article.id
    assert 120 <= len(article.text.split()) <= 450
    assert article.text == article.text.strip()
    assert "\n\n" in article.text


@pytest.mark.parametrize(
    "form",
    [
        "according to", "declined to comment", "denied", "asked not to be named", "Q: ", "\nA: ",
        "MR CRAKE: ", "‘Don’t drink it", "« The law names two »", "\N{NO-BREAK SPACE}", "<script>",
        "FLASH: ", "Photo: ", "VERRIN (Verrin Wire) - ", "\n\n16.45\n", "sea.\n\n“So",
        "said, “Dad,", "Ana Reyes", "Anna Reyes", "王雪", "Λευτέρης", "Calloway campaign",
        "promised", "warned",
    ],
)  # fmt: skip
def test_every_form_that_the_readme_promises_is_met(form: str) -> None:
    assert any(form in article.text for article in read_articles().values())


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        ("ledger-2024-01-30-no-tolls-copy", "courier-2024-01-29-no-tolls"),
        ("gazette-2024-05-23-wieczorek-copy", "wire-2024-05-22-wieczorek"),
        ("ledger-2025-03-19-norvane-copy", "wire-2025-03-18-norvane-guilty"),
    ],
)
def test_a_syndicated_copy_is_nearly_its_original_a_day_later_elsewhere(
    copy: str, original: str
) -> None:
    one, two = read_articles()[original], read_articles()[copy]
    assert one.published is not None
    assert two.published is not None
    assert (two.published - one.published).days == 1
    assert one.outlet != two.outlet
    assert one.title != two.title
    assert one.text != two.text
    ours, theirs = set(WORD.findall(one.text)), set(WORD.findall(two.text))
    assert len(ours & theirs) / len(ours | theirs) > 0.75


def test_attributions_are_many_and_of_every_kind() -> None:
    assert len({row["doc"] for row in ATTRIBUTIONS}) >= 16
    assert len(ATTRIBUTIONS) >= 160
    assert len({name_attribution(row) for row in ATTRIBUTIONS}) == len(ATTRIBUTIONS)
    kinds = {row["kind"] for row in ATTRIBUTIONS}
    assert kinds == set(get_args(AttributionKind)) - {"written"}  # which has no source and no cue
    assert {row["stance"] for row in ATTRIBUTIONS} >= set(get_args(Stance))
    assert {row["polarity"] for row in ATTRIBUTIONS} == set(get_args(Polarity))
    assert sum(row["within"] is not None for row in ATTRIBUTIONS) >= 30
    assert sum(len(row["content"]) > 1 for row in ATTRIBUTIONS) >= 30


@pytest.mark.parametrize("doc", DOCS)
def test_attributions_are_made_of_whole_words_of_their_article(doc: str) -> None:
    text = read_articles()[doc].text
    for row in (row for row in ATTRIBUTIONS if row["doc"] == doc):
        assert row["content"], row
        assert row["speaker"] or not row["source"], row
        for spans in (row["source"], row["cue"], row["content"]):
            assert spans == sorted(spans), row
            for start, end in spans:
                assert 0 <= start < end <= len(text), row
                assert text[start:end] == text[start:end].strip(), row
                assert start == 0 or not text[start - 1 : start + 1].isalnum(), row
                assert end == len(text) or not text[end - 1 : end + 1].isalnum(), row


@pytest.mark.parametrize("doc", DOCS)
def test_the_kind_of_an_attribution_agrees_with_its_quotation_marks(doc: str) -> None:
    for row in (row for row in ATTRIBUTIONS if row["doc"] == doc):
        content = words_at(row, "content")
        if row["kind"] == "direct":
            assert content[0] in OPENING, row
        else:
            marks = re.search(r"[“«\"]|(?<!\w)‘", content)
            assert row["kind"] == ("mixed" if marks else "indirect"), row


@pytest.mark.parametrize("doc", DOCS)
def test_a_nested_attribution_stands_inside_the_content_of_its_outer_one(doc: str) -> None:
    rows = {row["id"]: row for row in ATTRIBUTIONS if row["doc"] == doc}
    for row in rows.values():
        outer = rows[row["within"]]["content"] if row["within"] else []
        for start, end in row["source"] + row["cue"] + row["content"] if outer else []:
            assert any(s <= start and end <= e for s, e in outer), row


@pytest.mark.parametrize(
    ("doc", "source", "cue", "content", "speaker"),
    [
        (
            "courier-2024-01-16-bridge-safe", "the agency", "warned",
            "Closing a single lane would add 25 minutes to the morning rush",
            "national roads agency",
        ),
        (
            "gazette-2024-08-13-rovers", "Lindgren", "said",
            "‘She hits it,’ ‘like it owes her money.’", "Emeka Lindgren",
        ),
        (
            "courier-2024-04-09-audit", "the mayor", "had told",
            "her to “leave it until after the regatta.”", "Lena Ostrow",
        ),
    ],
)  # fmt: skip
def test_a_slice_is_what_was_meant(
    doc: str, source: str, cue: str, content: str, speaker: str
) -> None:
    found = [
        (words_at(row, "source"), words_at(row, "cue"), words_at(row, "content"), row["speaker"])
        for row in ATTRIBUTIONS
        if row["doc"] == doc
    ]
    assert (source, cue, content, speaker) in found


def test_questions_are_many_and_of_every_type_and_reason() -> None:
    assert len(QUESTIONS) >= 70
    assert len({row["id"] for row in QUESTIONS}) == len(QUESTIONS)
    assert len({(row["question"], str(row.get("history"))) for row in QUESTIONS}) >= 70
    types = collections.Counter(row["type"] for row in QUESTIONS)
    assert set(types) == {
        "what-said", "who-said", "verify", "denial", "list", "time", "nested", "follow-up",
        "unanswerable",
    }  # fmt: skip
    assert min(types.values()) >= 5
    reasons = collections.Counter(row["reason"] for row in QUESTIONS if not row["answerable"])
    assert set(reasons) == {
        "no-such-speaker", "nothing-on-topic", "nobody-said-it", "outside-dates",
    }  # fmt: skip
    assert min(reasons.values()) >= 4
    assert {row["verdict"] for row in QUESTIONS if row["type"] == "verify"} == {"yes", "no"}


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_is_complete_for_its_type(kind: str) -> None:
    for row in (row for row in QUESTIONS if row["type"] == kind):
        assert row["answerable"] == (kind != "unanswerable"), row
        assert row["answerable"] == bool(row["evidence"]) == bool(row["speakers"]), row
        assert row["answerable"] == ("reason" not in row), row
        assert (row["verdict"] is not None) == (kind == "verify"), row
        assert ("history" in row) == (kind == "follow-up"), row
        assert all(names and all(names) for names in row["speakers"]), row
        days = [row[field] for field in ("date", "since", "until") if row[field] is not None]
        assert days == [date.fromisoformat(day).isoformat() for day in days], row
        if row.get("reason") == "outside-dates":
            assert row["since"] < row["until"], row


@pytest.mark.parametrize("kind", TYPES)
def test_every_gold_quote_stands_verbatim_and_once_in_an_article_of_the_dates_asked(
    kind: str,
) -> None:
    articles = read_articles()
    for row in (row for row in QUESTIONS if row["type"] == kind):
        first, last = row["since"] or "2024-01-01", row["until"] or "2025-12-31"
        for group in row["evidence"]:
            found = [articles[piece["article"]] for piece in group]
            for piece, article in zip(group, found, strict=True):
                assert article.text.count(piece["quote"]) == 1, row
            assert any(first <= str(article.published) <= last for article in found), row


@pytest.mark.parametrize("kind", TYPES)
def test_every_speaker_asked_for_is_named_in_an_article_of_the_evidence(kind: str) -> None:
    articles = read_articles()
    for row in (row for row in QUESTIONS if row["type"] == kind):
        texts = [articles[p["article"]].text for group in row["evidence"] for p in group]
        read = " ".join(texts).casefold()
        for names in row["speakers"]:
            assert any(name.casefold() in read for name in names), row
