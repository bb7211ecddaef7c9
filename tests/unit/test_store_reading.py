"""The store gives back what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.records import (
    BATCH,
    BRANDVOLD,
    BRIDGE,
    BRIDGE_ROWS,
    FERRY,
    FERRY_ROWS,
    MARCHETTI,
    META,
    NAMED,
    NEVER,
    RUNS,
    SAID,
    UNDATED,
    UNDATED_ROWS,
    add,
)

from index.records import Article, Role
from index.store import Reader, Totals, Writer


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    add(tmp_path, BATCH)
    with closing(Reader(tmp_path)) as opened:
        yield opened


def test_articles_come_back_as_they_were_in_the_order_added(reader: Reader) -> None:
    assert list(reader.articles()) == [BRIDGE, FERRY, UNDATED]
    assert reader.article("bridge") == BRIDGE
    assert reader.article("bridge").extra == BRIDGE.extra


def test_an_unknown_article_is_a_key_error_and_has_no_attributions(reader: Reader) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        reader.article("nowhere")
    assert reader.attributions("nowhere") == ()


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            Article,
            id=st.uuids().map(str),
            text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
            title=st.text(st.characters(exclude_categories=["Cs"])),
            published=st.none() | st.dates(),
            extra=st.dictionaries(
                st.text(st.characters(exclude_categories=["Cs"])),
                st.none() | st.booleans() | st.integers() | st.lists(st.integers()),
            ),
        ),
        max_size=3,
    )
)
def test_any_article_comes_back_to_the_code_point(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Article]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    add(folder, [(article, []) for article in articles], (), {})
    with closing(Reader(folder)) as reader:
        found = list(reader.articles())
    assert found == articles
    assert [article.extra for article in found] == [article.extra for article in articles]


def test_attributions_come_back_in_reading_order_with_their_speakers(reader: Reader) -> None:
    assert reader.attributions("bridge") == (
        replace(SAID, speaker_id="s1"),
        replace(NEVER, speaker_id="s1"),
    )
    assert reader.attributions("ferry") == (RUNS,)


def test_passages_and_their_vectors_come_back_by_number(reader: Reader) -> None:
    numbers, vectors = reader.vectors(reader.numbers())
    rows = [*BRIDGE_ROWS, *FERRY_ROWS, *UNDATED_ROWS]
    passages = reader.passages([int(n) for n in numbers])
    assert [passages[n] for n in numbers] == [one.passage for one in rows]
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, np.stack([one.vector for one in rows]))
    tokens = reader.token_vectors([int(n) for n in numbers])
    for number, one in zip(numbers, rows, strict=True):
        for had, has in zip(one.tokens, tokens[number], strict=True):
            assert np.array_equal(had, has)


def test_texts_are_the_passages_words_and_their_articles_titles(reader: Reader) -> None:
    assert [(title, text) for _, title, text in reader.texts(reader.numbers())] == [
        ("Bridge closed", "Ilse Brandvold said no."),
        ("Bridge closed", "“Never,” she said."),
        ("", FERRY.text),
        ("", UNDATED.text),
    ]


def test_attributions_are_found_by_the_passage_that_they_begin_in(reader: Reader) -> None:
    numbers = [number for number, _, _ in reader.texts(reader.numbers())]
    found = reader.attributions_in(numbers)
    assert [[a.id for a in found[number]] for number in numbers] == [
        ["bridge#a0"],
        ["bridge#a1"],
        ["ferry#a0"],
        [],
    ]


def test_totals_count_this_generation(reader: Reader) -> None:
    assert reader.totals() == Totals(3, 4, 3, 2, date(2031, 3, 4), date(2031, 3, 9))


def test_speakers_their_statements_and_the_outlets(reader: Reader) -> None:
    assert reader.speakers() == (BRANDVOLD, MARCHETTI)
    assert reader.statements() == {"s1": 2}


def test_a_speakers_statements_come_with_the_day_and_outlet_of_their_article(
    reader: Reader,
) -> None:
    found = reader.statements_of("s1")
    assert [one.attribution.id for one in found] == ["bridge#a0", "bridge#a1"]
    assert {(one.published, one.outlet) for one in found} == {
        (date(2031, 3, 4), "Port Ansel Herald")
    }
    assert reader.statements_of("s2") == reader.statements_of("nobody") == []


def test_months_count_articles_by_outlet_and_undated_ones_too(reader: Reader) -> None:
    assert reader.months() == [
        ("", "", 1),
        ("2031-03", "Port Ansel Herald", 1),
        ("2031-03", "Velmora Courier", 1),
    ]


def test_entries_are_found_by_title_outlet_and_id_newest_first(reader: Reader) -> None:
    total, entries = reader.entries("", 2, 0)
    assert (total, [entry.id for entry in entries]) == (3, ["ferry", "bridge"])
    assert [entry.id for entry in reader.entries("", 2, 2)[1]] == ["undated"]
    assert entries[0].title == "The ferry runs, Teo Marchetti said."
    assert [entry.id for entry in reader.entries("HERALD", 9, 0)[1]] == ["bridge"]
    assert reader.entries("%", 9, 0) == (0, [])


def test_passages_come_with_their_articles_day_and_outlet(reader: Reader) -> None:
    numbers = reader.numbers()
    assert reader.columns(numbers) == [
        (numbers[0], "2031-03-04", "Port Ansel Herald"),
        (numbers[1], "2031-03-04", "Port Ansel Herald"),
        (numbers[2], "2031-03-09", "Velmora Courier"),
        (numbers[3], None, ""),
    ]


@pytest.mark.parametrize(
    ("speakers", "expected"), [(["s1"], ["bridge", "bridge"]), (["s2", "nobody"], []), ([], [])]
)
def test_the_passages_that_somebody_speaks_in_are_found(
    reader: Reader, speakers: list[str], expected: list[str]
) -> None:
    found = reader.spoken_by(speakers)
    passages = reader.passages(found)
    assert [passages[number].article_id for number in found] == expected


def test_threads_share_a_reader(reader: Reader) -> None:
    def read(_: int) -> object:
        return reader.totals(), list(reader.articles()), reader.attributions("bridge")

    expected = read(0)
    with ThreadPoolExecutor(8) as pool:
        assert all(found == expected for found in pool.map(read, range(64)))


def test_what_an_article_tells_of_a_speaker_comes_back(tmp_path: Path) -> None:
    told = replace(NAMED, gender="f", roles=("mayor of Halden",), members=(("Jo Vance", "person"),))
    role = Role(
        name="mayor of Halden",
        articles=2,
        first=date(2021, 3, 1),
        last=date(2021, 4, 1),
        outlets=("Halden Post",),
    )
    speaker = replace(BRANDVOLD, roles=(role,), members=("s2",))
    (article, (row, *rest)), *others = BATCH
    batch = [(article, [row._replace(attributions=[(SAID, told)]), *rest]), *others]
    with closing(Writer(tmp_path, META)) as writer:
        writer.add(batch)
        with writer.publishing() as register:
            assert told in [mention for _, mention in register.mentions()]
            register.write([speaker], [((article.id, told.name, told.kind, told.members), "s1")])
    with closing(Reader(tmp_path)) as reader:
        assert reader.speakers() == (speaker,)
