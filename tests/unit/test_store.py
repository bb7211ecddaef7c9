"""The store gives back what it was given, one published generation at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArchiveError, ArchiveFormatError, ArchiveNotFoundError
from index.records import (
    Article,
    Attribution,
    Mention,
    Naming,
    Passage,
    Place,
    Role,
    Span,
    Speaker,
)
from index.store import Reader, Row, Totals, Writer, digest
from index.token_vectors import TokenVectors

META = {"embedder": "", "dimension": "4"}

BRIDGE = Article(
    id="bridge",
    text="Ilse Brandvold said no. “Never,” she said.",
    title="Bridge closed",
    outlet="Port Ansel Herald",
    author="Oona Feld",
    published=date(2031, 3, 4),
    url="https://herald.example/bridge",
    origin="/news/bridge.txt",
    extra={"section": "town", "tags": ["bridge", {"n": 2}], "words": 7},
)
FERRY = Article(
    id="ferry",
    text="The ferry runs, Teo Marchetti said.",
    outlet="Velmora Courier",
    published=date(2031, 3, 9),
)
UNDATED = Article(id="undated", text="Apples do well.")

SAID = Attribution(
    id="bridge#a0",
    article_id="bridge",
    source=(Span(0, 14),),
    cue=(Span(15, 19),),
    content=(Span(20, 22),),
    kind="indirect",
    stance="denies",
)
NEVER = Attribution(
    id="bridge#a1",
    article_id="bridge",
    source=(Span(33, 36),),
    cue=(Span(37, 41),),
    content=(Span(24, 32), Span(41, 42)),
    kind="direct",
    polarity="negated",
    within="bridge#a0",
)
RUNS = Attribution(
    id="ferry#a0",
    article_id="ferry",
    source=(),
    cue=(),
    content=(Span(0, 14),),
    kind="indirect",
)
BRANDVOLD = Speaker(id="s1", name="Ilse Brandvold", kind="person", aliases=("Brandvold", "mayor"))
MARCHETTI = Speaker(id="s2", name="Teo Marchetti", kind="person")
NAMED = Mention(attribution_id="bridge#a0", name="Ilse Brandvold", kind="person")
AGAIN = Mention(attribution_id="bridge#a1", name="Ilse Brandvold", kind="person")
NAMING = Naming("bridge", "Ilse Brandvold", "person")
SPEAKER_OF: Mapping[Place, str] = {NAMING.place: "s1"}


def row(
    article: Article,
    span: tuple[int, int],
    seed: int = 0,
    attributions: Sequence[tuple[Attribution, Mention | None]] = (),
) -> Row:
    random = np.random.default_rng(seed)
    tokens = TokenVectors(
        random.integers(0, 256, (3, 32)).astype(np.uint8),
        random.integers(0, 30_000, 3).astype(np.int32),
        random.integers(-9, 90, 3).astype(np.int32),
    )
    passage = Passage(
        id=f"{article.id}#{span[0]}-{span[1]}", article_id=article.id, span=Span(*span)
    )
    return Row(passage, random.normal(size=4).astype(np.float32), tokens, attributions)


BRIDGE_ROWS = [
    row(BRIDGE, (0, 23), 1, [(SAID, NAMED)]),
    row(BRIDGE, (24, 42), 2, [(NEVER, AGAIN)]),
]
FERRY_ROWS = [row(FERRY, (0, 35), 3, [(RUNS, None)])]
UNDATED_ROWS = [row(UNDATED, (0, 15), 4)]
BATCH = [(BRIDGE, BRIDGE_ROWS), (FERRY, FERRY_ROWS), (UNDATED, UNDATED_ROWS)]


def add(
    folder: Path,
    batch: Sequence[tuple[Article, Sequence[Row]]],
    speakers: Sequence[Speaker] = (BRANDVOLD, MARCHETTI),
    speaker_of: Mapping[Place, str] = SPEAKER_OF,
) -> int:
    """Add and publish; return the generation."""
    with closing(Writer(folder, META)) as writer:
        writer.add(batch)
        return publish(writer, speakers, speaker_of)


def publish(
    writer: Writer, speakers: Sequence[Speaker] = (), speaker_of: Mapping[Place, str] | None = None
) -> int:
    """Publish speakers in the place of all before; return the generation."""
    with writer.publishing() as register:
        register.write(speakers, (speaker_of or {}).items())
    return writer.generation - 1


def count_rows(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        return {
            table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("articles", "passages", "vectors", "attributions")
        }


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


def test_what_isnt_published_isnt_seen(tmp_path: Path) -> None:
    with closing(Writer(tmp_path, META)) as writer:
        writer.add(BATCH[:1])
        with pytest.raises(ArchiveNotFoundError, match="didn't finish; run the build again"):
            Reader(tmp_path)
        assert publish(writer) == 1
        writer.add(BATCH[1:])
        with closing(Reader(tmp_path)) as reader:
            assert (reader.generation, list(reader.articles())) == (1, [BRIDGE])
            assert reader.totals().passages == 2


def test_a_new_version_replaces_the_old_but_not_for_a_reader_opened_before(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    changed = replace(BRIDGE, text="Nobody said anything.", published=None)
    with closing(Reader(tmp_path)) as before:
        assert add(tmp_path, [(changed, [row(changed, (0, 21), 9)])], [MARCHETTI], {}) == 2
        with closing(Reader(tmp_path)) as after:
            assert list(after.articles()) == [FERRY, UNDATED, changed]
            assert after.article("bridge") == changed
            assert after.attributions("bridge") == ()
            assert after.speakers() == (MARCHETTI,)
            assert (after.totals().passages, after.totals().attributions) == (3, 1)
            texts = [text for _, _, text in after.texts(after.numbers())]
            assert texts == [FERRY.text, UNDATED.text, changed.text]
            assert len(after.vectors(after.numbers())[0]) == 3
        assert list(before.articles()) == [BRIDGE, FERRY, UNDATED]
        assert before.speakers() == (BRANDVOLD, MARCHETTI)
        assert before.statements() == {"s1": 2}
        assert len(before.vectors(before.numbers())[0]) == 4


def test_a_version_that_was_never_published_is_forgotten(tmp_path: Path) -> None:
    with closing(Writer(tmp_path, META)) as writer:
        writer.add(BATCH)
        writer.add([(replace(BRIDGE, title="Changed"), BRIDGE_ROWS[:1])])
        publish(writer)
    assert count_rows(tmp_path) == {"articles": 3, "passages": 3, "vectors": 3, "attributions": 2}
    with closing(Reader(tmp_path)) as reader:
        assert reader.article("bridge").title == "Changed"


def test_a_batch_is_added_whole_or_not_at_all(tmp_path: Path) -> None:
    bad = replace(FERRY, extra={"x": object()})
    with closing(Writer(tmp_path, META)) as writer:
        with pytest.raises(TypeError):
            writer.add([(BRIDGE, BRIDGE_ROWS), (bad, FERRY_ROWS)])
        assert count_rows(tmp_path) == dict.fromkeys(
            ("articles", "passages", "vectors", "attributions"), 0
        )
        assert not writer.pending()
        writer.add([(FERRY, FERRY_ROWS)])
        assert writer.pending()
    assert count_rows(tmp_path)["articles"] == 1


def test_a_later_writer_knows_what_an_earlier_one_left_unpublished(tmp_path: Path) -> None:
    with closing(Writer(tmp_path, META)) as writer:
        assert writer.current("bridge") is None
        writer.add(BATCH[:1])
    with closing(Writer(tmp_path, META)) as writer:
        assert writer.pending()
        assert writer.current("bridge") == (digest(BRIDGE), "/news/bridge.txt")
        assert publish(writer) == 1
        assert not writer.pending()


def test_mentions_are_those_of_current_articles_that_have_a_name(tmp_path: Path) -> None:
    with closing(Writer(tmp_path, META)) as writer:
        writer.add(BATCH)
        with writer.publishing() as register:
            assert list(register.mentions()) == [("bridge", NAMED), ("bridge", AGAIN)]
        writer.add([(replace(BRIDGE, text="Nobody."), [])])
        with writer.publishing() as register:
            assert list(register.mentions()) == []


def test_an_article_that_went_leaves_the_register_with_what_it_had(tmp_path: Path) -> None:
    ferry = Naming("ferry", "Hanne Osterlund", "person", roles=("director",), mentions=3)
    with closing(Writer(tmp_path, META)) as writer:
        writer.add(BATCH)
        with writer.publishing() as register:
            pairs = [(NAMING, "ilse brandvold"), (ferry, "hanne osterlund")]
            register.put(pairs, [("kone", NAMING.name), ("kone", ferry.name)])
            register.write((BRANDVOLD,), SPEAKER_OF.items())
            assert register.tagged(["kone"]) == {NAMING.name, ferry.name}
            assert register.of_names([ferry.name]) == [ferry]
            assert register.company(["ferry"]) == {"ferry": {"hanne osterlund"}}
        writer.remove(["bridge"])
        with writer.publishing() as register:
            assert register.drop() == [NAMING._replace(speaker="s1")]
            assert register.all() == [ferry]


def test_what_goes_wrong_while_publishing_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    with closing(Writer(tmp_path, META)) as writer:
        writer.remove(["bridge"])
        with pytest.raises(KeyError), writer.publishing() as register:  # noqa: PT012
            register.write((), ())
            raise KeyError
        assert (writer.generation, writer.pending()) == (2, True)
    with closing(Reader(tmp_path)) as reader:
        assert reader.speakers() == (BRANDVOLD, MARCHETTI)
        assert reader.generation == 1


def test_the_projection_is_stored_once_to_five_digits(tmp_path: Path) -> None:
    projection = np.random.default_rng(0).normal(size=(6, 64)).astype(np.float32)
    with closing(Writer(tmp_path, META)) as writer:
        assert writer.projection is None
        stored = writer.set_projection(projection)
    with closing(Writer(tmp_path, META)) as writer:
        again = writer.projection
    assert again is not None
    assert np.array_equal(stored, again)
    assert np.allclose(stored, projection, atol=6e-6)


@pytest.mark.parametrize(("key", "wanted"), [("dimension", "5"), ("embedder", "other")])
def test_another_model_or_option_is_refused_with_what_to_do(
    tmp_path: Path, key: str, wanted: str
) -> None:
    add(tmp_path, BATCH)
    message = f"built with {key} = {META[key]}, not {wanted}; give the same option, or change"
    with pytest.raises(ArchiveFormatError, match=message) as caught:
        Writer(tmp_path, META | {key: wanted})
    assert caught.value.path == tmp_path


def test_another_format_version_is_refused_by_reader_and_writer(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    for opening in (lambda: Reader(tmp_path), lambda: Writer(tmp_path, META)):
        with pytest.raises(ArchiveFormatError, match="format 99, this version reads 4; open it"):
            opening()


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_an_archive_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveNotFoundError, match="make one with: onrecord build") as caught:
        Reader(tmp_path / name)
    assert caught.value.path == tmp_path / name


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def text(path: Path) -> None:
    path.write_bytes(b"The ferry is late. " * 500)


def half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def overwritten(path: Path) -> None:
    """Damage all pages but the first, which holds the tables' names and `meta`."""
    data = path.read_bytes()
    path.write_bytes(data[: 2 * 4096] + b"\xff" * (len(data) - 2 * 4096))


