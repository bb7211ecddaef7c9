"""Cut a parse into the chunks that the tagger's network reads, with what it needs of each word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..records import Parse, Token
from . import quotations

BUDGET = 288
"""Most wordpieces in a chunk, with its two boundary pieces; attention grows with its square."""
LONGEST = 6
"""Wordpieces kept of one word: a web address of 60 pieces would crowd out a sentence."""

FIRST, LAST, UNKNOWN = 101, 102, 100
"""BERT's [CLS], [SEP] and [UNK]."""

TAGS = (
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW",
    "HYPH", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT",
    "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG",
    "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
)  # fmt: skip
LABELS = (
    "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux",
    "auxpass", "case", "cc", "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep",
    "det", "dobj", "expl", "intj", "mark", "meta", "neg", "nmod", "npadvmod", "nsubj",
    "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet",
    "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
ENTITIES = ("PERSON", "ORG", "NORP", "GPE")
BRANCHES = ("self", "above", "beside", "before", "after", "paragraph before", "paragraph after")
"""Where a word stands to a cue that it doesn't hang on; one that does is told by the label of the
cue's child that it hangs on."""

_OUT, _IN, _OPENING, _CLOSING = range(4)
_WITHIN, _SENTENCE, _PARAGRAPH = range(3)

_TAG = {tag: place for place, tag in enumerate(TAGS, 1)}
_LABEL = {label: place for place, label in enumerate(LABELS, 1)}
_ENTITY = {label: place for place, label in enumerate(ENTITIES, 2)}
_SELF, _ABOVE, _BESIDE, _BEFORE, _AFTER, _FAR_BEFORE, _FAR_AFTER = range(
    len(LABELS) + 1, len(LABELS) + 1 + len(BRANCHES)
)
SIZES = {"state": 4, "tag": len(TAGS) + 1, "label": len(LABELS) + 1, "entity": len(ENTITIES) + 2}
"""How many values each feature of a word has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Words that the network reads at once.

    Attributes:
        first: Place of the first word in `Parse.tokens`; `last` is one past the last.
        pieces: Wordpiece ids, boundary pieces included.
        words: For every piece the word that it is of, counted from 1 in the chunk; 0 at the ends.
        heads: For every word, its first piece.
        features: For every piece the values of `SIZES`, in that order; zeros at the ends.
    """

    first: int
    last: int
    pieces: list[int]
    words: list[int]
    heads: list[int]
    features: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the words of an article stand on the page.

    Attributes:
        lines: For every token the number of its line, blank lines not counted.
        quotations: The tokens of each outermost quotation, marks included.
        states: For every token 0 outside of quotations, 1 inside, 2 opening, 3 closing mark.
    """

    lines: list[int]
    quotations: list[range]
    states: list[int]


def lay_out(text: str, tokens: Sequence[Token]) -> Layout:
    """Return the layout of the tokens of `text`."""
    ends = [0, *(token.end for token in tokens)]
    breaks = ("\n" in text[end : token.start] for end, token in zip(ends, tokens, strict=False))
    states = [_OUT] * len(tokens)
    quoted = []
    starts = [token.start for token in tokens]
    for (start, end), closed, depth in quotations.find(text):
        inside = range(bisect_left(starts, start), bisect_left(starts, end))
        if depth or not inside:
            continue
        quoted.append(inside)
        states[inside.start : inside.stop] = [_IN] * len(inside)
        if closed and tokens[inside[-1]].end == end and not _is_word(tokens[inside[-1]]):
            states[inside[-1]] = _CLOSING
        if starts[inside[0]] == start and not _is_word(tokens[inside[0]]):
            states[inside[0]] = _OPENING
    return Layout(lines=list(accumulate(map(int, breaks))), quotations=quoted, states=states)


def cut(
    parse: Parse,
    layout: Layout,
    encode: Callable[[str], list[int]],
    *,
    first: int = BUDGET,
) -> Iterator[Chunk]:
    """Yield chunks that cover the parse, of whole paragraphs or else sentences where they fit.

    Args:
        parse: The words.
        layout: Theirs.
        encode: Word to wordpiece ids.
        first: Budget of the first chunk; training moves the edges with it.
    """
    words = list(zip(parse.tokens, layout.states, strict=True))
    pieces = [encode(_plain(token.text, state))[:LONGEST] or [UNKNOWN] for token, state in words]
    features = [
        (state, _TAG.get(token.tag, 0), _LABEL.get(token.dep, 0), _entity(token, parse))
        for token, state in words
    ]
    lengths = [len(own) for own in pieces]
    for start, end in windows(lengths, _breaks(parse.tokens, layout.lines), first - 2):
        yield _chunk(start, pieces[start:end], features[start:end])


def branches(
    tokens: Sequence[Token], lines: Sequence[int], cue: int, first: int, last: int
) -> list[int]:
    """Return for every token in `first` to `last` where it stands to the cue in the syntax tree."""
    above, place = {cue}, cue
    while tokens[place].head not in above:
        place = tokens[place].head
        above.add(place)
    known = dict.fromkeys(above, _ABOVE) | {cue: _SELF}
    found = []
    for place in range(first, last):
        if tokens[place].sentence == tokens[cue].sentence:
            found.append(_branch(tokens, known, cue, place))
        elif place < cue:
            found.append(_BEFORE if lines[place] == lines[cue] else _FAR_BEFORE)
        else:
            found.append(_AFTER if lines[place] == lines[cue] else _FAR_AFTER)
    return found


def _branch(tokens: Sequence[Token], known: dict[int, int], cue: int, place: int) -> int:
    """Climb from a word to one whose branch is known; everything passed is on the same one."""
    path = []
    while place not in known:
        path.append(place)
        place = tokens[place].head
    if place == cue and path:
        found = _LABEL.get(tokens[path[-1]].dep, 0)
    else:
        found = _BESIDE if path and known[place] == _ABOVE else known[place]
    known.update(dict.fromkeys(path, found))
    return found


def windows(lengths: Sequence[int], breaks: Sequence[int], first: int) -> Iterator[tuple[int, int]]:
    """Yield word ranges of at most `BUDGET` - 2 pieces, one after the other.

    Args:
        lengths: Pieces of every word.
        breaks: For every word 2 where it begins a paragraph, 1 a sentence, else 0.
        first: Most pieces in the first range.
    """
    total = [0, *accumulate(lengths)]
    start, room = 0, max(first, LONGEST)
    while start < len(lengths):
        end = _end(total, breaks, start, room)
        yield start, end
        start, room = end, BUDGET - 2


def _end(total: Sequence[int], breaks: Sequence[int], start: int, room: int) -> int:
    """Return where a range ends: at a paragraph past its middle, or else a sentence, or full."""
    most = bisect_right(total, total[start] + room) - 1
    if most >= len(breaks):
        return len(breaks)
    half = bisect_right(total, total[start] + room // 2)
    for kind, least in ((_PARAGRAPH, max(half, start + 1)), (_SENTENCE, start + 1)):
        for place in range(most, least - 1, -1):
            if breaks[place] >= kind:
                return place
    return most


def _breaks(tokens: Sequence[Token], lines: Sequence[int]) -> list[int]:
    return [
        _PARAGRAPH
        if place == 0 or lines[place] != lines[place - 1]
        else _SENTENCE
        if token.sentence != tokens[place - 1].sentence
        else _WITHIN
        for place, token in enumerate(tokens)
    ]


def _chunk(
    first: int, pieces: Sequence[list[int]], features: Sequence[tuple[int, int, int, int]]
) -> Chunk:
    ids, words, heads = [FIRST], [0], []
    rows = [(0, 0, 0, 0)]
    for word, (own, row) in enumerate(zip(pieces, features, strict=True), 1):
        heads.append(len(ids))
        ids += own
        words += [word] * len(own)
        rows += [row] * len(own)
    return Chunk(
        first=first,
        last=first + len(pieces),
        pieces=[*ids, LAST],
        words=[*words, 0],
        heads=heads,
        features=[*rows, (0, 0, 0, 0)],
    )


def _plain(word: str, state: int) -> str:
    """Write every kind of quotation mark as the curly double one, the one best known."""
    return {_OPENING: "“", _CLOSING: "”"}.get(state, word)


def _is_word(token: Token) -> bool:
    return any(map(str.isalnum, token.text))


def _entity(token: Token, parse: Parse) -> int:
    return _ENTITY.get(parse.entities[token.entity].label, 1) if token.entity >= 0 else 0
