"""What of a passage, of an article and of an attribution is compared with a question."""

from __future__ import annotations

import numpy as np
import pytest

from index.interaction import Loaded, Scores, Sought, interact, load
from index.records import Attribution, Passage, Span
from index.token_vectors import DIMENSION, TokenVectors, compress

AXES = np.eye(DIMENSION, dtype=np.float32)
"""Words that have nothing in common; the question's are the first four."""

QUESTION = Sought(AXES[:4], np.array([4, 3, 2, 1], dtype=np.float32))
TOPIC = Sought(AXES[2:4], np.array([3, 1], dtype=np.float32))


def passage(words: list[int], *spans: dict[str, list[Span]], article: str = "a") -> Loaded:
    """Return a passage from 100 on, after a word of a title: each word takes 5 characters."""
    tokens = TokenVectors(
        compress(AXES[words], AXES),
        np.array(words, dtype=np.int32),
        np.arange(-5, 5 * len(words) - 5, 5, dtype=np.int32),
    )
    stated = [
        Attribution(
            id=str(n), article_id=article, source=tuple(one.get("source", ())),
            cue=tuple(one.get("cue", ())), content=tuple(one["content"]), kind="indirect",
        )
        for n, one in enumerate(spans)
    ]  # fmt: skip
    whole = Passage(id=article, article_id=article, span=Span(100, 100 + 5 * len(words) - 5))
    return load(whole, stated, tokens)


def of_one(loaded: Loaded) -> tuple[Scores, list[Scores]]:
    [found] = interact(QUESTION, [loaded])
    return found


def test_a_passage_is_its_words_and_its_title() -> None:
    passages = [passage([0, 9, 1], article="a"), passage([9, 2], article="b")]
    assert [own["late"] for own, _ in interact(QUESTION, passages)] == pytest.approx([0.7, 0.2])


def test_an_article_is_all_passages_given_of_it() -> None:
    passages = [passage([9, 0]), passage([9, 1], article="b"), passage([9, 3])]
    found = [own["article"] for own, _ in interact(QUESTION, passages)]
    assert found == pytest.approx([0.5, 0.3, 0.5])


def test_an_attribution_is_its_source_cue_and_content_without_what_stands_between() -> None:
    spans = {
        "source": [Span(100, 105)],
        "cue": [Span(110, 115)],
        "content": [Span(115, 120), Span(125, 130)],
    }
    _, [found] = of_one(passage([9, 0, 1, 9, 2, 1, 3], spans))
    assert found["content"] == pytest.approx(0.3)
    assert found["within"] == pytest.approx(0.7)


def test_what_stands_before_the_passage_is_not_looked_for_in_the_title() -> None:
    _, [found] = of_one(passage([0, 9, 1], {"source": [Span(90, 99)], "content": [Span(105, 110)]}))
    assert found == pytest.approx({"within": 0.3, "content": 0.3})


def test_a_content_without_a_word_in_the_passage_matches_nothing() -> None:
    _, found = of_one(passage([9, 0], {"content": [Span(400, 410)]}, {"content": [Span(100, 105)]}))
    assert [one["content"] for one in found] == pytest.approx([0, 0.4])


def test_passages_keep_their_own_attributions() -> None:
    passages = [
        passage([9, 0], {"content": [Span(100, 105)]}),
        passage([9, 1], article="b"),
        passage([9, 2, 3], {"content": [Span(105, 110)]}, {"content": [Span(100, 110)]}),
    ]
    found = [[one["content"] for one in own] for _, own in interact(QUESTION, passages)]
    assert found == [pytest.approx([0.4]), [], pytest.approx([0.1, 0.3])]


def test_a_topic_is_compared_with_passages_and_statements_by_its_own_weights() -> None:
    [(whole, [stated])] = interact(
        QUESTION, [passage([0, 9, 3, 2], {"content": [Span(100, 110)]})], TOPIC
    )
    assert whole["topic"] == pytest.approx(1)
    assert stated["topic within"] == pytest.approx(0.25)
    assert whole["late"] == pytest.approx(0.7)


def test_without_a_topic_there_is_nothing_of_it() -> None:
    whole, _ = of_one(passage([0, 9, 3, 2]))
    assert set(whole) == {"late", "article"}
