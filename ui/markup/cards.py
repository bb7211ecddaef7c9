"""The sources of an answer, one card each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from rag import Answer, Article, Citation

from ..references import STYLES
from ..wording import write_count, write_headline, write_imprint
from .badges import render_heading
from .excerpts import cited_paragraphs, excerpt

HINT = Markup(
    '<p class="hint">The sources of an answer appear here: who said it, where, and in which '
    "words.</p>"
)
WAITING = Markup('<div class="waiting" aria-hidden="true"><i></i><i></i></div>')
LOST = Markup(
    '<p class="failure" role="alert">The server no longer holds this conversation. Ask the '
    "question again.</p>"
)
_SUPERSEDED = Markup(
    '<p class="stale">The article has changed or gone since; these are its words at the time of '
    "the answer.</p>"
)


def render_cards(
    turn: int,
    answer: Answer,
    *,
    of: str = "",
    copies: Mapping[str, Sequence[Article]] = MappingProxyType({}),
    opened: int | None = None,
) -> Markup:
    """Render one card a citation.

    Args:
        of: The question, where the conversation has several.
        copies: Other articles with the same text, by the id of the one cited.
        opened: The number of the citation whose article was being read.
    """
    if not answer.citations:
        return Markup('<p class="hint">There is no statement to show.</p>')
    title = "Nearest statements" if answer.abstained else "Sources"
    note = "None of these answers the question." if answer.abstained else ""
    return Markup(
        '<section class="cards"><header><h2>{}</h2>{}<p>{}</p></header>{}</section>'
    ).format(
        title,
        Markup('<p class="of" dir="auto">“{}”</p>').format(of) if of else "",
        note,
        Markup("").join(
            _card(
                turn,
                citation,
                copies.get(citation.article.id, ()),
                arrive=citation.number == opened,
            )
            for citation in answer.citations
        ),
    )


def _card(turn: int, citation: Citation, copies: Sequence[Article], *, arrive: bool) -> Markup:
    article = citation.article
    return Markup(
        '<article class="card"{}>{}<blockquote dir="auto">{}</blockquote>'
        '<footer><p class="headline" dir="auto">{}</p><p>{}</p>{}{}{}<div class="actions">{}'
        '<button type="button" class="open" data-event="open" data-turn="{}" data-number="{}"{}>'
        'Read the article<span class="unseen"> of source {}</span></button></div></footer>'
        "</article>"
    ).format(
        Markup(' data-arrive="nearest"') if arrive else "",
        render_heading(citation),
        excerpt(article, cited_paragraphs(citation), citation.highlights),
        write_headline(article),
        " · ".join(write_imprint(article)),
        _SUPERSEDED if citation.superseded else Markup(""),
        _copies(copies),
        _reworded(citation),
        _cite(citation),
        turn,
        citation.number,
        Markup(" data-focus") if arrive else "",
        citation.number,
    )


def _copies(copies: Sequence[Article]) -> Markup:
    """Say in how many other articles the same stands, and in which."""
    if not copies:
        return Markup("")
    return Markup(
        '<details class="copies"><summary>Also in {}</summary><ul>{}</ul></details>'
    ).format(
        write_count(len(copies), "other"),
        Markup("").join(
            Markup('<li dir="auto">{}</li>').format(
                " · ".join([write_headline(copy), *write_imprint(copy)])
            )
            for copy in copies
        ),
    )


def _reworded(citation: Citation) -> Markup:
    """Show what copies of the article have instead of the words cited."""
    return Markup("").join(
        Markup('<p class="reworded" dir="auto">Worded otherwise in {}: {}</p>').format(
            ", ".join(write_imprint(copy.article)),
            " ".join(copy.article.quote(copy.span).split()),
        )
        for copy in citation.copies
        if not copy.same
    )


def _cite(citation: Citation) -> Markup:
    """Render a menu of what the citation can be copied as."""
    return Markup(
        '<details class="menu"><summary>Cite<span class="unseen"> source {}</span></summary>'
        '<div class="choices">{}</div></details>'
    ).format(
        citation.number,
        Markup("").join(
            Markup('<button type="button" data-copy="{}">{}</button>').format(
                write(citation), style
            )
            for style, write in STYLES.items()
        ),
    )
