"""Whether something is said for or against, by the cue and by the words."""

from __future__ import annotations

import re

from index.records import Article, Attribution

_NEGATIVE = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot|refus\w+|reject\w*|"
    r"den(?:y|ies|ied)|declin\w+|disput\w+|contradict\w*|disband\w*|s[kc]eptic\w*|doubt\w*|"
    r"unlikely|rul\w+ out|wrong|false|untrue|free (?:of|from))\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|disput(?:e|es|ed|ing)|rebut\w*|refut\w+)\b", re.IGNORECASE
)


def is_negative(text: str) -> bool:
    """Say whether a text has a word of negation, of refusing or of doubting."""
    return _NEGATIVE.search(text) is not None


def refuses(attribution: Attribution | None) -> bool:
    """Say whether somebody denies or declines to comment; never so of no statement."""
    return attribution is not None and attribution.stance in ("denies", "declines")


def denies(attribution: Attribution) -> bool:
    """Say whether a statement is a refusal or a denial by its cue, "didn't say" included."""
    return attribution.polarity == "negated" or refuses(attribution)


def is_denial(attribution: Attribution, article: Article) -> bool:
    """Say whether a statement may be a denial, by its cue or by its words."""
    return denies(attribution) or is_negative(" ".join(map(article.quote, attribution.content)))


def supposes_denial(question: str) -> bool:
    """Say whether a question takes it that somebody denied something: "Who denied ...?"."""
    return _DENIAL.search(question) is not None
