"""Articles annotated as PolNeAR is (Newell et al. 2018), as what the network is to find in them."""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records import Parse, Token
from .chunks import Chunk, branches, cut, lay_out

if TYPE_CHECKING:
    from ..language import Parser


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotator's attribution, as sets of places in `Parse.tokens`.

    Attributes:
        head: The cue's head.
        roles: Words of the source, the cue and the content.
        weight: One over the number of annotators who read the article.
    """

    head: int
    roles: tuple[frozenset[int], frozenset[int], frozenset[int]]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An annotated article.

    Attributes:
        cues: For every head of a cue, the share of annotators who have it.
    """

    text: str
    parse: Parse
    annotations: tuple[Annotation, ...]
    cues: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A chunk and what is to be found in it.

    Attributes:
        cues: For every word, the share of annotators who have it as a cue's head.
        spans: For every cue its place, its branches, its tags and its weight.
    """

    chunk: Chunk
    cues: list[float]
    spans: list[tuple[int, list[int], list[int], float]]


def read(paths: Iterable[Path], parser: Parser) -> list[Document]:
    """Read annotated articles; lines whose `doc` differs only after a `#` are one article's."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                lines.setdefault(row["doc"].split("#")[0], []).append(row)
    return [document(rows, parser.parse(rows[0]["text"])) for rows in lines.values()]


def document(rows: Sequence[dict[str, Any]], parse: Parse) -> Document:
    """Return the article of `rows`, one row an annotator, with their annotations on its tokens."""
    ends = [token.end for token in parse.tokens]

    def places(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        return frozenset(
            place
            for start, end in spans
            for place in range(bisect_left(ends, start + 1), len(ends))
            if parse.tokens[place].start < end
        )

    found: list[Annotation] = []
    cues: dict[int, float] = {}
    for row in rows:
        known = len(found)
        for item in row["attributions"]:
            source, cue, content = (places(item[role]) for role in ("source", "cue", "content"))
            if cue and content:
                head = cue_head(parse.tokens, cue)
                found.append(
                    Annotation(head=head, roles=(source, cue, content), weight=1 / len(rows))
                )
        for head in {one.head for one in found[known:]}:
            cues[head] = cues.get(head, 0.0) + 1 / len(rows)
    return Document(text=rows[0]["text"], parse=parse, annotations=tuple(found), cues=cues)


def cue_head(tokens: Sequence[Token], cue: frozenset[int]) -> int:
    """Return the word of a cue that stands for it: its syntactic root, but no mere auxiliary.

    In "was adamant that" that is "adamant".
    """
    order = {"VERB": 0, "NOUN": 1, "ADJ": 1, "AUX": 2}
    roots = [place for place in cue if tokens[place].head not in cue or tokens[place].head == place]
    head = min(roots, key=lambda place: (order.get(tokens[place].pos, 3), place))
    if tokens[head].pos == "AUX":
        for kinds in ({"VERB"}, {"ADJ", "NOUN"}):
            lexical = [place for place in sorted(cue) if tokens[place].pos in kinds]
            if lexical:
                return lexical[0]
    return head


def examples(item: Document, pieces: Callable[[str], list[int]], first: int) -> Iterator[Example]:
    """Yield the article's chunks with their targets, for one choice of the first chunk's budget."""
    tokens = item.parse.tokens
    layout = lay_out(item.text, tokens)
    for chunk in cut(item.parse, layout, pieces, first=first):
        spans = [
            (
                one.head - chunk.first,
                branches(tokens, layout.lines, one.head, chunk.first, chunk.last),
                tags(one.roles, chunk),
                one.weight,
            )
            for one in item.annotations
            if chunk.first <= one.head < chunk.last
        ]
        cues = [item.cues.get(place, 0.0) for place in range(chunk.first, chunk.last)]
        yield Example(chunk=chunk, cues=cues, spans=spans)


def tags(roles: Sequence[frozenset[int]], chunk: Chunk) -> list[int]:
    """Return the tag of every word of the chunk; a cue inside a content is a cue, not content."""
    from .network import BEGIN, END, INSIDE, OUTSIDE, SINGLE, tag

    role = {place: number for number in (2, 0, 1) for place in roles[number]}
    found = []
    for place in range(chunk.first, chunk.last):
        own = role.get(place)
        if own is None:
            found.append(OUTSIDE)
            continue
        begins = place == chunk.first or role.get(place - 1) != own
        ends = place == chunk.last - 1 or role.get(place + 1) != own
        part = (SINGLE if ends else BEGIN) if begins else (END if ends else INSIDE)
        found.append(tag(own, part))
    return found
