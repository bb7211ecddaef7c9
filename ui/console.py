"""What all commands share: the program, its two outputs, and options that recur."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from index.options import Finder
from rag import BuildOptions

app = typer.Typer(
    name="onrecord",
    help="Ask an archive of news articles who said what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

ArchiveOption = Annotated[
    Path,
    typer.Option(
        "--archive",
        "-a",
        envvar="ONRECORD_ARCHIVE",
        help="The archive's folder.",
        show_default=True,
    ),
]
DEFAULT_FINDER = BuildOptions().finder
FinderOption = Annotated[
    Finder,
    typer.Option(help="What looks for who said what; rules are faster and find less."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
DEFAULT = Path("archive")
