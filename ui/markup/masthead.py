"""The page's heading."""

from __future__ import annotations

from markupsafe import Markup

from rag import Scope

from ..wording import write_count, write_scope


def render_masthead(holdings: Scope, statements: int) -> Markup:
    """Render the page's name with what the archive holds."""
    contents = Markup('<p class="holdings">{} · {}</p>').format(
        write_scope(holdings), write_count(statements, "statement")
    )
    return Markup(
        '<div class="masthead"><h1>OnRecord</h1><p class="motto">Who said what, word for word</p>'
        "{}</div>"
    ).format(contents if holdings.articles else "")
