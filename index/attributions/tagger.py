"""Find attributions with the trained network: text and parse in, who said what out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..records import Article, Attribution, Parse
from . import checkpoint, cues, quotations, rules
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
    ) -> None:
        self._network = checkpoint.load(path, sha256)
        self._pieces = checkpoint.wordpieces()
        self._threshold = threshold
        self._threads = threads

    def find(self, article: Article, parse: Parse) -> list[Attribution]:
        """Return the attributions of one article, in reading order of their cues.

        The network was shown only outermost ones, so those inside a content are found by rules;
        but for quotations: inside a content their speaker is the outer one.
        """
        tree, marks = grow(parse), quotations.find(article.text)
        drafts = rules.find(article.text, tree, marks, cues.load())
        seconded = frozenset(chain.from_iterable(draft.cue for draft in drafts))
        outer = self.tag(article.text, parse, seconded)
        contents = [set(one.content) for one in outer]
        inner = [
            draft
            for draft in drafts
            if draft.frame != "quote"
            and any(content.issuperset(draft.cue + draft.content) for content in contents)
        ]
        return describe(article, tree, marks, [*outer, *inner])

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
                encoded = self._network.encode(chunks)
                return [
                    found
                    for chunk, words in zip(chunks, encoded, strict=True)
                    for found in self._decode(parse, layout, chunk, words, seconded)
                ]
        finally:
            torch.set_num_threads(before)

    def _decode(
        self,
        parse: Parse,
        layout: Layout,
        chunk: Chunk,
        words: Tensor,
        seconded: frozenset[int],
    ) -> Iterator[Found]:
        import torch

        chances = torch.sigmoid(self._network.cues(words)).tolist()
        low = SECONDED * self._threshold
        heads = [
            place
            for place, chance in enumerate(chances)
            if chance >= (low if chunk.first + place in seconded else self._threshold)
        ]
        if not heads:
            return
        known = [
            branches(parse.tokens, layout.lines, chunk.first + head, chunk.first, chunk.last)
            for head in heads
        ]
        scores = self._network.scores(words, torch.tensor(heads), torch.tensor(known))
        for head, tags in zip(heads, self._network.crf.best(scores), strict=True):
            source, cue, content = (_words(tags, chunk.first, role) for role in range(3))
            if content:
                yield Found(
                    head=chunk.first + head,
                    chance=chances[head],
                    source=source,
                    cue=cue or (chunk.first + head,),
                    content=content,
                )


def _words(tags: Sequence[int], first: int, role: int) -> tuple[int, ...]:
    """Return the places of the words with any of a role's four tags."""
    return tuple(place for place, tag in enumerate(tags, first) if (tag - 1) // 4 == role)
