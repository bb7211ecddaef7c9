"""Conversations as JSON, to be kept in the browser or beside the archive, and taken up again.

Of articles nothing is kept but ids, offsets and a hash: what was cited is read from the archive
again, in the version in which it was cited, and left out where that is no longer there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from index.store import digest
from rag import (
    Answer,
    Archive,
    Article,
    AskOptions,
    Attribution,
    Citation,
    Evidence,
    Passage,
    Question,
    Scope,
    Span,
    Speaker,
)
from rag.records import Abstention

from .formats import Json
from .turns import Turn

_HASH_LENGTH = 16


def pack_turn(turn: Turn) -> Json:
    """Return a turn as JSON values."""
    options = turn.options
    return {
        "id": turn.id,
        "question": turn.question,
        "filters": [options.speaker, options.outlet, _iso(options.since), _iso(options.until)],
        "failure": turn.failure,
        "link": turn.link,
        "rating": turn.rating,
        "answer": _pack_answer(turn.answer) if turn.answer else None,
    }


def _pack_answer(answer: Answer) -> Json:
    scope, question = answer.scope, answer.question
    return {
        "asked": [question.text, question.kind, question.topic, question.context],
        "text": answer.text,
        "abstention": answer.abstention,
        "verdict": answer.verdict,
        "scope": [scope.articles, _iso(scope.first), _iso(scope.last)],
        "citations": [
            [*_pack_place(c), c.number, list(c.span), [list(span) for span in c.highlights]]
            for c in answer.citations
        ],
        "evidence": [[*_pack_place(e), e.number, list(e.span), e.score] for e in answer.evidence],
    }


def _pack_place(found: Citation | Evidence) -> list[object]:
    return [
        found.article.id,
        digest(found.article)[:_HASH_LENGTH],
        found.passage.id,
        list(found.passage.span),
        found.attribution and found.attribution.id,
        found.speaker and found.speaker.id,
    ]


def unpack_turn(data: Any, archive: Archive) -> Turn | None:  # noqa: ANN401 (JSON from outside)
    """Return the turn that `pack_turn` made JSON of; None where this isn't one."""
    try:
        speaker, outlet, since, until = data["filters"]
        answer = _Shelf(archive).answer(data["answer"]) if data["answer"] else None
        return Turn(
            id=str(data["id"]),
            question=str(data["question"]),
            options=AskOptions(
                speaker=speaker, outlet=outlet, since=_day(since), until=_day(until)
            ),
            failure=str(data["failure"]),
            link=str(data["link"]),
            rating=data["rating"] if data["rating"] in {"up", "down"} else "",
            noted="You have judged this answer." if data["rating"] else "",
            answer=answer,
            stale=answer is not None and _is_stale(answer, data["answer"]["citations"]),
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


def _is_stale(answer: Answer, kept: Sequence[object]) -> bool:
    return len(answer.citations) < len(kept) or any(c.superseded for c in answer.citations)


class _Shelf:
    """Finds again in the archive what was kept by its place."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._current: dict[str, str] = {}

    def answer(self, data: Mapping[str, Any]) -> Answer:
        text, kind, topic, context = data["asked"]
        articles, first, last = data["scope"]
        if data["abstention"] not in {None, *get_args(Abstention)}:
            raise ValueError("no such abstention")
        return Answer(
            question=Question(text=text, kind=kind, topic=topic, context=context),
            text=str(data["text"]),
            abstention=data["abstention"],
            verdict=data["verdict"],
            scope=Scope(int(articles), _day(first), _day(last)),
            citations=tuple(
                Citation(
                    article=place[0], passage=place[1], attribution=place[2], speaker=place[3],
                    number=int(number), span=_span(span, place[0]),
                    highlights=tuple(_span(pair, place[0]) for pair in highlights),
                    superseded=self._is_superseded(place[0]),
                )
                for *kept, number, span, highlights in data["citations"]
                if (place := self._find(kept))
            ),
            evidence=tuple(
                Evidence(
                    article=place[0], passage=place[1], attribution=place[2], speaker=place[3],
                    number=int(number), span=_span(span, place[0]), score=float(score),
                )
                for *kept, number, span, score in data["evidence"]
                if (place := self._find(kept))
            ),
        )  # fmt: skip

    def _find(
        self, kept: Sequence[Any]
    ) -> tuple[Article, Passage, Attribution | None, Speaker | None] | None:
        article_id, version, passage_id, span, attribution_id, speaker_id = kept
        if len(version) != _HASH_LENGTH:
            return None
        try:
            article = self._archive.version(str(article_id), str(version))
        except KeyError:
            return None
        passage = Passage(id=str(passage_id), article_id=article.id, span=_span(span, article))
        stated = self._archive.attributions(article.id, str(version))
        attribution = next((found for found in stated if found.id == attribution_id), None)
        if attribution_id and attribution is None:
            return None
        return article, passage, attribution, self._archive.speakers.get(speaker_id or "")

    def _is_superseded(self, article: Article) -> bool:
        """Say whether the archive has another version of an article now, or none."""
        if article.id not in self._current:
            try:
                self._current[article.id] = digest(self._archive.article(article.id))
            except KeyError:
                self._current[article.id] = ""
        return digest(article) != self._current[article.id]


def _span(pair: Sequence[int], article: Article) -> Span:
    start, end = pair
    if not 0 <= start <= end <= len(article.text):
        raise ValueError("a span outside its article")
    return Span(start, end)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
