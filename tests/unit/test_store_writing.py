"""What is written is seen whole, once it is published, one generation at a time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from unit.records import (
    AGAIN,
    BATCH,
    BRANDVOLD,
    BRIDGE,
    BRIDGE_ROWS,
    FERRY,
    FERRY_ROWS,
    MARCHETTI,
    META,
    NAMED,
    NAMING,
    SPEAKER_OF,
    UNDATED,
    add,
    publish,
    row,
)

from index.errors import ArchiveNotFoundError
from index.records import Naming
from index.store import Reader, Writer, digest


def count_rows(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        return {
            table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("articles", "passages", "vectors", "attributions")
        }


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
