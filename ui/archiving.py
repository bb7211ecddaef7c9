"""The commands that change an archive, and the one that checks it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

import rag
from index.options import FieldName
from rag import BuildOptions, BuildReport

from .console import DEFAULT, DEFAULT_FINDER, ArchiveOption, FinderOption, JsonOption, app, err, out

SourcesArgument = Annotated[
    list[Path],
    typer.Argument(
        help="Files or folders: .txt .md .html .pdf .docx .csv .tsv .json .jsonl .warc .rss .atom "
        ".eml, and .zip or .gz of any of them."
    ),
]
EmbedderOption = Annotated[
    str,
    typer.Option(
        help="Folder of a sentence-transformers model, or its hub name with HF_HUB_OFFLINE=0."
    ),
]
TokensOption = Annotated[int, typer.Option(help="Most tokens in a passage.")]
PruneOption = Annotated[
    bool, typer.Option("--prune", help="Remove what came from these sources and is gone.")
]
MapOption = Annotated[
    str,
    typer.Option(
        "--map",
        help="Where JSON and tables have the fields: text=body,published=pub_date,... Those left "
        "out are looked for under their usual names.",
    ),
]

LimitsOption = Annotated[
    str,
    typer.Option(
        help="What a document may cost: pages=5000,seconds=120,...; names and defaults are in "
        "the README."
    ),
]


@app.command()
def build(
    source: SourcesArgument,
    archive: ArchiveOption = DEFAULT,
    embedder: EmbedderOption = "",
    passage_tokens: TokensOption = 200,
    field_map: MapOption = "",
    limits: LimitsOption = "",
    *,
    finder: FinderOption = DEFAULT_FINDER,
    prune: PruneOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add documents to an archive, or make it. Run again, it takes what is new or changed."""
    options = BuildOptions(
        embedder=embedder,
        passage_tokens=passage_tokens,
        finder=finder,
        prune=prune,
        field_map=read_map(field_map),
        limits=read_limits(limits),
    )
    with _shown("Building") as progress:
        report = rag.build(source, archive, options, progress=progress)
    _print(report, as_json=as_json)
    if report.rejected and not (report.added or report.changed or report.unchanged):
        sys.exit(1)


@app.command()
def rebuild(
    archive: ArchiveOption = DEFAULT,
    embedder: EmbedderOption = "",
    passage_tokens: TokensOption = 200,
    *,
    finder: FinderOption = DEFAULT_FINDER,
    as_json: JsonOption = False,
) -> None:
    """Do all of an archive again, with another model or other options; it can be read meanwhile."""
    options = BuildOptions(embedder=embedder, passage_tokens=passage_tokens, finder=finder)
    with _shown("Rebuilding") as progress:
        report = rag.rebuild(archive, options, progress=progress)
    _print(report, as_json=as_json)


@app.command()
def remove(
    article: Annotated[list[str], typer.Argument(help="Ids of articles.")],
    archive: ArchiveOption = DEFAULT,
    *,
    as_json: JsonOption = False,
) -> None:
    """Take articles out of an archive; what they said is found no more."""
    report = rag.remove(article, archive)
    _print(report, as_json=as_json)
    if not report.removed:
        err.print("The archive has no article of that id.")
        sys.exit(1)


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(help="The folder to keep up with.")],
    archive: ArchiveOption = DEFAULT,
    field_map: MapOption = "",
    *,
    finder: FinderOption = DEFAULT_FINDER,
    prune: PruneOption = False,
) -> None:
    """Build, and build again whenever the folder changes, until Ctrl-C."""
    options = BuildOptions(finder=finder, prune=prune, field_map=read_map(field_map))
    err.print(f"Watching {escape(str(folder))}; Ctrl-C ends it.")
    with _shown("Building") as progress:
        for report in rag.watch(folder, archive, options, progress=progress):
            if isinstance(report, BuildReport):
                _print(report, as_json=False)
            else:
                err.print(escape(str(report)), soft_wrap=True)


