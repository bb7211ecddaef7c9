"""Whom a question wants named: somebody ("Who said ...?"), several, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile
from typing import Literal

from index.records import Parse, Token

Wanted = Literal["nobody", "one", "several"]

_ASKING = frozenset(("who", "which", "whose"))
_ASKS = frozenset(("what", "how", "why", "when", "where", "did", "does", "do"))
_LEADING = frozenset((",", "and", "but", "so", "then"))
_EACH = re.compile(r"\b(?:each|all|respectively)\b|\band (?:how|what|whom)\b", re.IGNORECASE)
_RUN = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "DET", "PART", "PUNCT"))


def wanted(words: Parse) -> Wanted:
    """Return how many are wanted by name: those that "who" or "which ...?" is the subject for.

    In "Who did the mayor blame?" it is the object: the mayor's words are wanted, nobody's name.
    """
    tokens = words.tokens
    place = next((n for n, t in enumerate(tokens) if t.text.lower() in _ASKING), None)
    if place is None or (place and not _may_follow(tokens[:place])):
        return "nobody"
    head = place if tokens[place].text.lower() == "who" else _head(tokens, place)
    if _is_object(tokens[head + 1 :]):
        return "nobody"
    plural = tokens[head].tag in ("NNS", "NNPS")
    rest = " ".join(token.text for token in tokens[head + 1 :])
    return "several" if plural or (head == place and _EACH.search(rest)) else "one"


def role(words: Parse) -> str:
    """Return what a question says of whom it wants named: "pollster" in "which pollster ...?"."""
    tokens = words.tokens
    place = next((n for n, t in enumerate(tokens) if t.text.lower() in _ASKING), None)
    if place is None or tokens[place].text.lower() == "who":
        return ""
    head = _head(tokens, place)
    return " ".join(token.text for token in tokens[place + 1 : head + 1])


def _head(tokens: Sequence[Token], place: int) -> int:
    """Return the noun that "which" asks for: the last one before a verb or a preposition."""
    head = place
    for n in range(place + 1, len(tokens)):
        of = n == place + 1 and tokens[n].text == "of"
        if tokens[n].pos not in _RUN and tokens[n].tag != "PRP$" and not of:
            break
        head = n if tokens[n].pos in ("NOUN", "PROPN") else head
    return head


def _may_follow(before: Sequence[Token]) -> bool:
    """Say whether a question may begin after some words: "In May, who ...?", "But who ...?"."""
    clause = before[0].text.lower() == "when"  # "When the mill burned, who said ...?"
    asks = any(token.text.lower() in _ASKS for token in before[clause:])
    return not asks and before[-1].text.lower() in _LEADING


def _is_object(rest: Sequence[Token]) -> bool:
    """Say whether somebody else is the subject: "which doubts did he", "who has Berg"."""
    after = list(dropwhile(lambda t: t.pos in _RUN or t.pos == "ADP" or t.dep == "amod", rest))
    if len(after) < 2:
        return False
    if after[0].text.lower() in ("do", "does", "did"):
        return True
    helps = after[0].pos == "AUX" or after[0].lemma in ("be", "have", "will", "would")
    return helps and after[1].pos in ("PROPN", "PRON")
