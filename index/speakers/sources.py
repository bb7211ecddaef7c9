"""The sources of one article's attributions: their heads, and whose quotations are whose."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Attribution
from .syntax import Syntax


class Sources:
    """The sources of one article.

    Attributes:
        attributions: In reading order.
        places: The tokens of each source, by the attribution's id.
        heads: What each source's phrase is about; None where it is empty.
        quotations: For each quotation, by number, the outermost attribution it is content of.
        all: All heads.
        speakers: For each quotation, by number, the head of its source.
    """

    def __init__(self, syntax: Syntax, attributions: Sequence[Attribution]) -> None:
        self.attributions = sorted(attributions, key=lambda a: (beginning(a), a.id))
        self.places = {a.id: syntax.inside(a.source) for a in attributions}
        self.heads = {a.id: syntax.head(self.places[a.id]) for a in attributions}
        self.quotations = self._own_quotations(syntax)
        self.all = [head for head in self.heads.values() if head is not None]
        self.speakers = {
            number: head
            for number, attribution in self.quotations.items()
            if (head := self.heads[attribution.id]) is not None
        }

    def _own_quotations(self, syntax: Syntax) -> dict[int, Attribution]:
        owners: dict[int, tuple[int, Attribution]] = {}
        for attribution in self.attributions:
            for span in attribution.content:
                for number in syntax.quotations_in(span):
                    quotation = syntax.quotations[number]
                    shared = min(span.end, quotation.end) - max(span.start, quotation.start)
                    if shared > owners.get(number, (0, None))[0]:
                        owners[number] = (shared, attribution)
        return {number: attribution for number, (_, attribution) in owners.items()}


def beginning(attribution: Attribution) -> int:
    """Return the first character of an attribution."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return min(span.start for span in spans)
