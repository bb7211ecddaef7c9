"""Read .eml: a message, such as a press release or a newsletter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
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


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the message as an article, whose id is its Message-ID, or its place.

    The text is the plain one if there is one, up to the signature, with the lines of a paragraph
    joined again where a mail program broke them; else the paragraphs of its HTML. The sender is
    the author; the outlet isn't guessed. Attachments aren't read; `extra["attachments"]` names
    them.
    """
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(source.read())
    if not message.keys():
        raise source.error("no message is in it: it has no headers such as From and Subject")
    text = _read_body(message)
    if not text.strip():
        raise source.error("no text is in this message; save what is attached as files")
    senders = getaddresses([str(message["From"] or "")])
    fields: dict[str, object] = {
        "id": str(message["Message-ID"] or "").strip("<> \t"),
        "title": str(message["Subject"] or ""),
        "text": text,
        "published": str(message["Date"] or ""),
        "author": [name or address for name, address in senders if name or address],
    }
    attached = [part.get_filename() for part in message.walk() if part.is_attachment()]
    if attached:
        fields["attachments"] = [name or "?" for name in attached]
    yield make_article(fields, Place(source), source.place)


def _read_body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = decode(content, part.get_content_charset() or "").replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        tree = parse(text)
        return write_text(tree) if tree is not None else ""
    return _join_lines(_SIGNATURE.sub("", text).strip("\n"))


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
