"""The tagger's network: MiniLM over a chunk, a cue head, and a scorer of cue x word with a CRF.

The encoder is BERT's (Devlin et al. 2019, as distilled by Wang et al. 2020, "MiniLM"); spans are
found for one cue at a time, as predicates' arguments are in semantic role labelling, with the
biaffine scorer's split in two projections (Dozat and Manning 2017) and a linear-chain CRF
(Lafferty et al. 2001) over begin/inside/end/single labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import torch
from torch import Tensor, nn
from torch.nn import functional

from .chunks import BRANCHES, LABELS, SIZES, Chunk

ROLES = ("source", "cue", "content")
OUTSIDE = 0
TAGS = 1 + 4 * len(ROLES)
"""Outside, then begin, inside, end, single of every role."""
BEGIN, INSIDE, END, SINGLE = range(4)

WIDTH, LAYERS, ATTENTION, INNER = 384, 6, 12, 1536
REACH = 5
NEAR, FAR = 8, 24
"""Distances from the cue up to `NEAR` count one by one, then on a log scale up to `FAR` steps."""


class Layer(nn.Module):
    """One transformer layer, over the pieces of many chunks laid end to end: no padding."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mixed = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.out = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, rows: Tensor, lengths: Sequence[int], kept: Tensor | None = None) -> Tensor:
        """Map rows, float32 (pieces, WIDTH), to as many, or to those at the places `kept`."""
        rows = rows.to(self.mix.weight.dtype)
        parts = self.attention(rows).view(-1, 3, ATTENTION, WIDTH // ATTENTION)
        seen = torch.cat([self._attend(part) for part in parts.split(list(lengths))])
        if kept is not None:
            rows, seen = rows[kept], seen[kept]
        rows = self.mixed(rows + self.drop(self.mix(seen)))
        found: Tensor = self.out(rows + self.drop(self.narrow(functional.gelu(self.widen(rows)))))
        return found

    def _attend(self, part: Tensor) -> Tensor:
        query, key, value = part.permute(1, 2, 0, 3).unsqueeze(1).unbind(0)
        seen = functional.scaled_dot_product_attention(query, key, value)
        return seen.squeeze(0).transpose(0, 1).reshape(-1, WIDTH)


class Network(nn.Module):
    """Chunks to the probability of every word as a cue, and cues to the tags of all words.

    The vectors of the wordpieces and their positions, and the first layer, stay as pretrained.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.embedded = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.features = nn.ModuleList(nn.Embedding(size, WIDTH) for size in SIZES.values())
        self.drop = nn.Dropout(0.1)
        self.cue = nn.Sequential(
            nn.Linear(WIDTH, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, 1)
        )
        self.of_cue = nn.Linear(WIDTH, 160)
        self.of_word = nn.Linear(WIDTH, 160)
        self.distance = nn.Embedding(2 * FAR + 1, 32)
        self.branch = nn.Embedding(1 + len(LABELS) + len(BRANCHES), 32)
        self.pair = nn.Sequential(nn.Linear(160 + 64, 128), nn.GELU())
        self.around = nn.Sequential(Around(), nn.GELU(), nn.Dropout(0.1))
        self.tag = nn.Linear(128, TAGS)
        self.alone = nn.Linear(160, TAGS)
        self.crf = Chain()
        for table in (*self.features, self.distance, self.branch):
            nn.init.normal_(table.weight, std=0.02)

    def frozen(self) -> list[nn.Module]:
        """Return the parts that keep their pretrained weights."""
        return [self.pieces, self.positions, self.embedded, self.layers[0]]

    def shorten(self) -> None:
        """Keep the layers in bfloat16: less exact, and two to three times as fast on some CPUs."""
        self.layers.to(torch.bfloat16)

    def encode(self, chunks: Sequence[Chunk]) -> list[Tensor]:
        """Return for every chunk its words' vectors, float32 (words, WIDTH)."""
        lengths = [len(chunk.pieces) for chunk in chunks]
        ids = torch.tensor([i for chunk in chunks for i in chunk.pieces])
        places = torch.cat([torch.arange(length) for length in lengths])
        features = torch.tensor([row for chunk in chunks for row in chunk.features])
        with torch.no_grad():
            rows = self.embedded(self.pieces(ids) + self.positions(places))
            rows = self.layers[0](rows, lengths)
        for table, values in zip(self.features, features.unbind(1), strict=True):
            rows = rows + table(values)
        for layer in list(self.layers)[1:-1]:
            rows = layer(rows, lengths)
        starts = accumulate(lengths, initial=0)
        heads = [
            start + i for start, chunk in zip(starts, chunks, strict=False) for i in chunk.heads
        ]
        words = self.drop(self.layers[-1](rows, lengths, torch.tensor(heads)).float())
        return list(words.split([len(chunk.heads) for chunk in chunks]))

    def cues(self, words: Tensor) -> Tensor:
        """Return for every word its logit as the head of a cue."""
        found: Tensor = self.cue(words).squeeze(-1)
        return found

    def scores(self, words: Tensor, cues: Tensor, branches: Tensor) -> Tensor:
        """Return the score of every tag, float32 (cues, words, TAGS).

        Args:
            words: Vectors, (words, WIDTH).
            cues: The cues' places among the words.
            branches: (cues, words), as `chunks.branches` counts them.
        """
        cue, word = torch.tanh(self.of_cue(words[cues])), torch.tanh(self.of_word(words))
        near = self.distance(_steps(torch.arange(len(words))[None] - cues[:, None]))
        both = torch.cat([cue[:, None] * word[None], near, self.branch(branches)], -1)
        pair = self.pair(both)
        # What begins or ends a span shows in the words beside it, once the cue is known.
        pair = pair + self.around(pair)
        found: Tensor = self.tag(pair) + self.alone(word)[None]
        return found


class Around(nn.Conv1d):
    """A convolution over `REACH` words, as one matrix product: a third faster than torch's."""

    bias: nn.Parameter

    def __init__(self) -> None:
        super().__init__(128, 128, REACH)

    def forward(self, rows: Tensor) -> Tensor:
        """Map rows, float32 (n, words, 128), to as many."""
        words = rows.shape[1]
        padded = functional.pad(rows, (0, 0, REACH // 2, REACH // 2))
        near = torch.cat([padded[:, i : i + words] for i in range(REACH)], -1)
        weight = self.weight.permute(2, 1, 0).flatten(0, 1)
        return near @ weight + self.bias


class Chain(nn.Module):
    """A linear-chain CRF over the tags; moves that no sequence of spans makes are ruled out."""

    ruled_out: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.register_buffer("ruled_out", _ruled_out(), persistent=False)

    def loss(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Return each sequence's negative log-likelihood, (n,).

        Args:
            scores: (n, words, TAGS), padded.
            tags: (n, words), padded with any tag.
            lengths: (n,), at least 1.
        """
        moves = self.moves + self.ruled_out[:-1]
        inside = torch.arange(scores.shape[1])[None] < lengths[:, None]
        gold = (scores.gather(2, tags[..., None]).squeeze(2) * inside).sum(1)
        gold = gold + (moves[tags[:, :-1], tags[:, 1:]] * inside[:, 1:]).sum(1)
        total = scores[:, 0] + self.ruled_out[-1]
        for place in range(1, scores.shape[1]):
            step = torch.logsumexp(total[:, :, None] + moves[None], 1) + scores[:, place]
            total = torch.where(inside[:, place, None], step, total)
        return torch.logsumexp(total + _at_end(), 1) - gold

    def best(self, scores: Sequence[Tensor]) -> list[list[int]]:
        """Return the best tags of each sequence, (words, TAGS)."""
        lengths = torch.tensor([len(one) for one in scores])
        padded = torch.nn.utils.rnn.pad_sequence(list(scores), batch_first=True)
        moves = (self.moves + self.ruled_out[:-1]).T.contiguous()
        total = padded[:, 0] + self.ruled_out[-1]
        stay = torch.arange(TAGS).expand(len(scores), TAGS)
        back = []
        for place in range(1, padded.shape[1]):
            step, origin = (total[:, None] + moves).max(2)
            inside = (lengths > place)[:, None]
            total = torch.where(inside, step + padded[:, place], total)
            back.append(torch.where(inside, origin, stay))
        tags = [(total + _at_end()).argmax(1)]
        for origin in reversed(back):
            tags.append(origin.gather(1, tags[-1][:, None]).squeeze(1))
        found: list[list[int]] = torch.stack(tags[::-1], 1).tolist()
        return [own[:length] for own, length in zip(found, lengths.tolist(), strict=True)]


def tag(role: int, part: int) -> int:
    """Return the number of a role's begin, inside, end or single tag."""
    return 1 + 4 * role + part


def _steps(distances: Tensor) -> Tensor:
    size = distances.abs().clamp(min=1).float()
    log = NEAR + torch.ceil(torch.log2(size / NEAR) * 3).clamp(0, FAR - NEAR)
    steps = torch.where(size <= NEAR, distances.abs().float(), log)
    return (steps.long() * distances.sign() + FAR).long()


def _ruled_out() -> Tensor:
    """Return (TAGS + 1, TAGS): a penalty for each move, and in the last row for each first tag."""
    table = torch.zeros(TAGS + 1, TAGS)
    for role in range(len(ROLES)):
        begin, inside, end = (tag(role, part) for part in (BEGIN, INSIDE, END))
        table[:, [inside, end]] = -1e4
        table[[begin, inside]] = -1e4
    for role in range(len(ROLES)):
        begin, inside, end = (tag(role, part) for part in (BEGIN, INSIDE, END))
        table[begin, [inside, end]] = 0.0
        table[inside, [inside, end]] = 0.0
    return table


def _at_end() -> Tensor:
    unfinished = [tag(role, part) for role in range(len(ROLES)) for part in (BEGIN, INSIDE)]
    penalty = torch.zeros(TAGS)
    penalty[unfinished] = -1e4
    return penalty
