"""The commands that serve the page, say who may use it, and give back what its readers say."""

from __future__ import annotations

import ipaddress
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.panel import Panel

from rag import Assistant

from .console import DEFAULT, ArchiveOption, app, err, out

AuthOption = Annotated[
    Path | None, typer.Option("--auth", help="File of the accounts that may use the page.")
]


@app.command()
def serve(
    archive: ArchiveOption = DEFAULT,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    auth: AuthOption = None,
    folder: Annotated[
        list[Path] | None,
        typer.Option(help="Folder that the page may read documents from; may be given again."),
    ] = None,
    a_minute: Annotated[
        int, typer.Option("--questions-a-minute", help="Most that one reader may ask.")
    ] = 30,
    *,
    manage: Annotated[
        bool | None,
        typer.Option(
            help="Whether the page may change the archive: add and remove articles, correct "
            "speakers. By default it may where only this machine can reach it, without --auth."
        ),
    ] = None,
) -> None:
    """Serve the page."""
    from .app import serve as serve_page
    from .settings import Settings

    if auth is None and not _is_loopback(host):
        change = ", and change it" if manage else ""
        err.print(
            Panel(
                f"Whoever can reach {host}:{port} can read the whole archive{change}: nobody has "
                "to log in. Make accounts with [bold]onrecord add-user NAME --auth FILE[/] and "
                "serve with [bold]--auth FILE[/], or leave out --host.",
                title="[bold]WARNING: this page is open to everybody[/]",
                style="bold red",
            )
        )
    if manage is None:
        manage = auth is None and _is_loopback(host)
    settings = Settings(
        folders=tuple(folder or ()), accounts=auth, questions_a_minute=a_minute, manage=manage
    )
    serve_page(Assistant.open(archive), settings, host=host, port=port)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@app.command("add-user")
def add_user(
    name: Annotated[str, typer.Argument(help="Letters, digits and .@+-_")],
    auth: Annotated[Path, typer.Option("--auth", help="File of accounts; made if missing.")],
) -> None:
    """Add an account for a shared page, or change its password; asks for the password."""
    from .accounts import add_account

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    add_account(auth, name, password)
    out.print(f"{name} can log in to a page served with --auth {auth}.", soft_wrap=True)


@app.command()
def feedback(archive: ArchiveOption = DEFAULT) -> None:
    """Print what readers think of answers: one judgement a line, as JSON."""
    from .feedback import read_feedback

    for row in read_feedback(archive):
        print(json.dumps(row, ensure_ascii=False))  # noqa: T201 (what it is for)
