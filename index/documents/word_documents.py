"""Read .docx: the text of a Word document, by lxml and a paragraph at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from ..errors import DocumentError
from ..records import Article
from .fields import Place, make_article
from .packed import DAMAGE, open_table
from .sources import Source

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_BODY = re.compile(r"word/document\d*\.xml")
_TITLE = re.compile(r"title|heading1", re.IGNORECASE)
_PROPERTIES = "docProps/core.xml"
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_UNREAD = frozenset(["del", "moveFrom", "Fallback"])
"""Text that was deleted or moved away, and what stands for a drawing that is given twice."""


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the document's article, whose id is its place.

    Its paragraphs and the cells of its tables have an empty line between them. Insertions that
    nobody has accepted yet are part of it; deleted and hidden text, captions, headers, footers,
    footnotes and comments aren't. Title and author are those of its properties; for want of a
    title that of a first paragraph in such a style. The day it was saved isn't taken for that of
    publication.
    """
    from lxml.etree import XMLSyntaxError

    fields: dict[str, object] = {}
    with open_table(source) as table:
        names = table.namelist()
        body = next(filter(_BODY.fullmatch, names), None)
        if body is None:
            raise source.error("no Word document: no text is in it")
        try:
            with _open_part(source, table, body) as part:
                styled = list(_paragraphs(part))
            if _PROPERTIES in names:
                with _open_part(source, table, _PROPERTIES) as part:
                    fields = _read_properties(part)
        except (*DAMAGE, XMLSyntaxError) as error:
            raise source.error(f"damaged ({error}); open it in Word and save it anew") from error
    if styled and _TITLE.fullmatch(styled[0][0]):
        fields.setdefault("title", styled[0][1])
    text = "\n\n".join(text for style, text in styled if style.lower() != "caption")
    yield make_article(fields | {"text": text}, Place(source), source.place)


def _open_part(source: Source, table: ZipFile, name: str) -> IO[bytes]:
    limit = source.limits.document_bytes
    if table.getinfo(name).file_size > limit:
        raise source.error(
            f"larger than {limit:,} bytes when unpacked; split it, or raise the limit "
            "`document_bytes`"
        )
    return table.open(name)


def _paragraphs(part: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Yield the style and text of each paragraph that isn't empty.

    A text box stands within a paragraph and comes before the rest of it.
    """
    from lxml import etree

    waiting: list[tuple[str, list[str]]] = []
    unread = 0
    walk = etree.iterparse(
        part, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for event, element in walk:
        name = etree.QName(element).localname
        if name in _UNREAD:
            unread += 1 if event == "start" else -1
        elif name == "p" and event == "start":
            waiting.append(("", []))
        elif name == "p" and waiting:
            style, pieces = waiting.pop()
            if text := "".join(pieces).strip():
                yield style, text
            element.clear()
        elif name == "pStyle" and waiting:
            waiting[-1] = (next(iter(element.attrib.values()), ""), waiting[-1][1])
        elif name == "r" and event == "end" and waiting and not unread:
            waiting[-1][1].extend(_read_run(element))


def _read_run(run: _Element) -> Iterator[str]:
    """Yield the text of a run of one look; nothing if it is hidden."""
    from lxml import etree

    for child in run:
        name = etree.QName(child).localname
        if name == "rPr" and any(etree.QName(one).localname == "vanish" for one in child):
            return
        if name == "t":
            yield child.text or ""
        elif name in _MARKS:
            yield _MARKS[name]


def _read_properties(part: IO[bytes]) -> dict[str, object]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    found = {
        etree.QName(one).localname: (one.text or "").strip()
        for one in etree.parse(part, parser).getroot().iterchildren(etree.Element)
    }
    named = {"title": found.get("title"), "author": found.get("creator")}
    return {name: value for name, value in named.items() if value}
