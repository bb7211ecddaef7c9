"""Conversations are kept by their places in articles, and taken up again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.language import SpacyParser
from rag import Archive, AskOptions, Assistant
from ui import history
from ui.memory import pack_turn, unpack_turn
from ui.turns import Turn, link_turn

QUESTION = "What did Hanne Osterlund say about the ferry?"


@pytest.fixture(scope="module")
def turn(archive: Archive, parser: SpacyParser) -> Turn:
    options = AskOptions(since=date(2031, 3, 1))
    answer = Assistant(archive, parser=parser).ask(QUESTION, options=options)
    made = Turn(question=QUESTION, options=options, answer=answer, rating="up")
    return replace(made, link=link_turn((), made))


def through_json(turn: Turn) -> object:
    return json.loads(json.dumps(pack_turn(turn)))


def test_a_kept_turn_comes_back_with_its_citations_and_evidence(
    turn: Turn, archive: Archive
) -> None:
    found = unpack_turn(through_json(turn), archive)
    assert found is not None
    assert found.answer is not None
    assert turn.answer is not None
    assert found.answer.citations == turn.answer.citations
    assert [e.span for e in found.answer.evidence] == [e.span for e in turn.answer.evidence]
    assert (found.question, found.options, found.link, found.rating, found.stale) == (
        QUESTION, turn.options, turn.link, "up", False,
    )  # fmt: skip


def test_no_word_of_an_article_is_kept(turn: Turn) -> None:
    assert turn.answer is not None
    packed = pack_turn(turn)
    packed["answer"]["text"] = ""  # type: ignore[index]
    article = turn.answer.citations[0].article
    assert article.title not in json.dumps(packed)
    assert "free of charge" not in json.dumps(packed)


def test_a_source_that_has_changed_since_is_left_out_and_told(turn: Turn, archive: Archive) -> None:
    packed = json.loads(json.dumps(pack_turn(turn)))
    packed["answer"]["citations"][0][1] = "0" * 16
    found = unpack_turn(packed, archive)
    assert found is not None
    assert found.stale
    assert found.answer is not None
    assert turn.answer is not None
    assert len(found.answer.citations) == len(turn.answer.citations) - 1


@pytest.mark.parametrize("data", [None, 1, [], {}, {"id": "x"}, "x"])
def test_what_isnt_a_turn_is_none(data: object, archive: Archive) -> None:
    assert unpack_turn(data, archive) is None


@pytest.mark.parametrize(
    "change",
    [
        {"abstention": "<script>"},
        {"scope": ["x", None, None]},
        {"citations": [[1, 2]]},
        {"asked": []},
    ],
)
def test_a_forged_answer_is_none(change: dict[str, object], turn: Turn, archive: Archive) -> None:
    packed = json.loads(json.dumps(pack_turn(turn)))
    packed["answer"] |= change
    assert unpack_turn(packed, archive) is None


def test_a_span_outside_its_article_is_none(turn: Turn, archive: Archive) -> None:
    packed = json.loads(json.dumps(pack_turn(turn)))
    packed["answer"]["citations"][0][-1] = [[0, 10**9]]
    assert unpack_turn(packed, archive) is None


def test_the_newest_conversation_is_first_and_only_fifty_are_kept(turn: Turn) -> None:
    kept: list[dict[str, object]] = []
    for number in range(55):
        kept = history.keep(kept, str(number), [turn])
    kept = history.keep(kept, "50", [turn, turn])
    assert [entry["id"] for entry in kept[:3]] == ["50", "54", "53"]
    assert len(kept) == 50
    assert history.is_fresh(kept[0])


def test_the_oldest_make_room_where_there_would_be_too_much(
    turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(json.dumps(history.keep([], "a", [turn])[0]))
    monkeypatch.setattr(history, "_MOST_CHARACTERS", 2 * size + 10)
    kept: list[dict[str, object]] = []
    for name in "abc":
        kept = history.keep(kept, name, [turn])
    assert [entry["id"] for entry in kept] == ["c", "b"]
    assert [entry["id"] for entry in history.keep(kept, "d", [turn] * 9)] == ["d"]


def test_a_name_stays_with_its_conversation_until_that_is_forgotten(turn: Turn) -> None:
    kept = history.keep(history.keep([], "a", [turn]), "b", [turn])
    kept = history.rename(kept, "a", f"  Ferries\n{'x' * 200}")
    kept = history.read_kept(json.loads(json.dumps(history.keep(kept, "a", [turn, turn]))))
    assert [entry["id"] for entry in kept] == ["a", "b"]
    assert [entry["name"] for entry in kept] == [f"Ferries {'x' * 112}", ""]
    assert history.list_questions(kept[0]) == [QUESTION, QUESTION]
    assert history.forget(kept, "a") == kept[1:]
    assert history.rename(kept, "a", " ")[0]["name"] == ""


def test_what_the_browser_kept_is_taken_only_as_far_as_it_is_sound(turn: Turn) -> None:
    good = history.keep([], "a", [turn])
    assert (
        history.read_kept([*good, {"id": 1}, None, "x", {"id": 1, "time": 2, "turns": 3}]) == good
    )
    assert history.read_kept({"id": "a"}) == []
    assert not history.is_fresh({"id": "a", "time": "x", "turns": []})


def test_each_reader_of_a_shared_page_has_a_file_of_his_own(turn: Turn, tmp_path: Path) -> None:
    shelf = history.Shelf(tmp_path)
    shelf.save("../../ann", history.keep([], "a", [turn]))
    assert [entry["id"] for entry in shelf.load("../../ann")] == ["a"]
    assert shelf.load("bo") == []
    assert {path.parent for path in tmp_path.rglob("*.json")} == {tmp_path / "history"}
