"""Letters to the editor and readers' comments: each is the words of whoever signs below it.

LETTERS                                         a heading: what stands above it is the paper's
The council should mend the weir bridge ...     the letter
Petra Holm.                                     who signs it
Halden                                          where from; or nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..records import Article, Attribution, Span
from . import paragraphs

LEAST = 4
"""Words of a letter's paragraph."""

_LETTERS = (
    r"(?:your |our |more )?letters?(?: to (?:the )?editors?)?|to the editors?|"
    r"readers['’]? (?:letters|views|comments|write|respond)"
)
_FIRST = re.compile(rf"\W*(?:{_LETTERS})\W*", re.IGNORECASE)
_NEXT = re.compile(
    rf"\W*(?:{_LETTERS}|facebook|twitter|have your say|(?:your|reader) (?:views|comments))\W*",
    re.IGNORECASE,
)
"""Headings of further letters; at the top of a page they may be buttons."""

_NAME = re.compile(
    r"\s*[—–-]*\s*(?P<name>(?:[A-Z]\.? )*[A-Z][\w'’-]+\.?"
    r"(?: (?:[A-Z][\w'’-]*\.?|d[aeiu]|de[lrn]|la|van|von|bin|al|el))*"
    r" [A-Z][\w'’-]+(?:,? (?:Jr|Sr)\b)?)(?:,(?: [A-Z][\w.’'-]*,?)+)?\W*",
)
_TOP = 3
"""Lines within which the first heading stands: further down it may be a picture's credit."""

_MOST, _PLACE, _LONGEST = 5, 8, 100
"""Words of a name, and of a line with a name and a place, and characters of that."""


def find(article: Article, sentences: Sequence[Span]) -> list[Attribution]:
    """Return what readers write, as attributions without a cue whose source is the signature.

    None where no heading at the top says that letters follow.
    """
    signed = [
        (signature, piece)
        for signature, lines in _letters(article.text)
        for line in lines
        for piece in paragraphs.cut(article.text, line, sentences)
        if len(article.quote(piece).split()) >= LEAST
    ]
    return [
        Attribution(
            id=f"{article.id}#l{number}",
            article_id=article.id,
            source=(signature,),
            cue=(),
            content=(piece,),
            kind="written",
        )
        for number, (signature, piece) in enumerate(signed)
    ]


def _letters(text: str) -> Iterator[tuple[Span, list[Span]]]:
    """Yield each signature and the paragraphs above it."""
    letter: list[Span] | None = None  # nothing is a letter before the first heading
    for number, line in enumerate(paragraphs.split(text)):
        opens = letter is None and number < _TOP and _FIRST.fullmatch(text, *line)
        if opens or (letter is not None and _NEXT.fullmatch(text, *line)):
            letter = []
        elif letter and (name := _signature(text, line)):
            yield name, letter
            letter = []
        elif letter is not None and (letter or not _is_place(text, line)):
            letter.append(line)


def _signature(text: str, line: Span) -> Span | None:
    """Return the name of a line that has nothing but a name, and at most where from."""
    if line.end - line.start > _LONGEST:
        return None
    found = _NAME.fullmatch(text, *line)
    if found is None or len(found["name"].split()) > _MOST or len(found[0].split()) > _PLACE:
        return None
    return Span(*found.span("name"))


def _is_place(text: str, line: Span) -> bool:
    """Say whether a line below a signature tells where it was written, or who signs."""
    words = text[line.start : line.end].split()
    return len(words) <= _PLACE and all(w[0].isupper() or not w[0].isalpha() for w in words)
