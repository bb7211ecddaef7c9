"""The bench beside other projects, without these: what it gives them, and what it counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from peers.asking import measure, read_lines
from retrieval import export, find_gold, summarise, ways

from index import Archive
from index.language import SpacyParser
from rag import Assistant

JOB = "“Nobody should lose a job because of two piers.”"
QUESTIONS = (
    {
        "question": "What did Hanne Osterlund say about losing a job?",
        "answerable": True,
        "evidence": [[{"article": "2031/ferry.md", "quote": JOB}]],
    },
    {
        "question": "What did she promise to do free of charge?",
        "history": [{"role": "user", "content": "Who is Hanne Osterlund?"}],
        "evidence": [[{"article": "2031/ferry.md", "quote": "we will do it free of charge,"}]],
    },
    {"question": "Who grows apples near Osk?", "asked": "2031-09-05", "articles": ["wire-2"]},
    {"question": "Who has won the regatta?", "articles": ["wire-7"]},
    {"question": "What did Per Lindqvist say about the bridge?", "answerable": False},
)


def test_all_get_the_same_passages_vectors_and_questions(archive: Archive, tmp_path: Path) -> None:
    places = export(archive.folder, QUESTIONS, tmp_path)
    passages = read_lines(tmp_path / "passages.jsonl")
    vectors = np.load(tmp_path / "vectors.npy")
    assert [row["id"] for row in passages] == list(places)
    assert {article for article, _ in places.values()} == {one.id for one in archive.articles()}
    texts = [row["text"] for row in passages]
    encoded = archive.embedder.encode(texts)
    assert np.sum([one.vector for one in encoded] * vectors, axis=1) == pytest.approx(1, abs=1e-3)
    asked = read_lines(tmp_path / "questions.jsonl")
    assert asked[1]["text"] == "Who is Hanne Osterlund? What did she promise to do free of charge?"
    assert asked[2] == {
        "text": "Who grows apples near Osk?",
        "question": "Who grows apples near Osk?",
        "history": [],
        "asked": "2031-09-05",
    }


@pytest.mark.parametrize("way", ["search", "ranked", "answer"])
def test_recall_counts_pieces_and_articles(
    archive: Archive, parser: SpacyParser, tmp_path: Path, way: str
) -> None:
    assistant = Assistant(archive, parser=parser)
    places = export(archive.folder, QUESTIONS, tmp_path)
    gold = find_gold(assistant, QUESTIONS)
    assert [len(pieces) for pieces in gold] == [1, 1, 1, 1, 0]
    seen = measure(ways(assistant)[way], (), read_lines(tmp_path / "questions.jsonl"))
    assert len(seen["CPU"]) == len(seen["clock"]) == len(QUESTIONS)
    found = summarise(seen, gold, places)
    # Three pieces are found and one, whose article isn't in the archive, is missed.
    assert [found[f"recall@{k}"] for k in (1, 5, 10)] == [0.75] * 3
    reversed_order = {**seen, "found": [ids[::-1] for ids in seen["found"]]}
    assert summarise(reversed_order, gold, places)["recall@1"] < 0.75
