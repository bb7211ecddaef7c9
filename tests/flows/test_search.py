"""Searching an archive: what is found, what filters keep out, and what the scores mean."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index import Archive, build
from index.embedding import SentenceEmbedder
from index.records import Hit, Query

QUESTION = "Who denied knowing of the cracks in the bridge?"
HERALD = "2031/bridge.txt"
COURIER = "2031/ferry.md"


def speaker(archive: Archive, name: str) -> str:
    """Return the id of the one speaker of this name."""
    [found] = [s.id for s in archive.speakers.values() if s.name == name]
    return found


def articles(hits: list[Hit]) -> set[str]:
    return {hit.article.id for hit in hits}


def test_the_best_hit_is_the_statement_that_was_asked_for(archive: Archive) -> None:
    best = archive.search(QUESTION)[0]
    assert best.article.id == HERALD
    assert best.attribution is not None
    assert best.attribution.stance == "denies"
    assert archive.speakers[best.attribution.speaker_id or ""].name == "Ilse Brandvold"
    assert "she had been told of cracks in the Tarrow Bridge" in best.article.quote(best.span)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("How often will the boat cross the river?", COURIER),
        ("Will she run for office once more?", "wire-1"),
        ("Did frost hurt the orchards in bloom?", "wire-2"),
        ("Osterlund", COURIER),
        ("cider", "wire-2"),
    ],
)
def test_articles_are_found_by_meaning_and_by_name(
    archive: Archive, question: str, article: str
) -> None:
    assert archive.search(question)[0].article.id == article


def test_hits_come_best_first_and_point_into_their_passages(archive: Archive) -> None:
    hits = archive.search(QUESTION)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.passage.article_id == hit.article.id
        assert hit.article == archive.article(hit.article.id)
        if hit.attribution is None:
            assert hit.span == hit.passage.span
        else:
            assert hit.attribution in archive.attributions(hit.article.id)
            assert hit.span.start == hit.attribution.content[0].start
            assert hit.passage.span.start <= hit.span.start < hit.passage.span.end


def test_every_passage_found_brings_all_attributions_in_it_once(archive: Archive) -> None:
    hits = archive.search(QUESTION)
    found = sorted(hit.attribution.id for hit in hits if hit.attribution)
    everything = [a.id for article in archive.articles() for a in archive.attributions(article.id)]
    assert found == sorted(everything)
    assert len([hit for hit in hits if hit.attribution is None]) == archive.totals.passages == 4


def test_scores_are_cosine_bm25_and_late_interaction(
    archive: Archive, embedder: SentenceEmbedder
) -> None:
    hits = archive.search("cider")
    question = embedder.encode(["cider"])[0]
    for hit in hits:
        title = f"{hit.article.title}. " if hit.article.title else ""
        passage = embedder.encode([title + hit.article.quote(hit.passage.span)])[0]
        # In bfloat16 a text differs a little by what is encoded with it.
        assert hit.scores["dense"] == pytest.approx(
            float(passage.vector @ question.vector), abs=2e-3
        )
        assert (hit.scores["lexical"] > 0) == ("cider" in hit.article.text)
        # Two word pieces, weighted by their rarity. Codes of four bits are a little off, and in
        # 64 of 384 dimensions unlike tokens look somewhat more alike.
        best = (question.tokens @ passage.tokens.T).max(axis=1)
        assert best.min() - 0.15 <= hit.scores["late"] <= best.max() + 0.25
        within = hit.scores.get("within", 0.0)
        assert hit.score == pytest.approx(hit.scores["late"] + within)
        assert hit.scores.get("content", 0.0) <= within + 1e-6
        assert within <= hit.scores["late"] + 1e-6
        # Each of these articles is one passage.
        assert hit.scores["article"] == pytest.approx(hit.scores["late"])


def test_the_attribution_that_holds_the_words_is_the_best_within_its_passage(
    archive: Archive,
) -> None:
    best = next(hit for hit in archive.search("cheaper cold stores") if hit.attribution)
    assert "cheaper cold stores" in best.article.quote(best.span)


def test_the_limit_counts_passages(archive: Archive) -> None:
    hits = archive.search(Query(text=QUESTION, limit=1))
    assert [hit.article.id for hit in hits if hit.attribution is None] == [HERALD]
    assert articles(hits) == {HERALD}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"outlet": "Ansel Wire"}, {"wire-1", "wire-2"}),
        ({"since": date(2031, 3, 20)}, {"wire-1", "wire-2"}),
        ({"until": date(2031, 3, 9)}, {HERALD, COURIER}),
        ({"since": date(2031, 3, 9), "until": date(2031, 3, 9)}, {COURIER}),
        ({"since": date(2032, 1, 1)}, set()),
        ({"outlet": "The Nowhere Times"}, set()),
    ],
)
def test_dates_and_outlet_are_hard_limits(
    archive: Archive, change: dict[str, object], expected: set[str]
) -> None:
    query = replace(Query(text=QUESTION), **change)  # type: ignore[arg-type]
    assert articles(archive.search(query)) == expected


def test_a_speaker_limits_the_search_to_passages_that_quote_him(archive: Archive) -> None:
    osterlund, marchetti = speaker(archive, "Hanne Osterlund"), speaker(archive, "Teo Marchetti")
    assert articles(archive.search(Query(text=QUESTION, speakers=(osterlund,)))) == {COURIER}
    both = Query(text=QUESTION, speakers=(marchetti, osterlund))
    assert articles(archive.search(both)) == {HERALD, COURIER, "wire-1"}
    assert archive.search(Query(text=QUESTION, speakers=("nobody",))) == []


def test_more_queries_add_what_they_find_ranked_by_the_first_ones_text(archive: Archive) -> None:
    wire = Query(text="cider", outlet="Ansel Wire", limit=4)
    day = replace(wire, outlet=None, since=date(2031, 3, 9), until=date(2031, 3, 9))
    both = archive.search(wire, day)
    assert articles(both) == {"wire-1", "wire-2", COURIER}
    alone = {(h.article.id, h.span): h.scores for h in archive.search(replace(wire, outlet=None))}
    for hit in both:
        assert hit.scores["late"] == pytest.approx(alone[hit.article.id, hit.span]["late"])


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_question_is_refused(archive: Archive, text: str) -> None:
    with pytest.raises(ValueError, match="the text to search for is empty"):
        archive.search(text)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(archive: Archive, limit: int) -> None:
    with pytest.raises(ValueError, match=f"limit must be at least 1, not {limit}"):
        archive.search(Query(text="cider", limit=limit))


@pytest.mark.parametrize("text", ["?!", "the of", "\u200b", "漢字", "bridge " * 600, '") OR ('])
def test_any_other_text_is_searched_for(archive: Archive, text: str) -> None:
    hits = archive.search(text)
    assert len(hits) == archive.totals.passages + archive.totals.attributions
    assert np.isfinite([hit.score for hit in hits]).all()


def test_threads_find_what_one_alone_finds(archive: Archive) -> None:
    questions = [QUESTION, "cider", "Osterlund", "Will she run again?"] * 4
    alone = [archive.search(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(archive.search, questions))
    for one, other in zip(alone, together, strict=True):
        assert [(h.article.id, h.span) for h in one] == [(h.article.id, h.span) for h in other]
        assert [h.score for h in one] == pytest.approx([h.score for h in other], abs=1e-5)


def test_totals_statements_and_outlets_are_those_of_the_articles(archive: Archive) -> None:
    totals = archive.totals
    assert (totals.articles, totals.passages) == (4, 4)
    assert (totals.first, totals.last) == (date(2031, 3, 4), date(2031, 9, 2))
    assert archive.outlets == ("Ansel Wire", "Velmora Courier")
    said = [a for article in archive.articles() for a in archive.attributions(article.id)]
    assert totals.attributions == len(said)
    assert totals.speakers == len(archive.speakers)
    for found in archive.speakers:
        assert archive.statements.get(found, 0) == sum(a.speaker_id == found for a in said)


def test_those_who_speak_together_are_told_by_the_archive(tmp_path: Path) -> None:
    (tmp_path / "road.txt").write_text(
        "Ida Brandt and Otto Lund said that the road was safe.\n\nOtto Lund said it was new.",
        encoding="utf-8",
    )
    build(tmp_path / "road.txt", tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as found:
        names = {
            one.name: [member.name for member in found.members(one)]
            for one in found.speakers.values()
        }
    assert names["Ida Brandt and Otto Lund"] == ["Ida Brandt", "Otto Lund"]
    assert names["Otto Lund"] == ["Otto Lund"]
