"""Names of people as strings: titles off, parts, whether two can be one person's."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from .lexicon import TITLES

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
SUFFIXES = _GENERATIONS | {"md", "phd", "esq", "qc", "kc", "mp", "mpp"}
PARTICLES = frozenset(
    "de da di del della der den van von la le al el bin ibn ben dos du ter".split()
)
_GIVEN_TOO = frozenset({"al", "ben", "del", "della", "van"})
_POSSESSIVE = re.compile(r"['’]s?$")

_NAMES = 2**18
"""Names at hand: more than a large archive has, since all are looked at again at each build."""


@lru_cache(maxsize=_NAMES)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, full stops and a possessive ending."""
    text = _POSSESSIVE.sub("", text.strip())
    if text.isascii():
        return text.lower().replace(".", "")
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text.lower() if not unicodedata.combining(c) and c != ".")


@lru_cache(maxsize=_NAMES)
def key(name: str) -> str:
    """Return what two ways to print one name share: no case, accents, marks, leading article."""
    folded = re.sub(r"[^\w]+", " ", fold(name)).strip()
    return re.sub(r"^(?:the|an?) (?=\w)", "", folded)


@lru_cache(maxsize=_NAMES)
def parts(name: str) -> tuple[str, ...]:
    """Return the folded words of a person's name; a suffix such as Jr. left out."""
    words = [fold(word) for word in name.replace(",", " ").split()]
    return tuple(w for w in words if w and w not in SUFFIXES and not w.startswith(('"', "“")))


def printed(name: str) -> str:
    """Return a name as text has it, where it is given in capitals or with marks around it."""
    name = re.sub(r"^[\W_]+|[^\w.)]+$", "", " ".join(name.split()))
    return name.title() if name.isupper() and len(parts(name)) > 1 else name


def generation(name: str) -> str:
    """Return "jr", "iii" and the like where a name ends so, else nothing."""
    last = fold(name.rsplit(maxsplit=1)[-1]) if name.split() else ""
    return last if last in _GENERATIONS else ""


def surname(name: str) -> str:
    """Return the last part of a name, folded; empty for an empty name."""
    return (parts(name) or ("",))[-1]


@lru_cache(maxsize=_NAMES)
def is_full(name: str) -> bool:
    """Whether a name has a given name or an initial besides the surname and its particle."""
    words = name.split()
    first = words[0] if words else ""
    particle = first in PARTICLES or (fold(first) in PARTICLES and fold(first) not in _GIVEN_TOO)
    return len(parts(name)) > (2 if particle else 1)


def without_titles(words: list[str]) -> list[str]:
    """Return the words of a printed name from the first that is no abbreviated title."""
    first = 0
    while first < len(words) - 1 and fold(words[first]) in TITLES:
        first += 1
    return words[first:]


@cache
def _formal_names() -> dict[str, frozenset[str]]:
    """Return each informal given name with the formal ones behind it."""
    from nicknames import NickNamer  # noqa: PLC0415 - its table takes a moment to read

    lookup = NickNamer().nickname_lookup
    formal: dict[str, set[str]] = {}
    for name, informal in lookup.items():
        for nickname in informal:
            formal.setdefault(nickname, set()).add(name)
    return {name: frozenset(found) for name, found in formal.items()}


def same_given(one: str, other: str) -> bool:
    """Whether two folded given names can be one person's: equal, an initial, or a nickname."""
    if one == other or one.replace("-", "") == other.replace("-", ""):
        return True
    if 1 in (len(one), len(other)):
        return one[:1] == other[:1]
    formal = _formal_names()
    return other in formal.get(one, ()) or one in formal.get(other, ())


def compatible(one: str, other: str) -> bool:
    """Whether two full names can be one person's: same surname, no given names that differ.

    Middle names may be missing from either, may be initials, and a given name may be a nickname
    ("Bob"/"Robert"); "J. Roe" and "Jane Roe" are compatible, "John Roe" and "Jane Roe" aren't,
    nor are "John Roe" and "John Roe Jr.". Who is called "C. Rick Roe" goes by Rick, and isn't
    "Carmel Roe".
    """
    a, b = parts(one), parts(other)
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    if generation(one) != generation(other):
        return False
    if not same_given(a[0], b[0]):
        # "H. Ross Perot" and "Ross Perot"; "Hillary Clinton" isn't "Rodham Clinton"
        return (len(a[0]) == 1 and a[1:] == b) or (len(b[0]) == 1 and b[1:] == a)
    middle_a, middle_b = a[1:-1], b[1:-1]
    if not middle_a or not middle_b:
        long, short = (a, b) if middle_a else (b, a)
        called = len(long[0]) == 1 and bool(long[1:-1]) and len(long[1]) > 1
        return not called or len(short[0]) == 1
    return same_given(middle_a[0], middle_b[0]) or middle_a[-1] == middle_b[-1]


def alike(one: str, other: str) -> bool:
    """Whether two full names of one surname may be one person's, given evidence for it.

    Besides compatible names these are a name with and without "Jr.", and given names that differ
    by a slip of one letter ("Hilary Roe", "Hillary Roe").
    """
    if {generation(one), generation(other)} - {"", generation(one) or generation(other)}:
        return False
    a, b = parts(one), parts(other)
    slip = min(len(a[0]), len(b[0])) > 2 and OSA.distance(a[0], b[0], score_cutoff=1) == 1
    return compatible(" ".join(a), " ".join((a[0], *b[1:]) if slip else b))
