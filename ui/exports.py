"""All that an answer rests on, as a file to keep: Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping

from rag import Answer, AskOptions, Evidence

from .references import write_markdown
from .wording import name_source, write_filters, write_scope

_COLUMNS = (
    "rank", "cited", "speaker", "stance", "polarity", "kind", "words", "article", "title",
    "outlet", "published", "author", "url", "start", "end", "spans", "sha256",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def list_evidence(answer: Answer) -> Iterator[dict[str, object]]:
    """Yield a row for each piece of evidence, best first.

    `start`, `end` and `spans` (those of the words said) count code points of the article's text;
    `sha256` is that text's, as UTF-8, so that whoever has the article can tell that it is the same.
    """
    cited = {(c.article.id, c.attribution and c.attribution.id): c for c in answer.citations}
    for rank, piece in enumerate(answer.evidence, 1):
        article, found = piece.article, piece.attribution
        spans = found.content if found else (piece.span,)
        citation = cited.get((article.id, found and found.id))
        yield {
            "rank": rank,
            "cited": citation.number if citation else None,
            "speaker": name_source(article, found, piece.speaker) if found else None,
            "stance": found.stance if found else None,
            "polarity": found.polarity if found else None,
            "kind": found.kind if found else None,
            "words": " … ".join(" ".join(article.quote(span).split()) for span in spans),
            "article": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None,
            "author": article.author,
            "url": article.url,
            "start": piece.span.start,
            "end": piece.span.end,
            "spans": [list(span) for span in spans],
            "sha256": digest(piece),
        }


def digest(piece: Evidence) -> str:
    """Return the SHA-256 of the article's text as UTF-8, in hexadecimal."""
    return hashlib.sha256(piece.article.text.encode()).hexdigest()


def export_json(question: str, answer: Answer, options: AskOptions) -> str:
    """Return the question, its filters, the answer and all evidence as JSON."""
    return json.dumps(
        {
            "question": question,
            "speaker": options.speaker,
            "outlet": options.outlet,
            "since": options.since and options.since.isoformat(),
            "until": options.until and options.until.isoformat(),
            "answer": answer.text,
            "abstention": answer.abstention,
            "searched": write_scope(answer.scope),
            "evidence": list(list_evidence(answer)),
        },
        ensure_ascii=False,
        indent=2,
    )


def export_csv(question: str, answer: Answer, options: AskOptions) -> str:
    """Return one row for each piece of evidence, as RFC 4180 has it.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    del question, options
    lines = io.StringIO()
    table = csv.DictWriter(lines, _COLUMNS)
    table.writeheader()
    for row in list_evidence(answer):
        row["spans"] = json.dumps(row["spans"])
        table.writerow({name: _cell(value) for name, value in row.items()})
    return lines.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def export_markdown(question: str, answer: Answer, options: AskOptions) -> str:
    """Return the question, the answer, its citations and the evidence as Markdown."""
    filters = "; ".join(write_filters(options))
    parts = [
        f"# {' '.join(question.split())}",
        "\n\n".join(line for line in answer.text.splitlines() if line.strip()),
        f"Searched: {write_scope(answer.scope)}{f'; only {filters}' if filters else ''}.",
        "## Near misses" if answer.abstained else "## Sources",
        *(f"{write_markdown(citation)} [{citation.number}]" for citation in answer.citations),
        "## All evidence",
        "| rank | cited | speaker | stance | article | characters | SHA-256 of the text |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(_rows(answer)),
    ]
    return "\n\n".join(parts) + "\n"


def _rows(answer: Answer) -> Iterator[str]:
    for row in list_evidence(answer):
        cells = (
            row["rank"], row["cited"] or "", row["speaker"] or "", row["stance"] or "",
            row["article"], f"{row['start']}–{row['end']}", row["sha256"],
        )  # fmt: skip
        yield "| " + " | ".join(str(cell).replace("|", r"\|") for cell in cells) + " |"


FORMATS: Mapping[str, tuple[str, Callable[[str, Answer, AskOptions], str]]] = {
    "md": ("Markdown", export_markdown),
    "csv": ("CSV", export_csv),
    "json": ("JSON", export_json),
}
"""The formats of an export by the endings of their files."""
