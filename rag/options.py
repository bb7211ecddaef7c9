"""What a caller may choose about an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOptions:
    """Limits and filters of one question. Filters are hard: nothing outside them is searched.

    Attributes:
        speaker: Name or alias of the one whose statements are wanted.
        since, until: First and last day of publication, inclusive.
        outlet: Only articles of this outlet, as the archive spells it.
        asked: The day that "last week" counts from; None for today.
        limit: Most statements in the answer, 1 to 10; None lets the question decide.
        candidates: Hits that ranking gets, 10 to 500.
        evidence_tokens: Budget of the evidence in tokens, by tiktoken's `cl100k_base`.

    Raises:
        ValueError: A number is out of range, or `since` is after `until`.
    """

    speaker: str | None = None
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    asked: date | None = None
    limit: int | None = None
    candidates: int = 60
    evidence_tokens: int = 3000

    def __post_init__(self) -> None:
        if self.limit is not None and not 1 <= self.limit <= 10:
            raise ValueError(f"limit must be 1 to 10, not {self.limit}")
        if not 10 <= self.candidates <= 500:
            raise ValueError(f"candidates must be 10 to 500, not {self.candidates}")
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since ({self.since}) is after until ({self.until})")
