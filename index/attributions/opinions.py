"""What an opinion piece says in its author's own voice, paragraph by paragraph.

No cue says so: the whole article is the statement of whoever signs it (the "writer" as the source
of the Penn Discourse Treebank: Prasad and others, Attribution and its annotation in the PDTB,
TAL 47, 2006). So these are found apart, and only where an article shows that it is such a piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..records import Article, Attribution, Parse, Span
from . import paragraphs, quotations

LEAST = 8
"""Words of a paragraph that is taken."""

SELF = 3
"""How often an author says "I" or "my" in an opinion piece, at least."""

_SELF = frozenset(("i", "me", "my", "mine", "myself"))
_WORD = re.compile(r"\w+")
_SECTION = re.compile(
    r"opinion|op-?ed\b|commentary|columns?\b|columnists?\b|editorial|essay", re.IGNORECASE
)
_PATH = re.compile(
    r"^https?://[^/]+/(?:.*/)?(?:opinions?|op-?eds?|commentary|columns?|columnists?|editorials?)/",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\W*(?:opinion|op-?ed|commentary|column|my view)\s*[:|–—-]|"
    r"[|–—-]\s*(?:opinion|op-?ed|commentary|column)\W*$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:follow|e-?mail|write to|contact|reach|subscribe|read more|copyright)\b|@\w|https?://|\bwww\.",
    re.IGNORECASE,
)
_TAIL = 3
"""Paragraphs at the end in which an article may say who its author is."""


def find(
    article: Article, parse: Parse, found: Sequence[Attribution], signers: Sequence[str]
) -> list[Attribution]:
    """Return what the author says, as attributions without source and cue; none of a report.

    Args:
        found: The attributions that have a source or a cue.
        signers: The people who sign the article.
    """
    if not signers:
        return []
    others = [
        span
        for stated in found
        if stated.kind != "indirect" or _is_turn(article, stated)
        for span in stated.content
    ]
    others += [mark.span for mark in quotations.find(article.text)]
    lines = paragraphs.split(article.text)
    biography = _biography(article.text, lines, signers)
    if not (biography or _is_filed_as_one(article) or _says_i(parse, others)):
        return []
    pieces = [
        piece
        for line in lines
        if line not in biography and not _NOTICE.search(article.quote(line))
        for piece in paragraphs.cut(article.text, line, parse.sentences)
        if _is_own(article.text, piece, others)
    ]
    return [
        Attribution(
            id=f"{article.id}#w{number}",
            article_id=article.id,
            source=(),
            cue=(),
            content=(piece,),
            kind="written",
        )
        for number, piece in enumerate(pieces)
    ]


def _is_turn(article: Article, stated: Attribution) -> bool:
    """Say whether it is what somebody says in a transcript: "MR ROE: Yes."."""
    cue = "".join(map(article.quote, stated.cue))
    return bool(stated.source) and not any(map(str.isalnum, cue))


def _is_filed_as_one(article: Article) -> bool:
    """Say whether the outlet files the article under opinion."""
    sections = (str(v) for k, v in article.extra.items() if k.lower() in ("section", "category"))
    return (
        _PATH.match(article.url) is not None
        or _TITLE.search(article.title) is not None
        or any(map(_SECTION.search, sections))
    )


def _says_i(parse: Parse, others: Sequence[Span]) -> bool:
    own = (token for token in parse.tokens if token.text.lower() in _SELF and token.tag != "CD")
    return sum(not _inside(token.start, others) for token in own) >= SELF


def _biography(text: str, lines: Sequence[Span], signers: Iterable[str]) -> list[Span]:
    """Return the last paragraphs that say who the author is ("Jo Lee is a retired teacher.")."""
    names = "|".join(re.escape(name.rsplit(maxsplit=1)[-1]) for name in signers)
    told = re.compile(
        rf"\b(?:{names})\b,? (?:is|was|are|were|teaches|writes|served|an?|the)\b", re.IGNORECASE
    )
    return [line for line in lines[-_TAIL:] if told.search(text[line.start : line.end])]


def _is_own(text: str, piece: Span, others: Sequence[Span]) -> bool:
    """Say whether a piece has words enough and most of them aren't somebody else's."""
    words = [found.start() for found in _WORD.finditer(text, *piece)]
    foreign = sum(_inside(word, others) for word in words)
    return len(words) >= LEAST and foreign * 2 <= len(words)


def _inside(place: int, spans: Iterable[Span]) -> bool:
    return any(span.start <= place < span.end for span in spans)
