"""Who signs an article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import Article, Attribution, Mention
from .genders import gender_of_name
from .names import fold, key, parts, printed
from .referents import Named, join

_LEAD = re.compile(r"^\W*by\s+", re.IGNORECASE)
_ENDS = re.compile(r"\s*[,;|(@&]\s*(?:and\s+)?|(?<=\w\w)\.(?:\s|$)|\s+and\s+|\s+for\s+")
_WORD = re.compile(r"[A-Z][\w’'-]*\.?|d[aeiu]|de[lrn]|la|van|von|bin|al|el|y")
_BODIES = frozenset(
    "news staff board editors editor editorial press times post today journal service agency "
    "reuters media magazine network desk team tribune herald report correspondent wire".split()
)


def pieces(line: str) -> list[str]:
    """Return the names in a byline, outlets and all, as text would print them."""
    found = (printed(piece) for piece in _ENDS.split(_LEAD.sub("", line)))
    return [piece for piece in found if key(piece)]


def signers(article: Article) -> list[str]:
    """Return the people who sign an article; a newsroom, an agency or one name alone isn't any."""
    return [
        name
        for name in pieces(article.author)
        if 2 <= len(parts(name)) <= 4
        and all(map(_WORD.fullmatch, name.split()))
        and not _BODIES & {fold(word) for word in name.split()}
        and key(name) != key(article.outlet)
    ]


def sign(article: Article, written: Sequence[Attribution]) -> list[Mention]:
    """Return the mention of those who sign an article, for each of what they write in it."""
    names = signers(article)
    if not names:
        return []
    author = join(Named(name, "person") for name in names)
    return [
        Mention(
            attribution_id=one.id,
            name=author.name,
            kind=author.kind,
            gender=gender_of_name(parts(names[0])[0]) if len(names) == 1 else "",
            members=tuple((each.name, each.kind) for each in author.members),
        )
        for one in written
    ]
