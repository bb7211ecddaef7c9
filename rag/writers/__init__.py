"""Writers: evidence in, a draft out. A new one is a new file here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..records import Draft, Evidence, Question, Verdict
from .quoting import QuotingWriter
from .refusing import refuse

__all__ = ["QuotingWriter", "Writer", "refuse"]


class Writer(Protocol):
    """Anything that drafts an answer from evidence."""

    def write(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        limit: int,
        verdict: Verdict | None = None,
    ) -> Draft:
        """Draft an answer of at most `limit` statements; it will be checked, not trusted.

        Args:
            verdict: What the evidence says to "did X say ...?"; None for other questions.
        """
        ...
