"""Answers and attributions as JSON, the same from the command line and any server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from index.records import Attribution, Span, Speaker
from rag import Answer, Citation, Copy

Json = dict[str, object]
MOST_EVIDENCE = 10


def answer_json(
    answer: Answer,
    question_id: str | None = None,
    members_of: Callable[[Speaker], Sequence[Speaker]] = lambda speaker: (speaker,),
) -> Json:
    """Return an answer as JSON values; offsets are code points of the article's text.

    A citation is of one speaker: what several say together is given once for each of them, under
    the same number. Its `copies` are other articles with the same text and where they have the
    statement, in the `same` words or not. `evidence` holds passages, each once, best first, with
    the speaker of its best statement.

    Args:
        members_of: `Archive.members`; without it, who speak together stay one.
    """
    return {
        "id": question_id,
        "question": answer.question.text,
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": answer.abstention,
        "verdict": answer.verdict,
        "citations": [
            _citation_json(cited, speaker)
            for cited in answer.citations
            for speaker in (members_of(cited.speaker) if cited.speaker else (None,))
        ],
        "evidence": _evidence_json(answer),
    }


def _citation_json(cited: Citation, speaker: Speaker | None) -> Json:
    return {
        "number": cited.number,
        "article": cited.article.id,
        "start": cited.span.start,
        "end": cited.span.end,
        "quote": cited.quote,
        "speaker": speaker.name if speaker else None,
        "published": cited.article.published and cited.article.published.isoformat(),
        "outlet": cited.article.outlet,
        "title": cited.article.title,
        "url": cited.article.url,
        "version": cited.version,
        "superseded": cited.superseded,
        "copies": [_copy_json(copy) for copy in cited.copies],
    }


def _copy_json(copy: Copy) -> Json:
    return {
        "article": copy.article.id,
        "start": copy.span.start,
        "end": copy.span.end,
        "same": copy.same,
        "published": copy.article.published and copy.article.published.isoformat(),
        "outlet": copy.article.outlet,
        "url": copy.article.url,
    }


def answer_text(answer: Answer) -> str:
    """Return an answer as plain text, its sources below it."""
    sources = [
        f"[{cited.number}] " + ", ".join(filter(None, _place(cited))) for cited in answer.citations
    ]
    return "\n\n".join(filter(None, (answer.text, "\n".join(sources))))


def _place(cited: Citation) -> tuple[str, ...]:
    article = cited.article
    day = article.published.isoformat() if article.published else ""
    where = f"{article.id} {cited.span.start}-{cited.span.end}"
    return article.outlet, article.title, day, where, article.url


def _evidence_json(answer: Answer) -> list[Json]:
    rows: dict[str, Json] = {}
    for piece in answer.evidence:
        rows.setdefault(
            piece.passage.id,
            {
                "article": piece.article.id,
                "start": piece.passage.span.start,
                "end": piece.passage.span.end,
                "speaker": piece.speaker.name if piece.speaker else None,
                "score": round(piece.score, 4),
            },
        )
    return list(rows.values())[:MOST_EVIDENCE]


def attribution_json(attribution: Attribution, names: Mapping[str, str]) -> Json:
    """Return an attribution as JSON values.

    Args:
        names: Speakers' names by attribution id.
    """
    return {
        "doc": attribution.article_id,
        "id": attribution.id,
        "source": _pairs(attribution.source),
        "cue": _pairs(attribution.cue),
        "content": _pairs(attribution.content),
        "speaker": names.get(attribution.id) or None,
        "kind": attribution.kind,
        "stance": attribution.stance,
        "polarity": attribution.polarity,
        "within": attribution.within,
    }


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
