"""The ask flow, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from index import Archive
from index.language import Parser, SpacyParser
from index.records import Hit, Query
from index.threads import one_thread
from index.tokens import count_tokens

from . import (
    abstention,
    budget,
    citations,
    continuation,
    conversation,
    copies,
    question,
    ranking,
    reports,
    selection,
    verdicts,
    voices,
)
from .directory import Directory
from .options import AskOptions
from .records import Abstention, Answer, Draft, Evidence, Message, Question, QuestionKind, Scope
from .writers import QuotingWriter, Writer, refuse

_FEW = 3
_MONTH = timedelta(days=31)
_LIMITS: dict[QuestionKind, int] = {"list": 10, "who-said": 5}
"""Statements in an answer where the caller sets no limit: more where several may be meant."""


class _Opened(NamedTuple):
    """One generation of the archive, and who speaks in it."""

    archive: Archive
    directory: Directory

    def names_in(self, text: str) -> list[str]:
        """Return the speakers' names in a text, in order."""
        return [named.text for named in self.directory.find(text) if named.speakers]

    def people_in(self, text: str) -> list[str]:
        """Return the names of people in a text, in order."""
        found = self.directory.find(text)
        return [n.text for n in found if any(s.kind == "person" for s in n.speakers)]


def _open(archive: Archive) -> _Opened:
    return _Opened(archive, Directory(archive.speakers.values(), archive.statements))


class Assistant:
    """Answers questions from an archive; safe to share between threads.

    Args:
        archive: What it answers from; a build published later is seen at the next question.
        writer: Drafts the answers; every draft is checked.
        parser: Reads the questions' grammar.
    """

    def __init__(
        self, archive: Archive, *, writer: Writer | None = None, parser: Parser | None = None
    ) -> None:
        self._opened = _open(archive)
        self._writer = writer or QuotingWriter()
        self._parser = parser or SpacyParser()

    @classmethod
    def open(cls, folder: Path | str) -> Assistant:
        """Open an archive and answer from it; raises what `Archive.open` raises."""
        return cls(Archive.open(folder))

    @property
    def archive(self) -> Archive:
        """The newest published generation of the archive."""
        return self._latest().archive

    def _latest(self) -> _Opened:
        opened = self._opened
        newest = opened.archive.latest()
        if newest is not opened.archive:
            opened = self._opened = _open(newest)
        return opened

    def ask(
        self,
        text: str,
        *,
        history: Sequence[Message] = (),
        options: AskOptions | None = None,
        found: tuple[Question, list[Hit]] | None = None,
    ) -> Answer:
        """Answer one question.

        Args:
            text: In English; a follow-up may leave out what `history` holds.
            history: Earlier turns of the conversation, oldest first.
            found: What `retrieve` has returned for the same, so that it isn't looked for twice.

        Raises:
            ValueError: The question is empty.
        """
        options = options or AskOptions()
        opened = self._latest()  # one generation for all of one answer
        archive = opened.archive
        asked, hits = found or self._retrieve(opened, text, history, options)
        ranked = ranking.rank(asked, hits, archive.speakers)
        evidence = budget.fit(ranked, options.evidence_tokens, count_tokens)
        scope = _scope(archive)
        refusal = _refusal(archive, asked, evidence, hits, options)
        if refusal:
            near = selection.of_those_asked(asked, evidence) or evidence
            draft = refuse(asked, refusal, near, scope)
        else:
            limit = options.limit or _LIMITS.get(asked.kind, _FEW)
            chosen = selection.select(asked, ranked, hits)
            pieces = _pieces(archive, asked, chosen, limit, alone=options.speaker is not None)
            evidence = tuple({piece.number: piece for piece in (*evidence, *pieces)}.values())
            verdict = verdicts.judge(asked, hits, pieces)
            draft = self._writer.write(asked, pieces, limit, verdict)
        answer = _checked(asked, draft, evidence, scope)
        known = refusal not in ("empty-archive", "no-such-speaker")
        sure = abstention.confidence(asked, ranked, hits) if known else 0.0
        return replace(answer, confidence=sure)

    def retrieve(
        self, text: str, *, history: Sequence[Message] = (), options: AskOptions | None = None
    ) -> tuple[Question, list[Hit]]:
        """Return a question as it was understood, and what was found for it, not ranked yet.

        Takes and raises what `ask` does.
        """
        return self._retrieve(self._latest(), text, history, options or AskOptions())

    @one_thread()
    def _retrieve(
        self, opened: _Opened, text: str, history: Sequence[Message], options: AskOptions
    ) -> tuple[Question, list[Hit]]:
        if not text.strip():
            raise ValueError("the question is empty; ask, for example: Who said the road was safe?")
        alone = conversation.stand_alone(text, history, opened.names_in, opened.people_in)
        understood = question.parse(
            alone.text,
            self._parser.parse(alone.text),
            opened.directory,
            options,
            options.asked or date.today(),  # noqa: DTZ011 (the asker's own day)
        )
        around = None if understood.since or understood.until else options.asked
        asked = replace(understood, context=alone.context, around=around)
        opened.archive.encode([_whole(asked), _topic(asked)])
        if asked.described:
            asked = _find_described(opened, asked, options)
        return asked, _search(opened.archive, asked, options)


