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
    # Printed by `index.speakers.training`, L2 = 1, for the gold chains of GUM's news, interviews
    # and speeches and, for people, 180 sources of PolNeAR's training articles, with what the
    # tagger finds in them for attributions.
    "person": (0.90, -0.02, -1.31, 0.79, 0.22, 0.42, -0.63, 0.67, 0.81, 1.04, 1.23, 0.10, 0.59,
               1.40, 0.55, -0.02, -0.41, 0.22, 0.04, 0.00, 0.00),
    "they": (1.34, 0.01, -1.71, 0.48, 1.33, -0.09, -0.50, 0.66, 0.00, 1.17, 0.36, 0.29, 0.26,
             0.42, 0.36, -0.23, -1.00, 0.71, 0.44, -1.64, -0.78),
    "it": (0.85, 0.08, -1.18, 0.25, 0.11, -0.35, -0.34, 1.07, 0.00, 0.00, 0.13, 0.11, -0.33, 0.73,
           0.54, -0.25, -1.23, 1.13, 0.02, -0.05, 0.69),
}  # fmt: skip


def kind_of(pronoun: str) -> str:
    """Return which of the `WEIGHTS` a pronoun ("m", "f", "they", "it") goes by."""
    return "person" if pronoun in {"m", "f"} else pronoun


def choose(candidates: Sequence[Candidate], pronoun: str) -> int:
    """Return the place of the best candidate; the earliest of equals. `candidates` isn't empty."""
    weights = WEIGHTS[kind_of(pronoun)]
    scores = [sum(w * f for w, f in zip(weights, features(c), strict=True)) for c in candidates]
    return scores.index(max(scores))
