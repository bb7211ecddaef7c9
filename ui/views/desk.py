"""What the events of the Ask view do."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from uuid import uuid4

import gradio as gr

from rag import Answer, Archive, Assistant, Citation, OnRecordError, Scope, examples

from .. import history
from ..exports import FORMATS
from ..feedback import append_feedback
from ..formats import Json
from ..limits import RateLimit
from ..links import LONGEST_QUESTION, read_filters, read_link
from ..markup.cards import HINT, LOST, WAITING, render_cards
from ..markup.conversation import render_conversation
from ..markup.earlier import render_earlier
from ..markup.reader import render_citation
from ..settings import Settings
from ..turns import Turn, link_turn, write_history
from ..wording import write_count, write_scope
from .facets import list_months, list_outlets, list_speakers

_logger = logging.getLogger(__name__)

_EXAMPLES = 4
_LONGEST_REASON = 500
_FAULT = "OnRecord failed on this question; its terminal says more. Please try another question."


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What one open page has asked.

    Attributes:
        conversation: Id of the conversation that goes on.
        kept: Conversations that can be taken up again, newest first.
    """

    turns: tuple[Turn, ...] = ()
    conversation: str = field(default_factory=lambda: uuid4().hex)
    kept: list[Json] = field(default_factory=list)


class _Open(NamedTuple):
    """One generation of the archive as the view shows it."""

    archive: Archive
    holdings: Scope
    examples: list[str]


class Shown(NamedTuple):
    """What an event puts in the question box, the conversation, the sources and the states."""

    question: Any = gr.skip()
    conversation: Any = gr.skip()
    sources: Any = gr.skip()
    session: Any = gr.skip()
    browser: Any = gr.skip()


