"""The command line; the only reader of environment variables."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from math import isnan
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from index.records import Role
from rag import (
    Answer,
    Archive,
    AskOptions,
    Assistant,
    BuildOptions,
    DocumentError,
    Message,
    OnRecordError,
)

from . import archiving, serving
from .console import DEFAULT, DEFAULT_FINDER, ArchiveOption, FinderOption, JsonOption, app, err, out
from .formats import answer_json, answer_text, attribution_json

__all__ = ["app", "archiving", "main", "serving"]


def main() -> None:
    """Run the command line; an expected error is one line on stderr and exit status 1."""
    # Models come out of packages: the libraries needn't ask a hub for newer ones.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        app()
    except (OnRecordError, ValueError) as error:
        _fail(error)
    except BrokenPipeError:
        sys.stderr.close()


def _fail(error: Exception) -> NoReturn:
    err.print(f"[bold red]error[/]: {escape(str(error))}", soft_wrap=True)
    sys.exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in English.")] = None,
    archive: ArchiveOption = DEFAULT,
    speaker: Annotated[str | None, typer.Option(help="Only statements of this speaker.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only articles of this outlet.")] = None,
    limit: Annotated[
        int | None, typer.Option(help="Most statements in the answer, 1 to 10.")
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option(help="A .jsonl file: id, question, and history, since, until, asked, if any."),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Answer a question, or a file of them, from an archive."""
    if (question is None) == (questions is None):
        raise ValueError("give either a question or --questions FILE.jsonl")
    options = AskOptions(
        speaker=speaker, since=_day(since), until=_day(until), outlet=outlet, limit=limit
    )
    assistant = Assistant.open(archive)
    if questions is not None:
        from rag.evaluation import read_questions

        for row in read_questions(questions, required=("question",)):
            asked = assistant.ask(
                row["question"], history=_history(row), options=_options(row, options)
            )
            found = answer_json(asked, row["id"], assistant.archive.members)
            print(json.dumps(found, ensure_ascii=False), flush=True)
        return
    answer = assistant.ask(question or "", options=options)
    if as_json:
        out.print_json(json.dumps(answer_json(answer, None, assistant.archive.members)))
    else:
        out.print(escape(answer_text(answer)), soft_wrap=True)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _history(row: Mapping[str, Any]) -> list[Message]:
    return [Message(turn["role"], turn["content"]) for turn in row.get("history") or ()]


def _options(row: Mapping[str, Any], given: AskOptions) -> AskOptions:
    """Return the options of one line of a file; what the command line gives holds for all."""
    return replace(
        given,
        since=given.since or _read_day(row.get("since")),
        until=given.until or _read_day(row.get("until")),
        asked=_read_day(row.get("asked")),
    )


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@app.command()
def attributions(
    files: Annotated[list[Path], typer.Argument(help="Files or folders of documents.")],
    field_map: archiving.MapOption = "",
    limits: archiving.LimitsOption = "",
    *,
    finder: FinderOption = DEFAULT_FINDER,
    as_json: JsonOption = False,
) -> None:
    """Print who said what in documents, without an archive: one attribution a line."""
    from index.build import find_statements

    options = BuildOptions(
        finder=finder,
        field_map=archiving.read_map(field_map),
        limits=archiving.read_limits(limits),
    )
    failed = False
    for item in find_statements(files, options):
        if isinstance(item, DocumentError):
            failed = True
            err.print(f"[bold red]error[/]: {escape(str(item))}", soft_wrap=True)
            continue
        article, found, names = item
        for attribution in found:
            if as_json:
                print(json.dumps(attribution_json(attribution, names), ensure_ascii=False))
                continue
            words = " … ".join(" ".join(article.quote(s).split()) for s in attribution.content)
            name = names.get(attribution.id) or "?"
            out.print(
                f"[bold]{escape(name)}[/] ({attribution.stance}): {escape(words)}", soft_wrap=True
            )
    if failed:
        sys.exit(1)


