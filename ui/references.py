"""One citation as a reference to be pasted elsewhere: plain, Markdown, BibTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rag import Citation

from .wording import name_speaker, name_stance, write_day

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
        "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    }
)  # fmt: skip


def write_plain(citation: Citation) -> str:
    """Return the words, who says them and where, as one line of plain text."""
    article = citation.article
    place = [article.title, article.outlet, _day(citation), article.url]
    return f"{_said(citation)}: {quote_words(citation)} ({', '.join(filter(None, place))})"


def write_markdown(citation: Citation) -> str:
    """Return the words as a Markdown block quotation, with its source below."""
    article = citation.article
    title = _escape(article.title or "Article")
    if re.fullmatch(r"https?://[^\s()<>]+", article.url):
        title = f"[{title}]({article.url})"
    outlet = f"*{_escape(article.outlet)}*" if article.outlet else ""
    place = ", ".join(filter(None, [title, outlet, _day(citation)]))
    return f"> {_escape(quote_words(citation))}\n>\n> — {_escape(_said(citation))}, {place}"


def write_bibtex(citation: Citation) -> str:
    """Return the article as a BibTeX entry whose note holds the words cited."""
    article = citation.article
    day = article.published
    fields = {
        "author": f"{{{_tex(article.author)}}}" if article.author else "",
        "title": f"{{{_tex(article.title or 'Article without a title')}}}",
        "journal": _tex(article.outlet),
        "year": str(day.year) if day else "",
        "month": str(day.month) if day else "",
        "day": str(day.day) if day else "",
        "url": re.sub(r"[{}\\\s]", "", article.url),
        "note": _tex(f"{_said(citation)}: {quote_words(citation)}"),
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return "@article{{{},\n{}\n}}".format(_key(citation), "\n".join(lines))


STYLES: Mapping[str, Callable[[Citation], str]] = {
    "Plain text": write_plain,
    "Markdown": write_markdown,
    "BibTeX": write_bibtex,
}
"""What a citation can be copied as."""


def quote_words(citation: Citation) -> str:
    """Return the cited words, what the article has between them as an ellipsis."""
    words = (" ".join(citation.article.quote(span).split()) for span in citation.highlights)
    return " … ".join(words)


def _said(citation: Citation) -> str:
    found = citation.attribution
    return f"{name_speaker(citation)} {name_stance(found)}" if found else name_speaker(citation)


def _day(citation: Citation) -> str:
    return write_day(citation.article.published) if citation.article.published else ""


def _key(citation: Citation) -> str:
    name = re.findall(r"[a-z]+", name_speaker(citation).lower()) or ["article"]
    day = citation.article.published
    return f"{name[-1]}{day:%Y%m%d}" if day else f"{name[-1]}{citation.number}"


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)