@app.command()
def check(
    archive: ArchiveOption = DEFAULT,
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be made again without encoding.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Look at every sum, span, vector and count of an archive, and say what to do."""
    report = rag.check(archive, repair=repair)
    if as_json:
        found = asdict(report) | {
            "archive": str(archive),
            "problems": [{"problem": p.text, "what_to_do": p.todo} for p in report.problems],
        }
        out.print_json(json.dumps(found))
    else:
        for text in report.repaired:
            out.print(f"repaired: {escape(text)}", soft_wrap=True)
        for problem in report.problems:
            out.print(f"problem: {escape(problem.text)}; {problem.todo}", soft_wrap=True)
        out.print(
            f"{report.articles} articles, {report.passages} passages, {report.attributions} "
            f"attributions (generation {report.generation}): "
            + (f"{len(report.problems)} problems." if report.problems else "all sound.")
        )
    if report.problems:
        sys.exit(1)


def read_map(text: str) -> dict[FieldName, str]:
    """Read "text=body,published=pub_date"; BuildOptions says which names there are."""
    pairs = _read_pairs("--map", text, "text=body,published=date")
    return {cast("FieldName", name): place for name, place in pairs.items()}


def read_limits(text: str) -> rag.Limits:
    """Read "pages=5000,seconds=120"; what is left out has its default."""
    pairs = _read_pairs("--limits", text, "pages=5000,seconds=120")
    names = {field.name for field in fields(rag.Limits)}
    for name, value in pairs.items():
        if name not in names or not value.isdecimal():
            known = ", ".join(sorted(names))
            raise ValueError(f"--limits takes whole numbers for {known}; not {name}={value}")
    return replace(rag.Limits(), **{name: int(value) for name, value in pairs.items()})


def _read_pairs(option: str, text: str, example: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(str.strip, text.split(",")):
        name, _, value = map(str.strip, part.partition("="))
        if not (name and value):
            raise ValueError(f"{option} is name=value, as in {example}; not {text!r}")
        found[name] = value
    return found


@contextmanager
def _shown(what: str) -> Iterator[Callable[[rag.Progress], None]]:
    """Show how far a build is, on a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles, {task.fields[rate]} a second"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("{task.fields[origin]}"),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(what, total=None, rate="-", origin="")

        def show(at: rag.Progress) -> None:
            seconds = max(0.1, bar.tasks[0].elapsed or 0.1)
            bar.update(
                task,
                completed=at.read,
                total=at.total,
                rate=f"{at.built / seconds:.1f}",
                origin=escape(Path(at.origin).name),
            )

        yield show


def _report_json(report: BuildReport) -> dict[str, object]:
    return {field.name: getattr(report, field.name) for field in fields(report)} | {
        "archive": str(report.archive),
        "renamed": [list(pair) for pair in report.renamed],
        "rejected": [
            {"path": str(e.path), "line": e.line, "reason": e.reason} for e in report.rejected
        ],
    }


def _print(report: BuildReport, *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(_report_json(report)))
        return
    counts = (
        f"{report.added} articles added, {report.changed} changed, {report.unchanged} unchanged"
    )
    if report.removed:
        counts += f", {report.removed} removed"
    out.print(
        f"{counts}; {report.passages} passages and {report.attributions} attributions written in "
        f"{report.seconds} s to {escape(str(report.archive))} (generation {report.generation}).",
        soft_wrap=True,
    )
    if report.copies:
        out.print(f"{report.copies} of them are copies of another article's text.")
    for given, used in report.renamed:
        out.print(f"  renamed: {escape(given)} is another article's id; kept as {escape(used)}")
    for correction in report.unused:
        out.print(f"  correction without effect: {escape(correction)}", soft_wrap=True)
    if report.rejected:
        out.print(f"{len(report.rejected)} documents were not taken:")
    for error in report.rejected:
        out.print(f"  {escape(str(error))}", soft_wrap=True)
