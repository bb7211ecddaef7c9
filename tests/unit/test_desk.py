"""What comes to the page while a question is answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from index.language import SpacyParser
from rag import Archive, Assistant
from ui.settings import Settings
from ui.views.desk import Desk, Session, Shown

BRANDVOLD = "What did Ilse Brandvold say?"
READER: Any = SimpleNamespace(username="ann", client=None)


@pytest.fixture(scope="module")
def assistant(archive: Archive, parser: SpacyParser) -> Assistant:
    return Assistant(archive, parser=parser)


def ask(assistant: Assistant, question: str) -> list[Shown]:
    return list(Desk(assistant, Settings()).ask(READER, question, Session(), "", "", "", ""))


def test_statements_come_one_after_another_and_then_what_to_do_with_them(
    assistant: Assistant,
) -> None:
    shown = ask(assistant, BRANDVOLD)
    came = [one.conversation.count('class="statement"') for one in shown]
    statements = assistant.ask(BRANDVOLD).text.count("\n") + 1
    assert statements > 1
    assert came == [0, 0, *range(1, statements + 1)]
    assert "Searching 4 articles" in shown[0].conversation
    assert "Reading " in shown[1].conversation
    assert ["Export" in one.conversation for one in shown] == [False] * (len(shown) - 1) + [True]
    assert 'class="card"' in shown[-1].sources


def test_a_refusal_comes_at_once(assistant: Assistant) -> None:
    shown = ask(assistant, "What did Zora Quillfeather say?")
    assert ["abstention" in one.conversation for one in shown] == [False, False, True]


def test_what_was_found_isnt_looked_for_again(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[str] = []
    search = Archive.search

    def note(self: Archive, query: Any, *others: Any) -> Any:  # noqa: ANN401
        searches.append(query.text)
        return search(self, query, *others)

    monkeypatch.setattr(Archive, "search", note)
    expected = assistant.ask(BRANDVOLD)
    alone = searches.copy()
    searches.clear()
    shown = ask(assistant, BRANDVOLD)
    assert searches == alone
    assert shown[-1].session.turns[0].answer == expected
