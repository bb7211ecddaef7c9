"""The questions of a conversation, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import uuid4

from rag import Answer, AskOptions, Message

from .links import write_link

Rating = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation and what came of it.

    Attributes:
        options: Its filters.
        answer: None while it is being looked for, and where that failed.
        failure: What went wrong and what to do, as sentences.
        stage: What is being done, while there is neither.
        shown: How many lines of the answer, while they come; None for all.
        link: The address that asks the same again, from its question mark on.
        stale: It was kept, and some of its sources have changed or gone since.
        noted: What became of the reader's judgement, as a sentence.
    """

    question: str
    options: AskOptions = field(default_factory=AskOptions)
    answer: Answer | None = None
    failure: str = ""
    stage: str = ""
    shown: int | None = None
    link: str = ""
    stale: bool = False
    rating: Rating = ""
    noted: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)

    @property
    def lines(self) -> list[str]:
        """The lines of the answer that are to be shown."""
        text = self.answer.text if self.answer else ""
        return [line for line in text.splitlines() if line.strip()][: self.shown]


def write_history(turns: Sequence[Turn]) -> list[Message]:
    """Return the answered turns as an assistant takes them."""
    return [
        message
        for turn in turns
        if turn.answer is not None
        for message in (
            Message("user", turn.question),
            Message("assistant", turn.answer.text),
        )
    ]


def link_turn(turns: Sequence[Turn], turn: Turn) -> str:
    """Return the address that asks a turn again; a follow-up takes along what it follows."""
    answer = turn.answer
    if answer is None:
        return ""
    leans = answer.question.context or answer.question.text != turn.question
    before = [earlier.question for earlier in turns if earlier.answer is not None]
    return write_link(turn.question, turn.options, before[-1:] if leans else ())
