"""Choose whom a pronoun stands for: a linear scorer over what places the candidates apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..records import SpeakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One candidate for a pronoun, as it was last mentioned.

    Attributes:
        distance: Sentences between the two, 0 in the same one.
        governing: It is the subject of a verb over the pronoun ("Roe said she ...").
        rank: How many other candidates were mentioned since.
    """

    distance: int
    subject: bool
    modifier: bool
    left_quotation: bool
    entered_quotation: bool
    mentions: int
    named: bool
    gendered: bool
    same_paragraph: bool
    governing: bool
    last_source: bool
    was_source: bool
    is_source: bool
    rank: int
    kind: SpeakerKind


def features(candidate: Candidate) -> tuple[float, ...]:
    """Return the figures that the weights belong to, in the order of `NAMES`."""
    c = candidate
    return tuple(
        float(value)
        for value in (
            c.distance == 0,
            c.distance == 1,
            math.log1p(c.distance),
            c.subject,
            c.modifier,
            c.left_quotation,
            c.entered_quotation,
            math.log1p(c.mentions),
            c.named,
            c.gendered,
            c.same_paragraph,
            c.governing,
            c.last_source,
            c.last_source and c.is_source,
            c.was_source and c.is_source,
            c.rank == 0,
            math.log1p(c.rank),
            c.subject and c.distance == 1,
            c.governing and not c.is_source,
            c.kind == "organisation",
            c.kind == "document",
        )
    )


NAMES = (
    "same sentence", "sentence before", "log distance", "subject", "modifier", "left quotation",
    "entered quotation", "log mentions", "named", "gendered", "same paragraph", "governing",
    "last source", "last source, source", "was source, source", "latest", "log rank",
    "subject before", "governing, no source", "organisation", "document",
)  # fmt: skip
WEIGHTS = {
    # Listwise logistic regression (softmax over the candidates, L2 = 1) on the gold chains of GUM's
    # news, interviews and speeches and, for people, on sources of PolNeAR's training articles.
    "person": (0.80, -0.21, -1.14, 0.68, 0.26, 0.45, -0.84, 0.72, 0.53, 1.03, 1.12, 0.12, 0.79,
               1.36, 0.62, 0.13, -0.49, 0.30, 0.05, 0.0, 0.0),
    "they": (1.38, 0.47, -1.69, 0.75, 1.10, -0.05, -0.55, 0.62, 0.0, 0.62, 0.56, 0.34, 0.24,
             0.60, 0.60, -0.09, -0.87, 0.96, 0.20, -1.70, -0.89),
    "it": (0.79, 0.08, -1.30, 0.73, 0.18, -0.76, -0.20, 0.50, 0.0, 0.0, -0.02, 0.06, -0.77,
           0.12, 0.11, -0.04, -1.04, 0.72, 0.06, 0.20, 0.84),
}  # fmt: skip


def choose(candidates: Sequence[Candidate], pronoun: str) -> int:
    """Return the place of the best candidate; the earliest of equals. `candidates` isn't empty."""
    weights = WEIGHTS["person" if pronoun in {"m", "f"} else pronoun]
    scores = [sum(w * f for w, f in zip(weights, features(c), strict=True)) for c in candidates]
    return scores.index(max(scores))
