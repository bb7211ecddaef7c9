"""What kind of question it is, by its wording."""

from __future__ import annotations

import re

from .records import QuestionKind

_LEAD = r"^\W*(?:and |but |so )?"
_DO = "did|does|do|has|have|had|was it|is it|was|were|is|are|will|would"

_WHEN = re.compile(_LEAD + r"(?:when|on (?:what|which) (?:day|date)|what day)\b", re.IGNORECASE)
_NESTED = re.compile(
    r"^\W*(?:according to|per |by [\w’' ]+ account|as \w+ (?:\w+ )?(?:remembers|recalls|tells))\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:each|everyone|everybody|all those|list|who all|whose doubts|criticisms|"
    r"which (?:\w+ ){0,3}\w{2,}s)\b",
    re.IGNORECASE,
)
_VERIFY = re.compile(rf"{_LEAD}(?:in \w+ [\w-]+, )?(?:{_DO})\b", re.IGNORECASE)
_RESPONSE = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|disput\w+|rebut\w*|refut\w+|respon\w+|answer\w*|react\w*|"
    r"repl(?:y|ied|ies)|comment\w*|insists? (?:it|he|she|they) had no|counter\w*|rejoinder)\b",
    re.IGNORECASE,
)
_REFUSAL = re.compile(r"\b(?:deny|comment|respond)\b", re.IGNORECASE)
_WHO = re.compile(_LEAD + r"(?:who|whose|which|what \w+ official)\b", re.IGNORECASE)
_ASKING = re.compile(
    rf"{_LEAD}(?:what|who|whom|whose|which|when|where|why|how)(?:['’]s)?(?: (?:{_DO}))?\b|"
    rf"{_LEAD}(?:{_DO})\b|"
    r"\b(?:have to say|had to say|say|says|said|tell|tells|told|think|thinks|thought|make of|"
    r"made of|according to|respond|responded|react|reacted|comment|claim|claimed|alleged?|deny|"
    r"denied|denies|promised?|warn|warned|announced?|report|reported)\b",
    re.IGNORECASE,
)


_OWNED = re.compile(r"(?:^|(?<=\s))['’]s\b")
"""What is left of "Jo Lee's answer" without the name."""


def find_kind(text: str, *, named: bool, tells_of_telling: bool) -> QuestionKind:
    """Return the kind of a question.

    Args:
        named: It names whom it asks about.
        tells_of_telling: It asks what one says that another one told.
    """
    signs: tuple[tuple[QuestionKind, object], ...] = (
        ("time", _WHEN.search(text)),
        ("nested", tells_of_telling or _NESTED.search(text)),
        ("list", _LIST.search(text)),
        ("denial", _VERIFY.search(text) and _REFUSAL.search(text)),
        ("verify", _VERIFY.search(text)),
        ("denial", _RESPONSE.search(text)),
        ("who-said", not named and _WHO.search(text)),
    )
    return next((kind for kind, holds in signs if holds), "what-said")


def without_asking(text: str) -> str:
    """Return `text` without the words that ask, so that those are left that it is about."""
    asked = _ASKING.sub(" ", _OWNED.sub(" ", text))
    return " ".join(asked.split()).strip(" ?.,!")