def _checked(asked: Question, draft: Draft, evidence: Sequence[Evidence], scope: Scope) -> Answer:
    """Return what holds of a draft; where nothing does, a refusal."""
    answer = citations.check(asked, draft, evidence, scope)
    if answer.abstention and not answer.text:
        draft = refuse(asked, answer.abstention, (), scope)
        answer = citations.check(asked, draft, evidence, scope)
    return answer


def _find_described(opened: _Opened, asked: Question, options: AskOptions) -> Question:
    """Return the question with the speakers in the role it describes, or who fit it otherwise."""
    archive = opened.archive
    known = opened.directory
    found = known.on_side(asked.described) or known.in_role(
        asked.described, asked.since, asked.until
    )
    if not found:
        hits = archive.search(_query(asked, f"{asked.text} {asked.context}", options))
        found = voices.resolve(asked.described, hits, archive.attributions, archive.speakers)
    return replace(asked, speakers=opened.directory.with_partners(found))


def _refusal(
    archive: Archive,
    asked: Question,
    evidence: Sequence[Evidence],
    hits: Sequence[Hit],
    options: AskOptions,
) -> Abstention | None:
    """Return why there is no answer; a look outside the dates set tells "never" from "not then"."""
    if archive.totals.articles == 0:
        return "empty-archive"
    if _silent_then(archive, asked, hits):
        return "outside-dates"
    found = abstention.judge(asked, evidence, hits)
    if found is None or not asked.firm:
        return found
    free = replace(asked, since=None, until=None, firm=False)
    others = _search(archive, free, options)
    ranked = ranking.rank(free, others, archive.speakers)
    elsewhere = abstention.judge(free, ranked, others)
    return found if elsewhere else "outside-dates"


def _silent_then(archive: Archive, asked: Question, hits: Sequence[Hit]) -> bool:
    """Say whether those asked about say nothing at all in the month or the days asked about."""
    if asked.firm or asked.kind in ("verify", "nested"):
        return False
    if not (asked.speakers and asked.since and asked.until) or asked.until - asked.since > _MONTH:
        return False
    found = (hit.article.published for hit in hits if _is_theirs(hit, asked))
    every = (one.published for own in asked.speakers for one in archive.statements_of(own.id))
    return not any(ranking.in_time(asked, day) for day in chain(found, every))


def _pieces(
    archive: Archive, asked: Question, chosen: Sequence[Evidence], limit: int, *, alone: bool
) -> list[Evidence]:
    """Return what the answer shows: statements with what goes on beside and within them.

    One that several copies of a text have is shown once. With `alone`, nobody else is shown.
    """
    joined = continuation.join(chosen, archive.attributions)
    pieces = copies.fold(joined, archive.copies, archive.article, archive.attributions, limit)
    if asked.kind != "nested" or alone:
        return pieces
    following = max((piece.number for piece in chosen), default=0) + 1
    return reports.unfold(pieces, archive.attributions, archive.speakers, following)


def _search(archive: Archive, asked: Question, options: AskOptions) -> list[Hit]:
    """Search everywhere, among the statements of those asked about, and in the time asked about.

    Where the caller sets the speaker, nothing but that one's statements is let through.
    """
    query = _query(asked, _whole(asked), options)
    theirs = [replace(query, speakers=_ids(asked))] if asked.speakers else []
    if options.speaker is not None:
        return [hit for own in theirs for hit in archive.search(own) if _is_theirs(hit, asked)]
    since, until = ranking.likely_time(asked)
    then = [] if asked.firm or not (since or until) else [replace(query, since=since, until=until)]
    return archive.search(query, *theirs, *then)


def _is_theirs(hit: Hit, asked: Question) -> bool:
    return hit.attribution is not None and hit.attribution.speaker_id in _ids(asked)


def _whole(asked: Question) -> str:
    if asked.supposed:  # the one supposed draws the search to his own statements
        return _topic(asked)
    return f"{asked.text} {asked.context}".strip()


def _topic(asked: Question) -> str:
    return f"{asked.topic} {asked.context}".strip() or asked.text


def _query(asked: Question, text: str, options: AskOptions) -> Query:
    return Query(
        text=text.strip(),
        topic=_topic(asked),  # a name that matches is no sign that something is said of it
        since=asked.since if asked.firm else None,
        until=asked.until if asked.firm else None,
        outlet=options.outlet,
        limit=options.candidates,
    )


def _ids(asked: Question) -> tuple[str, ...]:
    return tuple(speaker.id for speaker in asked.speakers)


def _scope(archive: Archive) -> Scope:
    totals = archive.totals
    return Scope(totals.articles, totals.first, totals.last)