class Desk:
    """What the view's events do; all that lasts of them is a `Session`."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self._assistant = assistant
        self._limit = RateLimit(settings.questions_a_minute)
        self._shelf = history.Shelf(assistant.archive.folder) if settings.accounts else None
        self._last: _Open | None = None
        self._begun = assistant.archive.generation

    def _open(self) -> _Open:
        """Return the newest generation of the archive."""
        archive = self._assistant.archive
        if self._last is None or self._last.archive is not archive:
            totals = archive.totals
            holdings = Scope(totals.articles, totals.first, totals.last)
            drawn = list(examples.draw(archive, _EXAMPLES))
            self._last = _Open(archive, holdings, drawn)
        return self._last

    def show(self, turns: tuple[Turn, ...]) -> str:
        """Render the conversation."""
        opened = self._open()
        return render_conversation(turns, holdings=opened.holdings, examples=opened.examples)

    def choices(self) -> tuple[Any, Any, Any]:
        """Return the speakers, outlets and months to choose one of, each with how much it has."""
        archive = self._open().archive
        lists = list_speakers(archive), list_outlets(archive), list_months(archive)
        speakers, outlets, months = (gr.update(choices=[("", ""), *listed]) for listed in lists)
        return speakers, outlets, months

    def ask(
        self, request: gr.Request, text: str, session: Session, *filters: str | None
    ) -> Iterator[Shown]:
        """Show the question at once, then what is being done, then what came of it."""
        question = text.strip()[:LONGEST_QUESTION]
        if not question:
            yield Shown()
            return
        turn = Turn(question=question)
        wait = self._limit.take(_reader(request))
        try:
            turn = replace(turn, options=read_filters(*filters))
        except ValueError as error:
            turn = replace(turn, failure=f"A filter can't be used: {error}.")
        if wait:
            seconds = write_count(int(wait) + 1, "second")
            failure = (
                f"You have asked {self._limit.most} questions within a minute. "
                f"Wait {seconds}, then ask again."
            )
            turn = replace(turn, failure=failure)
        yield from self._work(turn, session, request)

    def _work(self, turn: Turn, session: Session, request: gr.Request) -> Iterator[Shown]:
        turns = session.turns
        # Once only: while the answer comes, the next question may be typed.
        box: Any = ""
        if not turn.failure:
            stage = f"Searching {write_scope(self._open().holdings)}"
            waiting = (*turns, replace(turn, stage=stage))
            yield Shown(box, self.show(waiting), WAITING)
            box = gr.skip()
            for step in self._answer(turn, turns):
                turn = step
                if turn.stage:
                    yield Shown(conversation=self.show((*turns, turn)))
        turn = replace(turn, stage="", link=link_turn(turns, turn))
        coming = turn.lines if turn.answer and not turn.answer.abstained else ()
        for shown in range(1, len(coming)):
            yield Shown(conversation=self.show((*turns, replace(turn, shown=shown))))
        turns = (*turns, turn)
        session, browser = self._remember(replace(session, turns=turns), request)
        yield Shown(box, self.show(turns), self._cards(turns), session, browser)

    def _answer(self, turn: Turn, turns: tuple[Turn, ...]) -> Iterator[Turn]:
        """Yield the turn with what is being done, then with its answer or failure."""
        asked: dict[str, Any] = {"history": write_history(turns), "options": turn.options}
        try:
            found = self._assistant.retrieve(turn.question, **asked)
            passages = {hit.passage.id: hit.article.id for hit in found[1]}
            if passages:
                read = write_count(len(passages), "passage")
                articles = write_count(len(set(passages.values())), "article")
                yield replace(turn, stage=f"Reading {read} of {articles}")
            yield replace(turn, answer=self._assistant.ask(turn.question, found=found, **asked))
        except OnRecordError as error:
            yield replace(turn, failure=str(error))
        except Exception:
            _logger.exception("No answer to %r", turn.question)
            yield replace(turn, failure=_FAULT)

    def _remember(self, session: Session, request: gr.Request) -> tuple[Session, Any]:
        """Keep the conversation as it stands."""
        if session.turns:
            kept = history.keep(session.kept, session.conversation, session.turns)
            session = replace(session, kept=kept)
        return self._keep(session, request)

    def _keep(self, session: Session, request: gr.Request) -> tuple[Session, Any]:
        """Write what is kept: with accounts beside the archive, else in the browser."""
        if self._shelf is None:
            return session, session.kept
        try:
            self._shelf.save(_reader(request), session.kept)
        except OSError:
            _logger.exception("A conversation could not be kept")
        return session, gr.skip()

    def _cards(self, turns: tuple[Turn, ...]) -> str:
        return self._render_cards(turns, len(turns) - 1) if turns else HINT

    def _render_cards(self, turns: tuple[Turn, ...], number: int, opened: int | None = None) -> str:
        answer = turns[number].answer
        if answer is None:
            return HINT
        archive = self._open().archive
        ids = {citation.article.id for citation in answer.citations}
        copies = {i: [archive.article(copy) for copy in archive.copies(i)] for i in ids}
        of = turns[number].question if len(turns) > 1 else ""
        return render_cards(number, answer, of=of, copies=copies, opened=opened)

    def arrive(self, session: Session, browser: Any, request: gr.Request) -> Iterator[Any]:  # noqa: ANN401
        """Take up the last conversation when the page is opened, and ask what its address asks."""
        kept = self._shelf.load(_reader(request)) if self._shelf else history.read_kept(browser)
        session = replace(session, kept=kept)
        link = read_link(list(request.query_params.multi_items()))
        turns = history.resume(kept[0], self._open().archive) if _goes_on(kept) else ()
        shown = Shown(session=session) if kept else Shown()
        if self._open().archive.generation != self._begun:
            shown = shown._replace(conversation=self.show(()))
        if turns and (not link.questions or _asks(turns[-1], link.questions[-1], link.filters)):
            session = replace(session, turns=turns, conversation=str(kept[0]["id"]))
            link = link._replace(questions=())
            # The question box is left alone: somebody may have begun to type.
            shown = Shown(gr.skip(), self.show(turns), self._cards(turns), session)
        filters = link.filters if any(link.filters) else [gr.skip()] * 4
        yield (*shown, *filters)
        for question in link.questions:
            for shown in self.ask(request, question, session, *link.filters):
                session = shown.session if isinstance(shown.session, Session) else session
                yield (*shown, *[gr.skip()] * 4)

    def open(self, session: Session, event: gr.EventData) -> str:
        """Show the article of the citation clicked."""
        found = _cited(session.turns, event)
        if found is None:
            return LOST
        archive = self._open().archive
        turn, _, citation = found
        statements = archive.attributions(citation.article.id, citation.version)
        return render_citation(turn, citation, statements, archive.speakers)

    def back(self, session: Session, event: gr.EventData) -> str:
        """Show the sources again, the card that was left in view."""
        found = _cited(session.turns, event)
        if found is None:
            return self._cards(session.turns)
        return self._render_cards(session.turns, found[0], opened=found[2].number)

    def sources(self, session: Session, event: gr.EventData) -> str:
        """Show the sources of the turn clicked."""
        found = _answered(session.turns, event)
        return self._render_cards(session.turns, found[0]) if found else LOST

    def export(self, session: Session, event: gr.EventData) -> Any:  # noqa: ANN401
        """Hand the browser a file of all that the turn's answer rests on."""
        found = _answered(session.turns, event)
        if found is None or event.text not in FORMATS:
            return gr.skip()
        number, answer = found
        turn = session.turns[number]
        text = FORMATS[event.text][1](turn.question, answer, turn.options)
        name = f"evidence-{number + 1}-{turn.id[:6]}.{event.text}"
        # The id lets the same file be saved twice.
        return gr.HTML(download={"name": name, "text": text, "id": uuid4().hex})

    def judge(self, session: Session, event: gr.EventData, request: gr.Request) -> Shown:
        """Note what the reader thinks of an answer."""
        found = _answered(session.turns, event)
        if found is None or event.text not in {"up", "down"}:
            return Shown()
        number = found[0]
        reason = str(event.reason)[:_LONGEST_REASON].strip() if event.reason else ""
        turn = replace(session.turns[number], rating=event.text, noted="")
        try:
            append_feedback(self._open().archive.folder, turn, reason, request.username or "")
            if reason or turn.rating == session.turns[number].rating:
                turn = replace(turn, noted="Thank you. It is noted.")
        except OnRecordError as error:
            turn = replace(turn, noted=str(error))
        turns = (*session.turns[:number], turn, *session.turns[number + 1 :])
        session, browser = self._remember(replace(session, turns=turns), request)
        return Shown(conversation=self.show(turns), session=session, browser=browser)

    def restart(self, session: Session) -> Shown:
        """Begin a new conversation."""
        return Shown("", self.show(()), HINT, Session(kept=session.kept))

    def earlier(self, session: Session) -> str:
        """Show the conversations that can be taken up again."""
        return render_earlier(session.kept)

    def resume(self, session: Session, event: gr.EventData) -> Shown:
        """Take up an earlier conversation."""
        for entry in session.kept:
            if entry["id"] == event.text:
                turns = history.resume(entry, self._open().archive)
                taken = replace(session, turns=turns, conversation=str(entry["id"]))
                return Shown("", self.show(turns), self._cards(turns), taken)
        return Shown(sources=LOST)

    def rename(self, session: Session, event: gr.EventData, request: gr.Request) -> Shown:
        """Give an earlier conversation a name."""
        kept = history.rename(session.kept, str(event.text), str(event.reason))
        session, browser = self._keep(replace(session, kept=kept), request)
        return Shown(sources=render_earlier(kept), session=session, browser=browser)

    def forget(self, session: Session, event: gr.EventData, request: gr.Request) -> Shown:
        """Forget an earlier conversation, or all; begin a new one where it is the one open."""
        kept = history.forget(session.kept, str(event.text)) if event.text else []
        goes_on = any(entry["id"] == session.conversation for entry in kept)
        left = replace(session, kept=kept) if goes_on else Session(kept=kept)
        session, browser = self._keep(left, request)
        return Shown(gr.skip(), self.show(left.turns), render_earlier(kept), session, browser)


def _reader(request: gr.Request) -> str:
    host = request.client.host if request.client else ""
    return request.username or host


def _goes_on(kept: list[Json]) -> bool:
    return bool(kept) and history.is_fresh(kept[0])


def _asks(turn: Turn, question: str, filters: tuple[str, str, str, str]) -> bool:
    """Say whether a turn already answers what an address asks."""
    try:
        return turn.question == question and turn.options == read_filters(*filters)
    except ValueError:
        return False


def _answered(turns: tuple[Turn, ...], event: gr.EventData) -> tuple[int, Answer] | None:
    """Find the turn that a click names; None where a restarted server no longer has it."""
    for number, turn in enumerate(turns):
        if number == event.turn and turn.answer is not None:
            return number, turn.answer
    return None


def _cited(turns: tuple[Turn, ...], event: gr.EventData) -> tuple[int, Answer, Citation] | None:
    """Find the citation that a click names."""
    found = _answered(turns, event)
    for citation in found[1].citations if found else ():
        if found and citation.number == event.number:
            return *found, citation
    return None