@app.command()
def speakers(
    archive: ArchiveOption = DEFAULT,
    find: Annotated[str, typer.Option(help="Only names that hold these letters.")] = "",
    limit: Annotated[int, typer.Option(help="Most speakers listed.")] = 50,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the speakers of an archive, most quoted first."""
    with Archive.open(archive) as opened:
        found = [
            s
            for s in opened.speakers.values()
            if any(find.lower() in name.lower() for name in (s.name, *s.aliases))
        ]
        found.sort(key=lambda s: (-opened.statements.get(s.id, 0), s.id))
        rows = [(s, opened.statements.get(s.id, 0)) for s in found[:limit]]
    if as_json:
        for speaker, count in rows:
            row = {
                "id": speaker.id, "name": speaker.name, "kind": speaker.kind,
                "aliases": list(speaker.aliases), "statements": count,
                "roles": [asdict(role) for role in speaker.roles],
                "members": list(speaker.members),
            }  # fmt: skip
            print(json.dumps(row, ensure_ascii=False, default=str))
        return
    table = Table("Speaker", "Kind", "Statements", "Also called", "Roles")
    for speaker, count in rows:
        roles = "; ".join(map(_role, speaker.roles[:_ROLES]))
        aliases = ", ".join(speaker.aliases)
        table.add_row(
            escape(speaker.name), speaker.kind, str(count), escape(aliases), escape(roles)
        )
    out.print(table)


_ROLES = 3
"""Roles of a speaker in the table; JSON has all that are kept."""


def _role(role: Role) -> str:
    """Return a role with the days on which articles give it first and last."""
    days = " to ".join(dict.fromkeys(str(day) for day in (role.first, role.last) if day))
    return f"{role.name} ({days})" if days else role.name


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="The article's id, as in a citation.")],
    archive: ArchiveOption = DEFAULT,
) -> None:
    """Print an article, and who says what in it."""
    with Archive.open(archive) as opened:
        try:
            found = opened.article(article)
        except KeyError:
            raise ValueError(f"there is no article {article!r} in {archive}") from None
        head = " · ".join(str(x) for x in (found.outlet, found.published, found.author) if x)
        out.print(f"[bold]{escape(found.title or found.id)}[/]\n{escape(head)}\n", soft_wrap=True)
        out.print(escape(found.text), soft_wrap=True)
        out.print()
        for attribution in opened.attributions(article):
            name = opened.speakers[attribution.speaker_id].name if attribution.speaker_id else "?"
            words = " … ".join(" ".join(found.quote(s).split()) for s in attribution.content)
            out.print(
                f"[bold]{escape(name)}[/] ({attribution.stance}): {escape(words)}", soft_wrap=True
            )


def _known(figures: Any) -> Any:  # noqa: ANN401
    """Return figures with null for those that aren't known, since JSON has no nan."""
    if isinstance(figures, dict):
        return {name: _known(value) for name, value in figures.items()}
    return None if isinstance(figures, float) and isnan(figures) else figures


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(help="A .jsonl file of questions with gold.")],
    archive: ArchiveOption = DEFAULT,
    failures: Annotated[int, typer.Option(help="Also print the first N that are wrong.")] = 0,
    *,
    as_json: JsonOption = False,
) -> None:
    """Ask questions whose right answers are known, and print how many were answered right."""
    from rag.evaluation import evaluate as evaluate_questions
    from rag.evaluation import read_questions

    wrong: list[str] = []

    def note(gold: Mapping[str, Any], answer: Answer, right: bool) -> None:  # noqa: FBT001
        if not right:
            wrong.append(f"{gold['id']} {gold['type']}: {gold['question']}\n  {answer.text}")

    figures = evaluate_questions(Assistant.open(archive), read_questions(questions), each=note)
    if as_json:
        rows = {kind: _known(asdict(found)) for kind, found in figures.items()}
        out.print_json(json.dumps(rows))
        return
    table = Table("", "asked", *_FIGURES, "@1", "@5", "@10", box=SIMPLE, padding=0, show_edge=False)
    for kind, found in figures.items():
        shares = [getattr(found, name) for name in _FIGURES] + [*found.recall.values()]
        printed = ("–" if isnan(share) else f"{share:.2f}" for share in shares)
        table.add_row(kind, str(found.questions), *printed)
    out.print(table)
    out.print(f"Altered quotations: {figures['all'].altered}")
    for line in wrong[:failures]:
        out.print(escape(line), soft_wrap=True)


_FIGURES = ("correct", "cited", "speaker", "answered", "refused", "verdict")


@app.command()
def train(
    files: Annotated[list[Path], typer.Argument(help="Annotated articles, .jsonl or .jsonl.gz.")],
    target: Annotated[Path, typer.Option("--out", help="The weights to write, .safetensors.")],
    epochs: Annotated[int, typer.Option(help="Passes over the articles.")] = 5,
    seed: Annotated[int, typer.Option(help="Of the shuffling and the new layers.")] = 0,
) -> None:
    """Train the tagger anew; see index/attributions/weights/MODEL_CARD.md for the data."""
    import logging

    from index.attributions.train import run

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    out.print(f"sha256 {run(files, target, epochs=epochs, seed=seed)}")
