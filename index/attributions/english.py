"""Tell English from other languages, in which a cue is looked for in vain."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Token

_ONLY_ENGLISH = frozenset((
    "the", "and", "that", "with", "his", "they", "this", "from", "which", "were", "been", "said",
    "says", "would", "have", "has", "are", "but", "who", "she", "it", "you", "its", "their",
    "there", "what", "when", "than", "into", "about", "after", "our", "your", "him", "them",
))  # fmt: skip
_ALSO_ENGLISH = _ONLY_ENGLISH | frozenset((
    "of", "to", "for", "her", "he", "by", "we", "as", "my", "had", "will", "not", "a", "in", "is",
))  # fmt: skip
_SHARE = 0.03
"""Of words that only English has; 1,000 articles of US news have .06 to .35."""
_FEW = 12
"""Words of a text that is too short to tell, and taken for English."""
_SHORT = 40
"""Words of a text that may do with words which English shares with its neighbours."""
_SHARED = 0.1


def is_english(tokens: Sequence[Token]) -> bool:
    """Tell whether the words are mostly English, by the commonest ones."""
    words = [token.text.lower() for token in tokens if token.text.isalpha()]
    if len(words) < _FEW:
        return True
    if sum(word in _ONLY_ENGLISH for word in words) >= _SHARE * len(words):
        return True
    shared = [word for word in words if word in _ALSO_ENGLISH]
    return len(words) < _SHORT and len(set(shared)) > 1 and len(shared) >= _SHARED * len(words)
