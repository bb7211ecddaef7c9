"""Read .html, a page as saved from a news site; the only importer of trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from ..errors import DocumentError
from ..records import Article
from .encoding import decode
from .fields import Place, make_article
from .markup import parse, write_text
from .sources import Source

for _name in ("trafilatura", "htmldate"):
    # They warn of each page without an article; without a handler that would go to stderr.
    logging.getLogger(_name).addHandler(logging.NullHandler())

NO_ARTICLE = "no article is found in this page; save it when it has loaded, or its text as .txt"

_TAG = re.compile(r"<[a-zA-Z]")

_DATES = {
    "extensive_search": False,  # any date on the page would do for it
    "original_date": True,
    "min_date": "1800-01-01",
    "max_date": "2999-12-31",
}


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the page's article, whose id is its place.

    Its text are the paragraphs, headings and lists of the article with an empty line between
    them: no captions, navigation, comments, advertisements or hidden text. Title, author, outlet,
    address and day are those of the page's metadata; a day that it doesn't give isn't guessed.
    """
    fields = find_article(decode(source.read()), Place(source))
    if not fields:
        raise source.error(NO_ARTICLE)
    yield make_article(fields, Place(source), source.place)


def find_article(page: str, place: Place, url: str = "") -> dict[str, object]:
    """Return the fields of the article in a page; nothing where there is none.

    Args:
        url: Where the page was, if it doesn't say so itself.

    Raises:
        DocumentError: It would take too long to read.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    tree = parse(page, place) if _TAG.search(page) else None
    if tree is None:
        return {}
    for table in tree.xpath("//table[.//td//*[self::p or self::br or self::table]]"):
        # It lays out the page, as old ones are, and what is in it is no table.
        for element in table.iter("table", "tbody", "tr", "th", "td"):
            element.tag = "div"
    found = bare_extraction(
        tree,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dict(_DATES),
    )
    if not isinstance(found, Document):
        return {}
    text = write_text(found.body, [found.title or ""])
    fields: dict[str, object] = {
        "text": text,
        "title": found.title or "",
        "author": (found.author or "").replace("; ", ", "),
        "outlet": found.sitename or "",
        "published": found.date or "",
        "url": found.url or url,
    }
    return fields if text else {}
