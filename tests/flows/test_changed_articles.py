"""An answer that was kept shows its sources as they were, and says where they have changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from rag import Archive, Assistant, BuildOptions, build, remove
from ui.markup.cards import render_cards
from ui.memory import pack_turn, unpack_turn
from ui.turns import Turn

SAID = "“The kiln will burn until spring,” said Ida Quist, the potter of Quell.\n"
ASKED = "What did Ida Quist say about the kiln?"
WARNING = "The article has changed or gone since"

Build = Callable[[str], Assistant]


@pytest.fixture
def built(tmp_path: Path, embedder: SentenceEmbedder, parser: SpacyParser) -> Build:
    """Return what builds an archive of an article's text and opens it."""

    def run(text: str) -> Assistant:
        (tmp_path / "kiln.txt").write_text(text, encoding="utf-8")
        options = BuildOptions(finder="rules")
        folder = tmp_path / "archive"
        build(tmp_path / "kiln.txt", folder, options, embedder=embedder, parser=parser)
        return Assistant(Archive.open(folder, embedder=embedder), parser=parser)

    return run


def keep(assistant: Assistant) -> object:
    """Ask, and return the answer as it is kept."""
    return json.loads(json.dumps(pack_turn(Turn(question=ASKED, answer=assistant.ask(ASKED)))))


def take_up(kept: object, archive: Archive) -> Turn:
    turn = unpack_turn(kept, archive)
    assert turn is not None
    return turn


def test_a_source_that_has_changed_is_shown_as_it_was_cited_and_says_so(built: Build) -> None:
    assistant = built(SAID)
    before = assistant.ask(ASKED).citations[0]
    kept = keep(assistant)
    now = built(SAID.replace("spring", "autumn"))
    turn = take_up(kept, now.archive)
    assert turn.answer is not None
    [cited] = turn.answer.citations
    assert (cited.quote, cited.superseded, turn.stale) == (SAID.strip(), True, True)
    assert (cited.attribution, cited.version) == (before.attribution, before.version)
    assert WARNING in render_cards(0, turn.answer)
    again = now.ask(ASKED)
    assert not again.citations[0].superseded
    assert again.citations[0].version != cited.version
    assert WARNING not in render_cards(0, again)


def test_a_source_that_was_taken_out_is_still_shown_and_says_so(
    built: Build, tmp_path: Path
) -> None:
    assistant = built(SAID)
    kept = keep(assistant)
    remove(["kiln.txt"], tmp_path / "archive")
    turn = take_up(kept, assistant.archive)
    assert turn.answer is not None
    assert [(c.quote, c.superseded) for c in turn.answer.citations] == [(SAID.strip(), True)]


def test_a_source_that_is_as_it_was_says_nothing(built: Build) -> None:
    assistant = built(SAID)
    turn = take_up(keep(assistant), assistant.archive)
    assert turn.answer is not None
    assert turn.answer.citations == assistant.ask(ASKED).citations
    assert not turn.stale
