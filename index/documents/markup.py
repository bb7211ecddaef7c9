"""Turn HTML into paragraphs of text; the only importer of lxml for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from .fields import Place

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONG_VALUE = re.compile(r"=\s*(\"[^\"<>]{4000,}\"|'[^'<>]{4000,}')")
"""The value of an attribute that holds a picture or a script's data."""

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000}")
_ELEMENTS = 50_000
"""Most elements of a page, and characters of a tag: above these libraries take quadratic time."""

_SPACE = re.compile(r"[ \t\r\n\x0b\x0c]+")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption cell center dd details div dl doc dt fieldset"
    " footer form h1 h2 h3 h4 h5 h6 head header hr item lb li list main ol p pre quote row section"
    " summary table tbody td th thead tr ul".split()
)
"""What begins and ends a paragraph, in HTML and in what trafilatura makes of it. A line break does
too: pages use two, or one, between paragraphs."""

_NO_TEXT = frozenset(
    "applet audio button canvas datalist del embed figcaption iframe input math meter nav noscript"
    " object option progress s script select strike style svg template textarea title video".split()
)
_FURNITURE = re.compile(
    r"(advertisement|sponsored content|share this( article)?|read more|continue reading( below)?"
    r"|all rights reserved|the post .{1,300} appeared first on .{1,100}"
    r"|(©|\(c\)|copyright (©|\(c\)|\d{4})).{0,120})[.…:]?",
    re.IGNORECASE,
)


def parse(page: str, place: Place) -> HtmlElement | None:
    """Return the tree of a page or of a piece of one, what isn't shown left out; None if empty.

    What only a style sheet or a script hides can't be told and stays.

    Raises:
        DocumentError: It would take too long to read.
    """
    from lxml import etree, html

    page = _LONG_VALUE.sub('=""', _CONTROLS.sub("", page))
    if _LONG_TAG.search(page):
        raise place.error("a tag of it is longer than 20,000 characters; save its text as .txt")
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # an empty document
        return None
    elements = list(islice(tree.iter(etree.Element), _ELEMENTS + 1))
    if len(elements) > _ELEMENTS:
        raise place.error(f"more than {_ELEMENTS:,} elements are in it; save its text as .txt")
    for element in elements:
        if _is_hidden(element) and element.getparent() is not None:
            element.drop_tree()
    return tree


def _is_hidden(element: HtmlElement) -> bool:
    kept = element.tag == "script" and element.get("type") == "application/ld+json"
    return (
        (element.tag in {"script", "style", "template", "noscript"} and not kept)
        or "hidden" in element.attrib
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def write_text(tree: HtmlElement, without: Iterable[str] = ()) -> str:
    """Return the paragraphs of `tree` with an empty line between them.

    Captions and the furniture of a page ("Advertisement", a copyright line) are left out.

    Args:
        without: Paragraphs to leave out at the beginning, such as the title.
    """
    paragraphs = [p for p in _paragraphs(tree) if not _FURNITURE.fullmatch(p)]
    known = {_SPACE.sub(" ", one).strip().casefold() for one in without}
    while paragraphs and paragraphs[0].casefold() in known:
        del paragraphs[0]
    return "\n\n".join(paragraphs)


def _paragraphs(tree: HtmlElement) -> Iterator[str]:
    """Yield the runs of text between blocks, white space folded; not by recursion."""
    from lxml import etree

    pieces: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            if text := _SPACE.sub(" ", "".join(pieces)).strip():
                yield text
            pieces = []
        if element.tag in _NO_TEXT:
            skipped += 1 if event == "start" else -1
        text = element.text if event == "start" else element.tail
        if text and not skipped and (event == "start" or element is not tree):
            pieces.append(text)
    if text := _SPACE.sub(" ", "".join(pieces)).strip():
        yield text
