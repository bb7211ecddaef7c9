"""Read .rss, .atom and .xml: a saved RSS or Atom feed; the only importer of feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import DocumentError
from ..records import Article
from .fields import Place, make_article
from .markup import parse, write_text
from .sources import Source

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_TAGS = 500_000
"""Most tags of a feed; the library takes about a minute for so many."""

_INVITATION = re.compile(r"\s*(?:read more|continue reading|full story)\W*\Z", re.IGNORECASE)


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the article of each entry, with the entry's own id if it has one.

    The text is the entry's content; where the feed gives only a summary, the summary is taken as
    a short article, and `extra` says `"summary_only": true`.

    Raises:
        DocumentError: It is no feed, or one that breaks off; the entries before that place have
            been yielded.
    """
    import feedparser

    # From memory, since a string would be taken for an address and fetched.
    content = source.read()
    if content.count(b"<") > _TAGS:
        raise source.error(f"it has more than {_TAGS:,} tags, as no feed has; split it")
    try:
        feed = feedparser.parse(
            io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False
        )
    except (RecursionError, ValueError) as error:
        raise source.error(f"the feed is damaged ({error}); fetch it anew") from error
    if not feed.get("version") and not feed.entries:
        raise source.error("no RSS or Atom feed is in it; other XML can't be read")
    for number, entry in enumerate(feed.entries, start=1):
        place = Place(source, None, number)
        try:
            yield make_article(_fields(entry, feed.feed.get("title", ""), place), place)
        except DocumentError as error:
            yield place.error(f"entry {number}: {error.reason}")
    fault = feed.get("bozo_exception")
    if fault and not isinstance(fault, feedparser.CharacterEncodingOverride):
        raise source.error(f"the feed is damaged ({fault}), entries may be missing; fetch it anew")
    if not feed.entries:
        raise source.error("empty: the feed has no entry")


def _fields(entry: FeedParserDict, outlet: str, place: Place) -> dict[str, object]:
    content = max((_text(part, place) for part in entry.get("content", ())), key=len, default="")
    summary = _text(entry.get("summary_detail", {}), place)
    fields: dict[str, object] = {
        "id": entry.get("id", ""),
        "title": " ".join(_text(entry.get("title_detail", {}), place).split()),
        "text": content or summary,
        "published": entry.get("published") or entry.get("updated") or "",
        "author": [one["name"] for one in entry.get("authors", ()) if one.get("name")],
        "outlet": entry.get("source", {}).get("title") or outlet,
        "url": entry.get("link", ""),
    }
    return fields | {"summary_only": True} if summary and not content else fields


def _text(part: FeedParserDict, place: Place) -> str:
    """Return the paragraphs of a piece of a feed."""
    value = part.get("value") or ""
    if part.get("type") == "text/plain":
        return str(value).strip()
    tree = parse(value, place)
    return _INVITATION.sub("", write_text(tree)) if tree is not None else ""