@pytest.mark.parametrize("damage", [other_database, text, half, overwritten])
def test_a_file_that_is_no_archive_or_a_damaged_one_is_our_error(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    if damage in (half, overwritten):
        add(tmp_path, BATCH)
    damage(tmp_path / "archive.sqlite")
    with pytest.raises(ArchiveFormatError, match=r"no archive, or a damaged one.*from a copy"):
        list(Reader(tmp_path).articles())


def test_a_full_disk_is_our_error_and_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    long = Article(id="long", text="The ferry is late. " * 100_000)
    with closing(Writer(tmp_path, META)) as writer:
        vars(writer)["_connection"].execute("PRAGMA max_page_count = 20")
        with pytest.raises(ArchiveError, match=r"can't be written .*is full.*run the build again"):
            writer.add([(long, [])])
        assert not writer.pending()
    with closing(Reader(tmp_path)) as reader:
        assert list(reader.articles()) == [BRIDGE, FERRY, UNDATED]


@pytest.mark.parametrize(
    "change",
    [
        {"text": BRIDGE.text + " "},
        {"title": "Other"},
        {"outlet": ""},
        {"author": "Per Lindqvist"},
        {"published": None},
        {"url": ""},
        {"extra": {}},
    ],
)
def test_a_digest_changes_with_all_that_a_reader_would_see(change: dict[str, object]) -> None:
    assert digest(replace(BRIDGE, **change)) != digest(BRIDGE)  # type: ignore[arg-type]


def test_a_digest_is_the_same_under_another_name_or_in_another_place() -> None:
    assert digest(replace(BRIDGE, id="b2", origin="elsewhere")) == digest(BRIDGE)


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
