"""Read .pdf: the text layer, put together again from its lines."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import DocumentError
from ..records import Article
from .fields import Place, make_article
from .pdf_layout import Line, Page, join_lines
from .sources import Source

_READER = Path(__file__).with_name("pdf_lines.py")
_NO_TITLE = re.compile(r"about:blank|untitled.*|microsoft word - .*|.*\.\w{2,4}", re.IGNORECASE)


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the document's article, whose id is its place.

    Its lines are joined into paragraphs with an empty line between them; columns are read one
    after another, running heads and page numbers left out, and words that a line end broke joined.
    Title and author are those of its properties. The day it was made isn't taken for that of
    publication. A whole newspaper page is one article.

    A page that is but a picture is reported, and the others are read.

    Raises:
        DocumentError: No page has a text layer, it needs a password, it is damaged, or it takes
            longer than the limits allow.
    """
    found = _read_lines(source)
    pages = [
        Page(page["height"], [Line(*line) for line in page["lines"]]) for page in found["pages"]
    ]
    text = "\n\n".join(join_lines(pages))
    pictures = ", ".join(map(str, found["pictures"]))
    hint = "recognise it first, for example with OCRmyPDF"
    if not text:
        raise source.error(f"no text layer: it is scanned, or has only pictures; {hint}")
    title = (found["properties"]["Title"] or "").strip()
    fields = {
        "text": text,
        "title": "" if _NO_TITLE.fullmatch(title) else title,
        "author": found["properties"]["Author"] or "",
    }
    yield make_article(fields, Place(source), source.place)
    if pictures:
        yield source.error(f"no text layer on pages {pictures}; {hint}; the others were read")


def _read_lines(source: Source) -> dict[str, Any]:
    limits = source.limits
    # -P: the modules beside the program would hide those of the standard library.
    command = [sys.executable, "-P", str(_READER), str(limits.pages), str(limits.characters)]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and nothing of the document in it
            command, input=source.read(), capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise source.error(
            f"takes longer than {limits.seconds} s; print it to a new PDF, or raise the "
            "limit `seconds`"
        ) from error
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise source.error(f"can't be read ({last or done.returncode}); print it to a new PDF")
    found: dict[str, Any] = json.loads(done.stdout)
    if reason := found.get("error"):
        raise source.error(
            f"can't be read ({reason}); remove its password, print it to a new PDF or, where it is "
            "too large, raise the limit that it breaks"
        )
    return found
