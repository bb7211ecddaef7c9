"""What kind of speaker a noun can be, and how its phrase points to one."""

from __future__ import annotations

from ..records import SpeakerKind, Token
from .genders import gender_of_noun
from .lexicon import DOCUMENTS, GROUPS, ORGANISATIONS, PEOPLE, TRADES, UNNAMED
from .organisations import BODIES
from .syntax import Syntax

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_PLURALS = frozenset({"NNS", "NNPS"})


def kind_of(syntax: Syntax, place: int) -> SpeakerKind | None:
    """Return what kind of speaker the noun at `place` can be; None for no kind of speaker."""
    token = syntax.tokens[place]
    label = syntax.entities[token.entity].label if token.entity >= 0 else ""
    noun = token.lemma.lower()
    plural = is_plural(syntax, place)
    if label in BODIES and token.pos == "PROPN":
        return "organisation"
    if noun in PEOPLE or label == "NORP" or gender_of_noun(noun) or _is_trade(token):
        if noun in UNNAMED or not plural:
            return "unnamed"
        return "group"
    if noun in GROUPS and (token.pos == "NOUN" or plural):
        return "group"
    if noun in ORGANISATIONS:
        return "organisation"
    return "document" if noun in DOCUMENTS else None


def _is_trade(token: Token) -> bool:
    return token.pos == "NOUN" and token.lemma.lower().endswith(TRADES)


def is_aside(syntax: Syntax, place: int) -> bool:
    """Whether the phrase of a token comes after a comma or dash, which makes it dispensable."""
    first = syntax.subtree(place)[0]
    return first > 0 and syntax.tokens[first - 1].text in {",", "-", "--", "–", "—"}


def is_plural(syntax: Syntax, place: int) -> bool:
    """Whether the noun at `place` is a plural."""
    return syntax.tokens[place].tag in _PLURALS


def is_definite(syntax: Syntax, place: int) -> bool:
    """Whether a noun has "the", "this" or an owner."""
    determiner = syntax.child(place, "det")
    if determiner is not None:
        return syntax.tokens[determiner].text.lower() in _DEFINITE
    return syntax.child(place, "poss") is not None
