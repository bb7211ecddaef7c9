"""Score attributions found against gold, by words: content, source and speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.names import name_key

_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
MATCH = 0.5
"""Least Jaccard of the contents' words for two attributions to be taken for the same."""

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Shares of 1.

    Attributes:
        precision, recall: Of contents, matched one to one at a Jaccard of `MATCH`.
        source: Matched pairs whose sources share a word, or that both have none.
        speaker: Matched pairs with a gold speaker whose found name is an accepted one.
        nested: Gold attributions inside another one that were found as such.
    """

    precision: float
    recall: float
    source: float
    speaker: float
    nested: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def score(texts: Mapping[str, str], gold: Sequence[Row], found: Sequence[Row]) -> Figures:
    """Score the attributions found in `texts`, by article id, against gold."""
    pairs = [pair for doc in texts for pair in _match(texts[doc], _of(doc, gold), _of(doc, found))]
    named = [(g, f) for g, f in pairs if g["speaker"]]
    inner = [g for g in gold if g["within"]]
    return Figures(
        precision=len(pairs) / len(found),
        recall=len(pairs) / len(gold),
        source=_share(_same_source(texts[g["doc"]], g, f) for g, f in pairs),
        speaker=_share(_same_speaker(g, f) for g, f in named),
        nested=sum(bool(f["within"]) for g, f in pairs if g["within"]) / len(inner),
    )


def _of(doc: str, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["doc"] == doc]


def _share(hits: Iterable[bool]) -> float:
    values = list(hits)
    return sum(values) / len(values)


def _words(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    return {start + w.start() for start, end in spans for w in _WORD.finditer(text[start:end])}


def _match(text: str, gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pair gold and found one to one, the most alike first."""
    contents = [(_words(text, row["content"]), row) for row in found]
    alike = []
    for place, row in enumerate(gold):
        mine = _words(text, row["content"])
        for other, (theirs, _) in enumerate(contents):
            jaccard = len(mine & theirs) / len(mine | theirs)
            if jaccard >= MATCH:
                alike.append((-jaccard, place, other))
    pairs: dict[int, int] = {}
    for _, place, other in sorted(alike):
        if place not in pairs and other not in pairs.values():
            pairs[place] = other
    return [(gold[place], found[other]) for place, other in pairs.items()]


def _same_source(text: str, gold: Row, found: Row) -> bool:
    mine, theirs = _words(text, gold["source"]), _words(text, found["source"])
    return bool(mine & theirs) or (not mine and not theirs)


def _same_speaker(gold: Row, found: Row) -> bool:
    accepted = {name_key(name) for name in (gold["speaker"], *gold.get("accepted", ()))}
    return name_key(found["speaker"] or "") in accepted
