"""Whom a question describes instead of naming: "Jo Lee's lawyer", "the head of the eel board"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import Parse, Span, Token
from index.speakers.lexicon import PEOPLE

from .directory import Named
from .sayings import SAYINGS

_AUXILIARIES = frozenset(("do", "have", "be", "will", "would"))
_HELP = frozenset(("AUX", "VERB"))
_INSIDE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"))
_SIDES = frozenset(("side", "camp", "team", "people", "campaign", "office", "aides", "allies"))
_LINKS = frozenset(("of", "for", "from", "at", "in", "on", "to"))
_BARE = frozenset(
    "say tell respond react reply answer comment describe justify defend explain rate rebut "
    "dismiss call fear want think make argue claim deny admit warn promise predict expect praise "
    "criticise criticize attack ask recall remember suggest propose demand object "
    "complain accuse list cite offer name give".split()
)
"""What people do with words, as it stands after "did"; the parser takes some for nouns."""

_SHORT = 3
"""Letters of an abbreviation for what somebody is: DJ, CEO."""

_ANYBODY = frozenset(
    "what which people anybody anyone somebody someone everybody everyone person one".split()
)
_OPENING = re.compile(
    r"^\W*(?:and |but |so |also |then |what about |how about |ok(?:ay)?,? |no,? )*", re.IGNORECASE
)


def describe(text: str, words: Parse, names: Sequence[Named]) -> Span | None:
    """Return where a question describes the one whose words it wants; None where it names him.

    Args:
        words: The grammar of `text`.
        names: Everybody whom it names.
    """
    tokens = words.tokens
    begins = [n + 1 for n, t in enumerate(tokens) if t.lemma in _AUXILIARIES and t.pos in _HELP][:1]
    opening = _OPENING.match(text)
    if opening:
        begins += [n for n, t in enumerate(tokens) if t.start >= opening.end()][:1]
    for first in begins:
        last = _noun_phrase(tokens, first, names)
        if last is None or _is_named(tokens[first : last + 1], names):
            continue
        owned = any(token.tag in ("POS", "PRP$") for token in tokens[first : last + 1])
        if {tokens[last].lemma.lower(), tokens[first].text.lower()} & _ANYBODY and not owned:
            continue
        if tokens[last].lemma.lower() in SAYINGS:
            continue  # "what was his answer?"
        phrase = tokens[first : last + 1]
        if tokens[last].text[0].isupper() and not owned and phrase[0].pos != "DET":
            continue
        return Span(tokens[first].start, tokens[_with_links(tokens, last)].end)
    return None


def _noun_phrase(tokens: Sequence[Token], first: int, names: Sequence[Named]) -> int | None:
    """Return the last word of the noun phrase that begins at `first`; None where none does."""
    last = None
    for n in range(first, len(tokens)):
        token = tokens[n]
        hyphen = last is not None and "-" in (token.text, tokens[n - 1].text)
        her = n == first and token.tag == "PRP$"
        owning = token.text in ("’", "'") and last == n - 1 and tokens[last].tag.endswith("S")
        going_on = last == n - 1 and _goes_on(names, token)
        if token.pos not in _INSIDE and not hyphen and not her and not owning and not going_on:
            break
        goes_on = n + 1 < len(tokens) and tokens[n + 1].pos in ("NOUN", "PROPN")
        if last is not None and token.lemma.lower() in SAYINGS and not goes_on:
            break  # "the board's answer": the board's
        if _is_verb_after_all(tokens, n, names) or _is_asked_for(tokens, first, n):
            break
        if token.pos in ("NOUN", "PROPN") or going_on:
            last = n
    return last


def _goes_on(names: Sequence[Named], token: Token) -> bool:
    """Say whether a name goes on with a word: the parser takes some surnames for verbs."""
    return any(named.start < token.start < named.end for named in names)


def _is_asked_for(tokens: Sequence[Token], first: int, place: int) -> bool:
    """Say whether a "noun" is the verb for which "did" stands: "did the miller's aide respond"."""
    asked = first > 0 and tokens[first - 1].lemma == "do"
    after = place > first and tokens[place - 1].pos in ("NOUN", "PROPN")
    return asked and after and tokens[place].text in _BARE


def _is_verb_after_all(tokens: Sequence[Token], place: int, names: Sequence[Named]) -> bool:
    """Say whether a "noun" is the verb: "did the mayor's aide rate Jo Lee", "... call the"."""
    if tokens[place].pos != "NOUN" or not place or place + 1 >= len(tokens):
        return False
    if tokens[place].text.lower() in PEOPLE:
        return False  # "commissioner Lee"
    after, before = tokens[place + 1], tokens[place - 1]
    follows = after.pos in ("DET", "PRON", "PROPN") or after.text.lower() in ("that", "about")
    titled = any(n.start == after.start and " " in n.text for n in names)  # "chief Jo Lee"
    unnamed = not _named_at(tokens[place], names)
    return follows and not titled and before.pos in ("NOUN", "PROPN") and unnamed


def _with_links(tokens: Sequence[Token], last: int) -> int:
    """Go on over "of the eel board", "from Halden" and "who once ran the mill"."""
    if last + 1 >= len(tokens):
        return last
    if tokens[last + 1].text.lower() == "who":
        ends = [n for n in range(last + 1, len(tokens)) if tokens[n].text in (",", "?")]
        return ends[0] - 1 if ends else last
    place = last
    for n in range(last + 1, len(tokens)):
        if tokens[n].text.lower() not in _LINKS and (n == last + 1 or tokens[n].pos not in _INSIDE):
            break
        place = n if tokens[n].pos in ("NOUN", "PROPN") else place
    return place


def _is_named(phrase: Sequence[Token], names: Sequence[Named]) -> bool:
    """Say whether a phrase ends with a name, or holds one that owns nothing in it.

    "the Holm side" and "Holm's lawyer" describe somebody; "the miller Petra Holm" names her.
    """
    if phrase[-1].text.lower() in _SIDES:
        return False
    for place, token in enumerate(phrase):
        named = next((n for n in names if token.start < n.end <= token.end), None)
        if named is None:
            continue
        after = phrase[place + 1] if place + 1 < len(phrase) else None
        if after is None:
            return bool(named.speakers) or not _is_job(phrase[-1].text) or phrase[0].pos != "DET"
        owns = after.text in ("'s", "’s", "'", "’") or token.end > named.end
        person = any(speaker.kind == "person" for speaker in named.speakers) or not named.speakers
        alone = place == 1 and phrase[0].pos == "DET"
        if person and not owns and not alone:
            return True
    return False


def _is_job(word: str) -> bool:
    """Say whether a capitalised word is what somebody is: "the Nova Scotia DJ"."""
    return word.lower() in PEOPLE or (word.isupper() and 1 < len(word) <= _SHORT)


def _named_at(token: Token, names: Sequence[Named]) -> bool:
    return any(named.start <= token.start < named.end for named in names)
