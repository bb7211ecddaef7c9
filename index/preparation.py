"""One article from its text to all that is stored of it, but for the vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from . import attributions, language, passages, speakers
from .embedding import Embedder, Encoding
from .language import Parser
from .options import BuildOptions
from .records import Article, Attribution, Mention, Parse, Passage
from .store import Row
from .token_vectors import TokenVectors, Vectors, compress
from .tokens import count_tokens

TITLE_WORDS = 30
"""Words of a title that are encoded before each passage of its article."""

TITLE_SHARE = 0.25
"""Most of what the embedder reads at once that a title may take up."""


class Prepared(NamedTuple):
    """An article read, parsed and cut; not yet encoded.

    Attributes:
        prefix: What is encoded before each passage.
    """

    article: Article
    passages: list[Passage]
    attributions: list[tuple[Attribution, Mention | None]]
    prefix: str

    def texts(self) -> list[str]:
        """Return what is encoded, one text a passage."""
        return [self.prefix + self.article.quote(passage.span) for passage in self.passages]


def prepare(
    article: Article, options: BuildOptions, embedder: Embedder, parser: Parser
) -> Prepared:
    """Parse once; cut, find and resolve from that one parse.

    Where nothing is to be found, sentences alone are told, which costs far less than a parse.
    """
    if options.finder == "none":
        parse = Parse(tokens=(), sentences=language.split(article.text), entities=())
    else:
        parse = parser.parse(article.text)
    prefix = _prefix(article.title, embedder)
    cut = passages.cut(
        article,
        parse.sentences,
        options,
        count=count_tokens,
        fits=lambda text: embedder.count(prefix + text) <= embedder.limit,
    )
    found = attributions.find(article, parse, options.finder)
    written = attributions.find_written(article, parse, found, speakers.signers(article))
    sourced = [*found, *(one for one in written if one.source)]
    signed = [one for one in written if not one.source]
    named = [*speakers.resolve(article, parse, sourced), *speakers.sign(article, signed)]
    names = {mention.attribution_id: mention for mention in named}
    return Prepared(article, cut, [(a, names.get(a.id)) for a in (*found, *written)], prefix)


def _prefix(title: str, embedder: Embedder) -> str:
    """Return what is encoded before each passage: the title, cut so as to leave it room."""
    words = title.split()[:TITLE_WORDS]
    while words and embedder.count(" ".join(words)) > embedder.limit * TITLE_SHARE:
        words.pop()
    return f"{' '.join(words)}. " if words else ""


def in_batches(prepared: Iterable[Prepared], size: int) -> Iterator[list[Prepared]]:
    """Yield articles together that have `size` passages or more."""
    batch: list[Prepared] = []
    for item in prepared:
        batch.append(item)
        if sum(len(one.passages) for one in batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def make_rows(one: Prepared, encodings: Sequence[Encoding], projection: Vectors) -> list[Row]:
    """Return an article's rows from the encodings of its `texts`."""
    return [
        Row(
            passage,
            encoding.vector,
            TokenVectors(
                compress(encoding.tokens, projection),
                encoding.ids,
                encoding.starts - len(one.prefix),
            ),
            _beginning_in(passage, one),
        )
        for passage, encoding in zip(one.passages, encodings, strict=True)
    ]


def _beginning_in(passage: Passage, one: Prepared) -> list[tuple[Attribution, Mention | None]]:
    """Return the attributions whose content begins in a passage or in the gap before the next."""
    following = [p.span.start for p in one.passages if p.span.start > passage.span.start]
    first = passage.span.start if passage is not one.passages[0] else 0
    last = min(following, default=len(one.article.text) + 1)
    return [pair for pair in one.attributions if first <= pair[0].content[0].start < last]
