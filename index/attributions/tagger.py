"""Find attributions with the trained network: text and parse in, who said what out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..records import Article, Attribution, Parse
from . import checkpoint, combination, cues, quotations, rules
from .choice import Found, choose, snap
from .chunks import Chunk, Layout, branches, cut, lay_out
from .description import describe
from .tree import grow

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = Path(__file__).parent / "weights" / "tagger.safetensors"
SHA256 = "4d097be0feeeffcaffb1cae2a5105dee3461ccdeaaca4f78d203959d97816956"
THRESHOLD = 0.45
"""Least probability of a cue; weights/MODEL_CARD.md says what others give."""
SECONDED = 0.22
"""Share of it that is enough where the rules find the cue too."""
TOGETHER = 8
"""Chunks encoded at once; more take more memory and no less time."""


class Tagger:
    """The network with its weights in memory, 110 MB; it can serve any number of articles.

    Args:
        path: Weights that `train` wrote.
        sha256: Of that file.
        threshold: Least probability of a cue, 0 to 1, unless the rules second it; higher finds
            less, and more surely.
        threads: That torch may use meanwhile. More than there are free cores is slower than one.
        short: Compute in bfloat16, which changes under one attribution in a hundred; None for
            wherever the processor has instructions for it.

    Raises:
        ModelError: Weights or encoder are missing, or not those expected.
    """

    def __init__(
        self,
        path: Path = WEIGHTS,
        *,
        sha256: str = SHA256,
        threshold: float = THRESHOLD,
        threads: int = 1,
        short: bool | None = None,
    ) -> None:
        self._network = checkpoint.load(path, sha256)
        if _has_bfloat16() if short is None else short:
            self._network.shorten()
        self._pieces = checkpoint.wordpieces()
        self._threshold = threshold
        self._threads = threads

    def find(self, article: Article, parse: Parse) -> list[Attribution]:
        """Return the attributions of one article, in reading order of their cues.

        The network was shown only outermost ones, so those inside a content are found by rules.
        """
        tree, marks = grow(parse), quotations.find(article.text)
        drafts = rules.find(article.text, tree, marks, cues.load())
        seconded = frozenset(chain.from_iterable(draft.cue for draft in drafts))
        outer = combination.combine(tree, marks, self.tag(article.text, parse, seconded), drafts)
        return describe(
            article, tree, marks, [*outer, *combination.inner(tree, marks, outer, drafts)]
        )

    def tag(self, text: str, parse: Parse, seconded: frozenset[int] = frozenset()) -> list[Found]:
        """Return what is found, in the order of the cues; none stands in another's content.

        Args:
            text: The article's.
            parse: Its words.
            seconded: Words for which something else speaks as cues.
        """
        layout = lay_out(text, parse.tokens)
        chunks = list(cut(parse, layout, self._pieces))
        found: list[Found] = []
        for start in range(0, len(chunks), TOGETHER):
            found += self._read(parse, layout, chunks[start : start + TOGETHER], seconded)
        return choose(snap(one, layout.quotations) for one in found)

    def _read(
        self, parse: Parse, layout: Layout, chunks: Sequence[Chunk], seconded: frozenset[int]
    ) -> list[Found]:
        import torch

        before = torch.get_num_threads()
        torch.set_num_threads(self._threads)
        try:
            with torch.inference_mode():
                cues: list[_Cue] = []
                scores: list[Tensor] = []
                for chunk, words in zip(chunks, self._network.encode(chunks), strict=True):
                    own = self._cues(chunk, words, seconded)
                    if own:
                        cues += own
                        scores += self._scores(parse, layout, words, own).unbind()
                tags = self._network.crf.best(scores) if cues else []
        finally:
            torch.set_num_threads(before)
        return [
            found
            for cue, own in zip(cues, tags, strict=True)
            if (found := _found(cue, own)) is not None
        ]

    def _cues(self, chunk: Chunk, words: Tensor, seconded: frozenset[int]) -> list[_Cue]:
        """Return the cues in a chunk; `seconded` ones need less of a chance."""
        import torch

        low = SECONDED * self._threshold
        chances = torch.sigmoid(self._network.cues(words)).tolist()
        return [
            _Cue(chunk, place, chance)
            for place, chance in enumerate(chances, chunk.first)
            if chance >= (low if place in seconded else self._threshold)
        ]

    def _scores(self, parse: Parse, layout: Layout, words: Tensor, cues: Sequence[_Cue]) -> Tensor:
        import torch

        known = [
            branches(parse.tokens, layout.lines, cue.place, cue.chunk.first, cue.chunk.last)
            for cue in cues
        ]
        heads = torch.tensor([cue.place - cue.chunk.first for cue in cues])
        return self._network.scores(words, heads, torch.tensor(known))


def _has_bfloat16() -> bool:
    import torch

    known = torch.cpu.get_capabilities()
    return bool(known.get("avx512_bf16") or known.get("amx_bf16"))


class _Cue(NamedTuple):
    """The main word of a cue, by its place in the parse, and how likely it is one."""

    chunk: Chunk
    place: int
    chance: float


def _found(cue: _Cue, tags: Sequence[int]) -> Found | None:
    """Return what the tags of the words around a cue say; None where there is no content."""
    source, own, content = (_words(tags, cue.chunk.first, role) for role in range(3))
    if not content:
        return None
    return Found(
        head=cue.place,
        chance=cue.chance,
        source=source,
        cue=own or (cue.place,),
        content=content,
    )


def _words(tags: Sequence[int], first: int, role: int) -> tuple[int, ...]:
    """Return the places of the words with any of a role's four tags."""
    return tuple(place for place, tag in enumerate(tags, first) if (tag - 1) // 4 == role)
