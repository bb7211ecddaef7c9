"""Train the tagger on articles annotated as PolNeAR is (Newell et al. 2018).

    python -m index.attributions.train TRAIN.jsonl.gz [MORE ...] --out tagger.safetensors

One core needs about 12 minutes an epoch for PolNeAR's 840 articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import random
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..language import Parser, SpacyParser
from ..records import Parse, Token
from . import checkpoint
from .chunks import BUDGET, Chunk, branches, cut, lay_out

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from .network import Network

EPOCHS = 5
BATCH = 8
"""Chunks between two steps of the optimiser."""
RATE_ENCODER, RATE_HEADS = 1.5e-4, 1e-3
WARM_UP = 0.08
SPAN_WEIGHT = 0.5
"""Of the spans' loss against the cues'."""
USUAL = 5
"""Attributions in a chunk, about: keeps the loss's size independent of the batch."""
REPORTED = 20
"""Steps between two lines of the log."""

_log = logging.getLogger(__name__)


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


def train(
    documents: Sequence[Document], *, epochs: int = EPOCHS, seed: int = 0
) -> Iterator[Network]:
    """Yield the network after each epoch; the same input and seed give the same weights.

    It sets torch to one thread: so sums are the same to the last bit, and two threads on two busy
    cores are slower.
    """
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 -- no secret, and to be repeated
    pieces = checkpoint.wordpieces()
    network = checkpoint.pretrained().train()
    size = sum(1 for item in documents for _ in examples(item, pieces, BUDGET))
    optimiser, schedule = _optimiser(network, max(epochs, epochs * size // BATCH))
    for epoch in range(epochs):
        # The chunks' edges fall elsewhere in every epoch.
        firsts = [chance.randrange(BUDGET // 4, BUDGET) if epoch else BUDGET for _ in documents]
        chunks = [
            example
            for item, first in zip(documents, firsts, strict=True)
            for example in examples(item, pieces, first)
        ]
        chance.shuffle(chunks)
        for start in range(0, len(chunks), BATCH):
            cue, span = loss(network, chunks[start : start + BATCH])
            optimiser.zero_grad()
            (cue + SPAN_WEIGHT * span).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            if start // BATCH % REPORTED == 0:
                at = f"epoch {epoch} chunk {start}/{len(chunks)}"
                _log.info("%s cue %.4f span %.4f", at, cue.item(), span.item())
        yield network


def loss(network: Network, batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Return the cues' and the spans' loss, both about one attribution's."""
    import torch
    from torch.nn import functional

    encoded = network.encode([example.chunk for example in batch])
    cue = functional.binary_cross_entropy_with_logits(
        network.cues(torch.cat(encoded)),
        torch.tensor([share for example in batch for share in example.cues]),
        reduction="sum",
    )
    scores: list[Tensor] = []
    gold: list[Tensor] = []
    weights: list[float] = []
    lengths: list[int] = []
    for words, example in zip(encoded, batch, strict=True):
        if example.spans:
            heads, found, own, shares = (
                list(column) for column in zip(*example.spans, strict=True)
            )
            scores += network.scores(words, torch.tensor(heads), torch.tensor(found)).unbind()
            gold += [torch.tensor(one) for one in own]
            weights += shares
            lengths += [len(words)] * len(own)
    usual = BATCH * USUAL
    if not scores:
        return cue / usual, torch.zeros(())
    padded = torch.nn.utils.rnn.pad_sequence(scores, batch_first=True)
    wanted = torch.nn.utils.rnn.pad_sequence(gold, batch_first=True)
    each = network.crf.loss(padded, wanted, torch.tensor(lengths))
    return cue / usual, (each * torch.tensor(weights)).sum() / usual


def _optimiser(
    network: Network, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    import torch

    encoder = [p for p in network.layers.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": RATE_ENCODER}, {"params": heads, "lr": RATE_HEADS}],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1, (k + 1) / (WARM_UP * steps)) * max(0.02, 1 - k / steps)
    )
    return optimiser, schedule


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    documents = read(options.paths, SpacyParser())
    for network in train(documents, epochs=options.epochs, seed=options.seed):
        _log.info("sha256 %s", checkpoint.save(network, options.out))


if __name__ == "__main__":
    main()
