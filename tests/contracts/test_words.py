"""The word index ranks by BM25 as it is defined, over stemmed words without accents and case."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from index.errors import ArchiveFormatError
from index.words import WordIndex

ROWS = [
    (12, "bridge closed", "mayor denied bridge unsafe"),
    (5, "bridge closed", "ferry crosses river"),
    (31, "ferry runs", "ferry boats older bridge bridge bridge"),
    (7, "", "apples harvest valley valley apples growers cider"),
    (40, "apples", "frost"),
    (3, "mayor leaves", "mayor orchard apples"),
]
"""(number, title, text): words that the stemmer and the list of stop words leave alone or cut
alike in question and text."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    WordIndex.write(folder, ROWS)
    return folder


@pytest.fixture(scope="module")
def words(folder: Path) -> WordIndex:
    return WordIndex(folder)


def bm25(field: int, terms: list[str]) -> Counter[int]:
    """Score every row's field by Okapi BM25 (k1 = 1.2, b = 0.75), as Lucene defines its idf."""
    texts = {row[0]: row[field].split() for row in ROWS}
    mean = sum(map(len, texts.values())) / len(texts)
    scores: Counter[int] = Counter()
    for term in terms:
        having = sum(term in text for text in texts.values())
        rarity = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        for number, text in texts.items():
            count = text.count(term)
            length = 1 - 0.75 + 0.75 * len(text) / mean
            if count:
                scores[number] += rarity * count * 2.2 / (count + 1.2 * length)
    return scores


def expected(terms: list[str]) -> dict[int, float]:
    title, text = bm25(1, terms), bm25(2, terms)
    return {n: text[n] + 0.3 * title[n] for n in title.keys() | text.keys()}


@pytest.mark.parametrize(
    "question", ["bridge", "mayor", "ferry bridge", "apples valley frost", "bridge bridge", "sea"]
)
def test_scores_are_bm25_of_the_text_and_three_tenths_of_the_titles(
    words: WordIndex, question: str
) -> None:
    found = words.nearest(question, 10)
    assert found == pytest.approx(expected(sorted(set(question.split()))), rel=1e-5)
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_the_limit_keeps_the_best(words: WordIndex) -> None:
    everything = words.nearest("mayor bridge apples", 10)
    assert len(everything) == 6
    assert list(words.nearest("mayor bridge apples", 2)) == list(everything)[:2]


@pytest.mark.parametrize("allowed", [[], [7], [3, 31, 999], [n for n, _, _ in ROWS]])
def test_only_allowed_passages_are_found_with_their_scores_unchanged(
    words: WordIndex, allowed: list[int]
) -> None:
    everything = words.nearest("mayor bridge apples", 10)
    found = words.nearest("mayor bridge apples", 10, allowed=allowed)
    assert found == pytest.approx({n: s for n, s in everything.items() if n in allowed})


def test_an_allowed_passage_is_found_though_a_hundred_others_rank_before_it(
    tmp_path: Path,
) -> None:
    rows = [(n, "", "bridge") for n in range(100)]
    WordIndex.write(tmp_path, [*rows, (100, "", "bridge " + "river " * 30)])
    assert list(WordIndex(tmp_path).nearest("bridge", 1, allowed=[100])) == [100]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The cafés of Velmora", "CAFE"),
        ("She denies it", "denied denying"),
        ("Brandvold’s orchard", "brandvold"),
        ("“Unsafe,” he said", "unsafe?"),
        ("a bridge-builder", "builders"),
        ("Zürich", "zurich"),
    ],
)
def test_endings_case_accents_and_marks_dont_matter(
    tmp_path: Path, text: str, question: str
) -> None:
    WordIndex.write(tmp_path, [(1, "", text), (2, "", "another matter")])
    assert list(WordIndex(tmp_path).nearest(question, 5)) == [1]


@pytest.mark.parametrize("question", ["", "  ", "the of and", "?!", '"', "text:bridge AND ("])
def test_a_question_may_hold_anything(words: WordIndex, question: str) -> None:
    found = words.nearest(question, 5)
    assert sorted(found) == ([5, 12, 31] if "bridge" in question else [])


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    WordIndex.write(tmp_path, [])
    assert WordIndex(tmp_path).nearest("bridge", 5) == {}


def test_the_same_rows_are_ranked_alike_in_another_folder(words: WordIndex, tmp_path: Path) -> None:
    WordIndex.write(tmp_path, ROWS)
    again = WordIndex(tmp_path)
    for question in ("bridge", "mayor apples", "ferry valley frost"):
        assert list(again.nearest(question, 9).items()) == list(words.nearest(question, 9).items())


@pytest.mark.parametrize("suffix", ["meta.json", ".term", ".idx", ".fast", ".store"])
def test_a_torn_file_is_our_error(folder: Path, tmp_path: Path, suffix: str) -> None:
    for file in folder.iterdir():
        data = file.read_bytes()
        torn = file.name.endswith(suffix) and file.name != ".managed.json"
        (tmp_path / file.name).write_bytes(data[: len(data) // 2] if torn else data)
    with pytest.raises(ArchiveFormatError, match="word index is damaged") as caught:
        WordIndex(tmp_path)
    assert caught.value.path == tmp_path


def test_an_empty_folder_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveFormatError, match="word index is damaged"):
        WordIndex(tmp_path)


def test_rows_are_added_to_an_index_and_others_dropped_from_it(tmp_path: Path) -> None:
    WordIndex.write(tmp_path, [(n, "Port", f"harbour {word}") for n, word in enumerate("abcdef")])
    WordIndex.write(tmp_path, [(9, "Port", "harbour g")], gone=[0, 4])
    assert set(WordIndex(tmp_path).nearest("harbour", 10)) == {1, 2, 3, 5, 9}
