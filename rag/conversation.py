"""Make a follow-up stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .records import Message

_OPENING = re.compile(
    r"^\W*(?:and|but|so|also|then|what about|how about|no|ok(?:ay)?)\b[\s,:-]*", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their|theirs)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:this|it|those|these)\b|\b(?:that|there)\b(?=\W*(?:\w+\W*)?$)", re.IGNORECASE
)
"""Words that stand for something said; not "that" with a clause after it ("said that he ...")."""
_SUBJECT = re.compile(
    r"\b(did|does|do|has|have|had|was|were|is|are|would|will)\s+(he|she|they)\b", re.IGNORECASE
)
_ASKING = re.compile(
    r"(?:what|who|how|why|when|where|which|whose|did|does|do|has|have|was|is|would|will)\b",
    re.IGNORECASE,
)
_SPEAKING = r"(?:say|think|tell|make|want|call|warn|promise|respond|react|answer|deny|claim)\b"
_INTRODUCED = r"(?:(?:(?<=\bdid )|(?<=\bdoes ))the (?:(?!that |who )[\w'’.-]+ ){1,4})?"
_BARE = re.compile(r"\W*(?:why|when|where|who|how)(?: (?:not|so|exactly|else))?\W*$", re.IGNORECASE)
_SHORT = 5
_ABOUT = re.compile(r"\s+(?:on|about)\s+(?=\w)", re.IGNORECASE)
_CONTEXT = 40
"""Most words of earlier turns to search with, the last ones asked first."""

Finder = Callable[[str], Sequence[str]]


class StandAlone(NamedTuple):
    """A question that needs nothing said before it.

    Attributes:
        text: As asked, with names for pronouns where they are sure.
        context: Words of earlier turns to search with; empty where it stood alone already.
    """

    text: str
    context: str


def stand_alone(text: str, history: Sequence[Message], names_in: Finder) -> StandAlone:
    """Complete a follow-up from the turns before it.

    "And what did he want?" gets the person last spoken of; "and Pence?" gets the question last
    asked; a question that names its own speaker and topic stays as it is.

    Args:
        history: Earlier turns, oldest first.
        names_in: Returns the speakers' names in a text, in order.
    """
    before: StandAlone | None = None
    for place, message in enumerate(history):
        if message.role == "user":
            before = _complete(message.content, before, history[:place], names_in)
    return _complete(text, before, history, names_in)


def _complete(
    text: str, before: StandAlone | None, history: Sequence[Message], names_in: Finder
) -> StandAlone:
    """Complete a question from the one before it, itself complete, and all that was said."""
    if before is None:
        return StandAlone(text, "")
    opening = _OPENING.match(text)
    own = names_in(text)
    bare = _OPENING.sub("", text)
    if own and len(bare.split()) <= _SHORT and not _ASKING.match(bare):
        about = _ABOUT.search(bare)
        if about:  # "and Pence on the wall?"
            return StandAlone(f"What did {bare[: about.start()]} say{bare[about.start() :]}", "")
        return StandAlone(_swap_name(before.text, bare.rstrip("?! ."), names_in), before.context)
    person = _PERSON.search(text)
    if not (opening or person or _THING.search(text) or _BARE.match(text)):
        return StandAlone(text, "")
    named = text
    if person and not own and (spoken_of := _last_person(history, names_in)):
        named = _SUBJECT.sub(lambda found: f"{found[1]} {spoken_of}", text)
    # With its subject named, a question about nothing said before needs no other words.
    alone = named != text and not _THING.search(text)
    words = f"{before.text} {before.context}".split()[:_CONTEXT]
    return StandAlone(named, "" if alone else " ".join(words))


def _swap_name(question: str, name: str, names_in: Finder) -> str:
    """Ask the last question of another one: "and Pence?"."""
    before = names_in(question)
    if not before:
        return f"What did {name} say? {question}"
    asked = [n for n in before if re.search(rf"{re.escape(n)}\s+{_SPEAKING}", question)]
    # With the name goes what it is introduced by: "did the mayor's aide Jo Lee say".
    swapped = re.compile(_INTRODUCED + re.escape((asked or before)[0]))
    return swapped.sub(lambda _: name, question, count=1)


def _last_person(history: Sequence[Message], names_in: Finder) -> str:
    """Return the first one named in the last turn that names anybody: an answer begins with him."""
    for message in reversed(history):
        names = names_in(message.content)
        if names:
            return names[0]
    return ""
