"""The page: its views as tabs under one masthead, and the server that serves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from starlette.middleware import Middleware

from rag import OnRecordError, Scope

from .accounts import Accounts
from .guard import Guard
from .markup.masthead import render_masthead
from .settings import Settings
from .theme import make_theme
from .views import archive, ask, speakers, timeline

if TYPE_CHECKING:
    from rag import Assistant

_ASSETS = Path(__file__).parent / "assets"
_VIEWS = {"Ask": ask, "Speakers": speakers, "Timeline": timeline, "Archive": archive}
_HOUR = 3600
_FOLLOW = 15
"""Seconds after which an open page shows what a build has published since."""


def make_app(assistant: Assistant, settings: Settings | None = None) -> gr.Blocks:
    """Build the page over an assistant's archive."""
    settings = settings or Settings()
    page = gr.Blocks(
        title="OnRecord",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(_HOUR, _HOUR),  # what was uploaded
    )
    with page:
        masthead = gr.HTML(_masthead(assistant), elem_id="masthead", apply_default_css=False)
        with gr.Tabs(elem_id="views"):
            for name, view in _VIEWS.items():
                with gr.Tab(name, id=name.lower(), elem_id=f"view-{name.lower()}") as tab:
                    # What no reader looks at isn't worked out.
                    opened = page.load if view is ask else tab.select
                    view.make_view(opened, assistant, settings)
        gr.on(
            [page.load, gr.Timer(_FOLLOW).tick], lambda: _masthead(assistant), None, masthead,
            queue=False, show_progress="hidden", api_visibility="private",
        )  # fmt: skip
    return page


def _masthead(assistant: Assistant) -> str:
    totals = assistant.archive.totals
    holdings = Scope(totals.articles, totals.first, totals.last)
    return render_masthead(holdings, totals.attributions)


def launch(
    assistant: Assistant,
    settings: Settings | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
) -> gr.Blocks:
    """Start the page in the background; it runs until the result's `close`.

    Raises:
        OnRecordError: The port can't be had, or the accounts can't be read.
    """
    settings = settings or Settings()
    accounts = Accounts(settings.accounts) if settings.accounts else None
    page = make_app(assistant, settings)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            theme=make_theme(),
            head=_head(),
            auth=accounts.admits if accounts else None,
            app_kwargs={"middleware": [Middleware(Guard, upload_bytes=settings.upload_bytes)]},
            max_file_size=settings.upload_bytes,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            share=False,
            ssr_mode=False,
            mcp_server=False,
            prevent_thread_lock=True,
            quiet=True,
        )
    except OSError as error:
        message = (
            f"{host}:{port} can't be had: another program may be using it. "
            "Stop that program or choose another port."
        )
        raise OnRecordError(message) from error
    return page


def _head() -> str:
    """Return the page's own style and script; as `css`, Gradio would rewrite the selectors."""
    style, more, script = (
        (_ASSETS / name).read_text(encoding="utf-8")
        for name in ("page.css", "views.css", "page.js")
    )
    return f"<style>{style}{more}</style><script>{script}</script>"


def serve(
    assistant: Assistant,
    settings: Settings | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
) -> None:
    """Run the page until interrupted, and print its address; raises what `launch` raises."""
    page = launch(assistant, settings, host=host, port=port)
    print(f"OnRecord is at {page.local_url} (Ctrl+C stops it)", flush=True)  # noqa: T201
    page.block_thread()
