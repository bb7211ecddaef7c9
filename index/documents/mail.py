"""Read .eml: a message, such as a press release or a newsletter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses

from ..errors import DocumentError
from ..records import Article
from .encoding import decode
from .fields import Place, make_article
from .markup import parse, write_text
from .sources import Source

_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_ITEM = re.compile(r"[>|*•–-]|\d+[.)]\s")
_NARROWEST, _WIDEST = 50, 80
"""Characters of the widest line where a mail program has broken lines."""

_FULL = 0.85
"""Share of the widest line that a full one comes to, the next word counted."""

_LONG_HEADER = re.compile(rb"^[!-9;-~]+:(?:[^\n]|\n[ \t]){20000}", re.MULTILINE)
_PARTS = 5000
"""Most parts of a message, and bytes of a header: above these the library takes quadratic time."""


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the message as an article, whose id is its Message-ID, or its place.

    The text is the plain one if there is one, up to the signature, with the lines of a paragraph
    joined again where a mail program broke them; else the paragraphs of its HTML. The sender is
    the author; the outlet isn't guessed. Attachments aren't read; `extra["attachments"]` names
    them.
    """
    content = source.read()
    if content.count(b"\n--") > _PARTS or _LONG_HEADER.search(content):
        raise source.error("it has more parts, or a longer header, than any message; save its text")
    # The newer policies parse each header, and raise for many that are malformed.
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(content)
    except RecursionError as error:
        raise source.error("its parts are nested too deeply; save its text") from error
    if not message.keys():
        raise source.error("no message is in it: it has no headers such as From and Subject")
    parts = list(message.walk())
    attached = [part for part in parts if part.get_content_disposition() == "attachment"]
    text = _read_body([part for part in parts if part not in attached], Place(source))
    if not text.strip():
        raise source.error("no text is in this message; save what is attached as files")
    fields: dict[str, object] = {
        "id": _header(message, "Message-ID").strip("<>"),
        "title": _header(message, "Subject"),
        "text": text,
        "published": _header(message, "Date"),
        "author": _read_senders(_header(message, "From")),
    }
    if attached:
        fields["attachments"] = [_plain(part.get_filename() or "?") for part in attached]
    yield make_article(fields, Place(source), source.place)


def _header(message: Message, name: str) -> str:
    """Return a header as text, white space folded; empty where there is none."""
    raw = message.get(name, "")
    try:
        return _plain(str(make_header(decode_header(raw))))
    except (HeaderParseError, LookupError, UnicodeError):  # an encoding that there isn't
        return _plain(str(raw))


def _read_senders(header: str) -> list[str]:
    """Return their names, or addresses where they have none."""
    try:
        senders = getaddresses([header])
    except RecursionError:  # thousands of brackets, which nobody is called
        return [header]
    return [name or address for name, address in senders if name or address]


def _plain(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", "").split())


def _read_body(parts: list[Message], place: Place) -> str:
    """Return the text of the first plain part, or for want of it of the first HTML one."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            content = part.get_payload(decode=True)
            if part.get_content_type() != kind or not isinstance(content, bytes):
                continue
            text = decode(content, part.get_content_charset() or "").replace("\r\n", "\n")
            if kind == "text/plain":
                return _join_lines(_SIGNATURE.sub("", text).strip("\n"))
            tree = parse(text, place)
            return write_text(tree) if tree is not None else ""
    return ""


def _join_lines(text: str) -> str:
    """Join each line with the next that stands below it only because the line was full."""
    lines = [line.rstrip() for line in text.split("\n")]
    widest = max(map(len, lines))
    if not _NARROWEST <= widest <= _WIDEST:
        return "\n".join(lines)
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        word = following.partition(" ")[0]
        full = line and word and len(line) + 1 + len(word) > _FULL * widest
        pieces.append(line + (" " if full and not _ITEM.match(following) else "\n"))
    return "".join(pieces).rstrip("\n")
