"""What kind of question it is, by its wording."""

from __future__ import annotations

import re

from .records import QuestionKind
from .wanted import Wanted

_LEAD = r"^\W*(?:and |but |so )?"
_DO = "did|does|do|has|have|had|was it|is it|was|were|is|are|will|would"

_WHEN = re.compile(_LEAD + r"(?:when|on (?:what|which) (?:day|date)|what day)\b", re.IGNORECASE)
_LIST = re.compile(
    _LEAD + r"(?:list|name all|who all|who are all|what (?:did|does|do|has|have|had) each)\b"
    r"|\ball those who\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    rf"{_LEAD}(?:when|after|while|once|as) [^?]*?, "
    rf"(?=(?:what|who|whom|whose|which|how|why|{_DO})\b)",
    re.IGNORECASE,
)
"""A clause before the question: "When the bridge fell, did the mayor ...?"."""

_FRONT = rf"{_LEAD}(?!(?:what|who|whom|whose|which|how|why|when|where)\b)(?:[^,?]+, )?"
_VERIFY = re.compile(rf"{_FRONT}(?:{_DO})\b", re.IGNORECASE)
_RESPONSE = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|disput\w+|rebut\w*|refut\w+|respon\w+|answer\w*|react\w*|"
    r"repl(?:y|ied|ies)|comment\w*|insists? (?:it|he|she|they) had no|counter\w*|rejoinder)\b",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(?:deny|comment|respond|reply|answer|react|talk to|speak to|say anything|have anything|"
    r"anything to (?:say|add))\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    rf"{_LEAD}(?:please )?(?:list|name|show|give)(?: me)?\b(?: (?:all|every|everything|anything|"
    r"the|of|that|statements?|things?|remarks?|comments?|words|has|have|had|ever|made|said)\b)*|"
    rf"{_LEAD}(?:what|who|whom|whose|which|when|where|why|how)(?:['’]s)?(?: (?:{_DO}))?\b|"
    rf"{_LEAD}(?:{_DO})\b|"
    r"\b(?:have to say|had to say|say|says|said|tell|tells|told|think|thinks|thought|make of|"
    r"made of|according to|respond|responded|react|reacted|comment|claim|claimed|alleged?|deny|"
    r"denied|denies|promised?|warn|warned|announced?|report|reported)\b",
    re.IGNORECASE,
)


_OWNED = re.compile(r"(?:^|(?<=\s))['’]s\b")
"""What is left of "Jo Lee's answer" without the name."""

_LEFT = re.compile(
    r"\b(?:in|on|at|of|from|during|since|around|by|back)\s+(?=[,?.:]|$)()", re.IGNORECASE
)
"""What is left of "in May 2031, what did" without the time."""

_JOINING = frozenset(("and", "but", "so", "then", "also"))
_SEVERAL = re.compile(r"\?\s+(?=\w)")


def find_kind(text: str, *, wanted: Wanted, tells_of_telling: bool) -> QuestionKind:
    """Return the kind of a question; of several questions in one text, that of the last.

    Args:
        wanted: How many speakers it wants named.
        tells_of_telling: It asks what one says that another one told.
    """
    last = _FRONTED.sub("", _SEVERAL.split(text.strip())[-1])
    signs: tuple[tuple[QuestionKind, object], ...] = (
        ("time", _WHEN.search(last)),
        ("nested", tells_of_telling and not _VERIFY.search(last)),
        ("list", wanted == "several" or _LIST.search(last)),
        ("denial", _VERIFY.search(last) and _REFUSAL.search(last)),
        ("verify", _VERIFY.search(last)),
        ("denial", _RESPONSE.search(last)),
        ("who-said", wanted == "one"),
    )
    return next((kind for kind, holds in signs if holds), "what-said")


def without_asking(text: str) -> str:
    """Return `text` without the words that ask, so that those are left that it is about."""
    whole = " ".join(_LEFT.sub(r"\1", _OWNED.sub(" ", text)).split()).lstrip(" ,:-")
    left = " ".join(_ASKING.sub(" ", whole).split()).strip(" ?.,!:-")
    return "" if left.lower() in _JOINING else left
