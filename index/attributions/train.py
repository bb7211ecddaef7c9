"""Train the tagger on articles annotated as PolNeAR is (Newell et al. 2018).

    python -m index.attributions.train TRAIN.jsonl.gz [MORE ...] --out tagger.safetensors

One free core needs 11 minutes an epoch for PolNeAR's 840 articles.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..language import SpacyParser
from . import checkpoint
from .chunks import BUDGET
from .corpus import Document, Example, examples, read

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
    steps = max(epochs, epochs * size // BATCH)

    def rate(step: int) -> float:
        return min(1, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)

    optimiser = _optimiser(network)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    for epoch in range(epochs):
        # The chunks' edges fall elsewhere in every epoch.
        firsts = [chance.randrange(BUDGET // 4, BUDGET) if epoch else BUDGET for _ in documents]
        for _ in _steps(network, optimiser, _shuffled(documents, firsts, pieces, chance)):
            schedule.step()
        yield network


def _shuffled(
    documents: Sequence[Document],
    firsts: Sequence[int],
    pieces: Callable[[str], list[int]],
    chance: random.Random,
) -> list[Example]:
    chunks = [
        example
        for item, first in zip(documents, firsts, strict=True)
        for example in examples(item, pieces, first)
    ]
    chance.shuffle(chunks)
    return chunks


def _steps(
    network: Network, optimiser: torch.optim.Optimizer, chunks: Sequence[Example]
) -> Iterator[None]:
    """Take the steps of an epoch; yield after each."""
    import torch

    for step, start in enumerate(range(0, len(chunks), BATCH), 1):
        cue, span = loss(network, chunks[start : start + BATCH])
        optimiser.zero_grad()
        (cue + SPAN_WEIGHT * span).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if step % REPORTED == 0:
            at = f"chunk {start + BATCH}/{len(chunks)}"
            _log.info("%s cue %.4f span %.4f", at, cue.item(), span.item())
        yield


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


def _optimiser(network: Network) -> torch.optim.Optimizer:
    import torch

    encoder = [p for p in network.layers.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": RATE_ENCODER}, {"params": heads, "lr": RATE_HEADS}],
        weight_decay=0.01,
    )


def run(paths: Sequence[Path], out: Path, *, epochs: int = EPOCHS, seed: int = 0) -> str:
    """Train on files in PolNeAR's form and write the weights to `out` after each epoch.

    Returns:
        The weights' sha256, which `index.attributions.tagger` expects of the file it loads.
    """
    documents = read(paths, SpacyParser())
    digest = ""
    for network in train(documents, epochs=epochs, seed=seed):
        digest = checkpoint.save(network, out)
        _log.info("sha256 %s", digest)
    return digest
