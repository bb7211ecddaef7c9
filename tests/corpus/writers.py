"""Write small documents of each format that isn't plain text; what they hold is given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(*paragraphs: str, head: str = "", body: str = "") -> bytes:
    """Return a web page whose article has the paragraphs given; `head` and `body` are HTML."""
    marked = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body><article>{marked}</article>{body}</body></html>"
    ).encode()


def feed(*items: str, title: str = "Ostrey Herald") -> bytes:
    """Return an RSS feed; each item is the XML within it."""
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{escape(title)}</title>{entries}</channel></rss>"
    ).encode()


def message(text: str, *, kind: str = "text/plain; charset=utf-8", **headers: str) -> bytes:
    """Return a message of one part."""
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"{head}Content-Type: {kind}\r\n\r\n{text}".encode()


def word(body: str, properties: str = "") -> bytes:
    """Return a Word document; `body` is what stands in w:body, `properties` in the core ones."""
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    }
    if properties:
        parts["docProps/core.xml"] = (
            '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{properties}</p:coreProperties>"
        )
    return packed({name: part.encode() for name, part in parts.items()})


def word_paragraph(text: str, style: str = "") -> str:
    """Return a paragraph for `word`."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a .zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as table:
        for name, content in members.items():
            table.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def warc(*responses: tuple[str, str, bytes]) -> bytes:
    """Return a crawl: of each response the address, the HTTP status with headers, and the body."""
    records = []
    for url, head, body in responses:
        block = f"HTTP/1.1 {head}\r\n\r\n".encode() + body
        records.append(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Record-ID: <urn:uuid:0c5a5e3a-6f0e-4d7e-9d5b-6f4f8f1c2a3b>\r\n"
            "WARC-Date: 2031-04-09T08:00:00Z\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n".encode()
            + block
            + b"\r\n\r\n"
        )
    return b"".join(records)


def pdf(pages: Iterable[Sequence[tuple[float, float, float, str]]], **properties: str) -> bytes:
    """Return a PDF; of each line on a page the place from the left and below, size, and text.

    The font is Helvetica. A page without a line has a picture.
    """
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", _FONT, _PICTURE]
    kids = []
    for lines in pages:
        drawn = [
            f"BT /F {size} Tf {x} {y} Td ({_quoted(text)}) Tj ET" for x, y, size, text in lines
        ]
        content = "\n".join(drawn) or "500 0 0 700 50 50 cm /I Do"
        shown = "/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
        place = f"/MediaBox[0 0 600 800]/Contents {len(objects) + 1} 0 R"
        kids.append(f"{len(objects) + 2} 0 R")
        objects += [
            f"<</Length {len(content)}>>stream\n{content}\nendstream",
            f"<</Type/Page/Parent 2 0 R{place}{shown}>>",
        ]
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    named = "".join(f"/{name}({_quoted(value)})" for name, value in properties.items())
    objects.append(f"<<{named}>>")
    return write_objects(objects)


def write_objects(objects: Sequence[str]) -> bytes:
    """Return a PDF of these objects: the first is the catalogue, the last the properties."""
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    root = f"trailer<</Size {count}/Root 1 0 R/Info {len(objects)} 0 R>>"
    end = f"startxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {count}\n0000000000 65535 f \n{table}{root}\n{end}".encode()


def _quoted(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_PICTURE = (
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    "/Length 1>>stream\n@\nendstream"
)
