"""Read .warc, the records of a crawl; the only importer of warcio."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from ..errors import DocumentError
from ..records import Article
from .encoding import decode
from .fields import Place, make_article
from .sources import Source
from .web_pages import NO_ARTICLE, find_article

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_HEADERS = 2**20
"""Most bytes of a record's headers; a library that reads them by the line would take any."""

_PIECE = 2**16
_GZIPPED = b"\x1f\x8b"


def read(source: Source) -> Iterator[Article | DocumentError]:
    """Yield the article of each web page that the crawl got; its id is the page's address.

    Records of anything else (requests, pictures, redirects, pages not found) are skipped. Memory
    is bounded by the largest page, and by `Limits.document_bytes`.

    Raises:
        DocumentError: It is damaged; the articles before that place have been yielded.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = pages = 0
    with source.open() as stream:
        guarded = _Guarded(stream, source)
        try:
            for record in ArchiveIterator(guarded):
                number += 1
                guarded.left = None
                if _is_page(record):
                    pages += 1
                    yield _read_page(record, Place(source, None, number))
                while record.raw_stream.read(_PIECE):
                    pass
                guarded.left = _HEADERS
        except (ArchiveLoadFailed, AttributeError, EOFError, OverflowError, ValueError) as error:
            # The library takes for granted that each record has an address.
            raise source.error(
                f"damaged after {number} records ({error}); fetch it anew to have what follows"
            ) from error
    if not pages:
        raise source.error(f"no web page is among its {number} records")


def _is_page(record: ArcWarcRecord) -> bool:
    head = record.http_headers
    if record.rec_type == "response":
        found = head is not None and head.get_statuscode() == "200"
        kind = head.get_header("Content-Type") if found else ""
    else:
        found = record.rec_type == "resource"
        kind = record.rec_headers.get_header("Content-Type")
    return found and (kind or "").lower().startswith(_PAGES)


def _read_page(record: ArcWarcRecord, place: Place) -> Article | DocumentError:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        head = record.http_headers or record.rec_headers
        charset = (head.get_header("Content-Type") or "").lower().partition("charset=")[2]
        content = decode(_read_content(record, place), charset.strip(" '\""))
        fields = find_article(content, place, url)
        if not fields:
            raise place.error(NO_ARTICLE)
        return make_article(fields, place, url)
    except DocumentError as error:
        return place.error(f"record {place.number} ({url[:200]}): {error.reason}")


def _read_content(record: ArcWarcRecord, place: Place) -> bytes:
    limit = place.source.limits.document_bytes
    too_large = place.error(f"larger than {limit:,} bytes; raise the limit `document_bytes`")
    if record.payload_length > limit:
        raise too_large
    coding = ""
    if record.http_headers:
        # The library would undo it without a limit.
        coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
        record.http_headers.remove_header("Content-Encoding")
    content: bytes = record.content_stream().read(limit)
    if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
        raise place.error("it breaks off; fetch it anew")
    try:
        content = _undo(coding, content, limit)
    except zlib.error as error:
        raise place.error(f"damaged ({error}); fetch it anew") from error
    if len(content) > limit:
        raise too_large
    return content


def _undo(coding: str, content: bytes, limit: int) -> bytes:
    """Undo a Content-Encoding, to no more than `limit` bytes and one."""
    if coding in {"", "identity"}:
        return content
    if coding == "br":
        import brotli

        try:
            return bytes(brotli.Decompressor().process(content, output_buffer_limit=limit + 1))
        except brotli.error as error:
            raise zlib.error(str(error)) from error
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise zlib.error(f"it is in an unknown encoding, {coding[:20]!a}")
    headless = coding == "deflate" and content[:1] != b"\x78"
    inflater = zlib.decompressobj(-zlib.MAX_WBITS if headless else zlib.MAX_WBITS | 32)
    return inflater.decompress(content, limit + 1)


class _Guarded(io.RawIOBase):
    """A stream that stops where headers go on for too long.

    Attributes:
        left: Bytes that headers may still take; None while something else is read.
    """

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        self.left: int | None = _HEADERS
        self._stream = stream
        self._source = source

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        if self.left == _HEADERS and piece.startswith(_GZIPPED):
            raise self._source.error("it is packed; name it .warc.gz")
        if self.left is not None:
            self.left -= len(piece)
            if self.left < 0:
                raise self._source.error("the headers of a record are too long; fetch it anew")
        return piece
