"""An article in full: the cited words marked, everybody else's by their speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from rag import Article, Attribution, Citation, Span, Speaker

from ..wording import name_source, name_stance, write_count, write_imprint
from .badges import render_heading
from .excerpts import Voice, excerpt

_WEB_ADDRESS = re.compile(r"https?://([\w.-]+(?::\d+)?)(?:[/?#][^\s<>\"'\\]*)?", re.IGNORECASE)
_HUES = 6
_NOTHING = Markup("")


def render_citation(
    turn: int,
    citation: Citation,
    statements: Sequence[Attribution] = (),
    speakers: Mapping[str, Speaker] | None = None,
) -> Markup:
    """Render the whole article of a citation, with a way back to the turn's sources."""
    back = Markup(
        '<button type="button" class="back" data-event="back" data-turn="{}" data-number="{}" '
        "data-focus>Back to the sources</button>"
    ).format(turn, citation.number)
    others = [  # an opinion piece marked all over would show nothing
        found for found in statements if found.kind != "written" and found != citation.attribution
    ]
    return render_article(
        citation.article,
        citation.highlights,
        mark_voices(citation.article, others, speakers or {}),
        above=back,
        below=Markup('<div class="cited">{}</div>').format(render_heading(citation)),
    )


def render_article(
    article: Article,
    highlights: Sequence[Span] = (),
    voices: Sequence[Voice] = (),
    *,
    above: Markup = _NOTHING,
    below: Markup = _NOTHING,
) -> Markup:
    """Render an article; the page scrolls to the first highlight.

    Args:
        above: What stands before the title, such as a way back.
        below: What stands between the title and the text.
    """
    author = (article.author,) if article.author else ()
    return Markup(
        '<article class="article">{}<header class="top"><h2 dir="auto">{}</h2><p>{}</p>{}</header>'
        '{}{}<div class="body" dir="auto">{}</div></article>'
    ).format(
        above,
        article.title or "Article without a title",
        " · ".join([*write_imprint(article), *author]),
        render_link(article.url),
        below,
        _cast(voices),
        excerpt(article, Span(0, len(article.text)), highlights, voices=voices, arrive=True),
    )


def mark_voices(
    article: Article, statements: Sequence[Attribution], speakers: Mapping[str, Speaker]
) -> list[Voice]:
    """Return the statements as they are marked in the article: each speaker has one colour."""
    names = [
        name_source(article, found, speakers.get(found.speaker_id or "")) for found in statements
    ]
    hues = {name: number % _HUES for number, name in enumerate(dict.fromkeys(names))}
    return [
        Voice(found.content, name, f"{name} {name_stance(found)}", hues[name])
        for found, name in zip(statements, names, strict=True)
    ]


def _cast(voices: Sequence[Voice]) -> Markup:
    """Render who speaks in the article; a click leads from one statement to the next."""
    if not voices:
        return Markup("")
    counted = Counter((voice.speaker, voice.hue) for voice in voices)
    return Markup(
        '<nav class="cast" aria-label="Who speaks in this article"><p>Who speaks in this '
        "article</p><ul>{}"
        "</ul></nav>"
    ).format(
        Markup("").join(
            Markup(
                '<li><button type="button" data-seek="{0}" data-hue="{1}" title="{2} of {0}: '
                'go to the next">{0} <span aria-hidden="true">{3}</span></button></li>'
            ).format(speaker, hue, write_count(count, "statement"), count)
            for (speaker, hue), count in counted.items()
        )
    )


def render_link(url: str) -> Markup:
    """Render a link to the article's own page; nothing where it isn't an address of the web."""
    address = _WEB_ADDRESS.fullmatch(url)
    if address is None:
        return Markup("")
    return Markup(
        '<p><a href="{}" target="_blank" rel="noopener noreferrer">Read it at {}</a></p>'
    ).format(url, address[1])
