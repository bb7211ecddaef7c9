"""A program of its own: a PDF on standard input to its lines, as JSON, on standard output.

`pdf` runs it, so that a PDF that crashes the library, or never ends, costs one document. It is
the only importer of pypdfium2, and imports nothing of this package.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from ctypes import c_double
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

Line = tuple[str, float, float, float, float, float]
"""As `pdf_layout.Line`."""

_MEMORY = 4 * 2**30
"""Bytes of address space that reading a PDF may take."""


def main() -> None:
    """Print what is in the PDF, or what is wrong with it."""
    most_pages, most_characters = map(int, sys.argv[1:])
    _limit_memory()
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        found = _read(document, most_pages, most_characters)
    except pypdfium2.PdfiumError as error:
        found = {"error": str(error)}
    sys.stdout.write(json.dumps(found))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):  # nor on a Mac, nor over what the system allows already
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _read(document: PdfDocument, most_pages: int, most_characters: int) -> dict[str, Any]:
    """Return the lines of each page, which pages are but pictures, and the properties."""
    if len(document) > most_pages:
        return {"error": f"it has {len(document)} pages"}
    pages: list[Any] = []
    pictures: list[int] = []
    left = most_characters
    for number in range(len(document)):
        page = document[number]
        lines = list(_lines(page.get_textpage(), left))
        if not lines and _has_picture(page):
            pictures.append(number + 1)
        left -= sum(len(line[0]) for line in lines)
        pages.append({"height": page.get_height(), "lines": lines})
        page.close()
        if left < 0:
            return {"error": f"it has more than {most_characters} characters"}
    properties = {name: document.get_metadata_value(name) for name in ("Title", "Author")}
    return {"pages": pages, "pictures": pictures, "properties": properties}


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def _lines(text: PdfTextPage, most: int) -> Iterator[Line]:
    """Yield each line of at most about `most` characters of a page."""
    from pypdfium2.raw import FPDFText_GetUnicode

    characters: list[str] = []
    places: list[int] = []
    for index in range(min(text.count_chars(), most + 1)):
        code = FPDFText_GetUnicode(text.raw, index)
        if code in {0x0A, 0x0D}:
            if places:
                yield _line(text, characters, places)
            characters, places = [], []
            continue
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        characters.append(character)
        if not character.isspace():
            places.append(index)
    if places:
        yield _line(text, characters, places)


def _line(text: PdfTextPage, characters: list[str], places: list[int]) -> Line:
    from pypdfium2.raw import FPDFText_GetCharOrigin

    left, base, last = c_double(), c_double(), c_double()
    FPDFText_GetCharOrigin(text.raw, places[-1], left, last)
    FPDFText_GetCharOrigin(text.raw, places[0], left, base)
    right = text.get_charbox(places[-1], loose=True)[2]
    # The size that the font is set to says nothing where the page is scaled.
    _, bottom, _, top = text.get_charbox(places[len(places) // 2], loose=True)
    return "".join(characters).strip(), left.value, right, base.value, last.value, top - bottom


if __name__ == "__main__":
    main()
