"""Make a follow-up stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index.speakers.genders import gender_of_name

from .records import Message
from .sayings import SAYINGS

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
_OWNED = re.compile(
    rf"\b(?:his|her|their)\s+(?=(?:{'|'.join(sorted(SAYINGS))})s?\b)", re.IGNORECASE
)
_RESPONDING = re.compile(
    r"\b(?:answer|respon[ds]|repl(?:y|ied)|react|rejoinder|retort|rebut|comeback|hit back|"
    r"fire back|counter|defend (?:him|her|them)sel)",
    re.IGNORECASE,
)
_HE, _SHE = (re.compile(rf"\b(?:{them})\b", re.IGNORECASE) for them in ("he|him|his", "she|hers?"))
_SPEAKING = r"(?:say|think|tell|make|want|call|warn|promise|respond|react|answer|deny|claim)\b"
_INTRODUCED = r"(?:(?:(?<=\bdid )|(?<=\bdoes ))the (?:(?!that |who )[\w'’.-]+ ){1,4})?"
_BARE = re.compile(r"\W*(?:why|when|where|who|how)(?: (?:not|so|exactly|else))?\W*$", re.IGNORECASE)
_SHORT = 5
_ABOUT = re.compile(r"\s+(?:on|about)\s+(?=\w)", re.IGNORECASE)
_FAR, _LONG = 6, 10
"""Words before a pronoun, and of a question, from which on it may mean somebody in the question."""

_OBJECTS = frozenset(("him", "them", "hers", "theirs"))
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


def stand_alone(
    text: str, history: Sequence[Message], names_in: Finder, people_in: Finder | None = None
) -> StandAlone:
    """Complete a follow-up from the turns before it.

    "And what did he want?" gets the person last spoken of; "and Pence?" gets the question last
    asked; a question that names its own speaker and topic stays as it is.

    Args:
        history: Earlier turns, oldest first.
        names_in: Returns the speakers' names in a text, in order.
        people_in: The same of people alone, for "he" and "she"; `names_in` where it is left out.
    """
    people_in = people_in or names_in
    before: StandAlone | None = None
    for place, message in enumerate(history):
        if message.role == "user":
            before = _complete(message.content, before, history[:place], names_in, people_in)
    return _complete(text, before, history, names_in, people_in)


def _complete(
    text: str,
    before: StandAlone | None,
    history: Sequence[Message],
    names_in: Finder,
    people_in: Finder,
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
    if person and not opening and _is_meant_within(text, person, own):
        person = None
    if not (opening or person or _THING.search(text) or _BARE.match(text)):
        return StandAlone(text, "")
    named = text
    finder = people_in if _HE.search(text) or _SHE.search(text) else names_in
    if person and not own and (spoken_of := _last_person(text, history, finder)):
        named = _SUBJECT.sub(lambda found: f"{found[1]} {spoken_of}", text)
        if _ASKING.match(bare):  # "and what was her answer?", not "and the boss, what was his?"
            named = _OWNED.sub(f"{spoken_of}'s ", named)
    # With its subject named, a question about nothing said before needs no other words.
    alone = named != text and not _THING.search(text)
    words = f"{before.text} {before.context}".split()[:_CONTEXT]
    return StandAlone(named, "" if alone else " ".join(words))


def _is_meant_within(text: str, pronoun: re.Match[str], own: Sequence[str]) -> bool:
    """Say whether a long question has itself whom its first pronoun means, before it.

    "Did the mayor tell the powerful that they ...?"; "he" and "she" need somebody's name.
    """
    before = text[: pronoun.start()]
    if len(before.split()) < _FAR or len(text.split()) < _LONG or pronoun[0].lower() in _OBJECTS:
        return False
    return pronoun[0].lower().startswith("the") or any(name in before for name in own)


def _swap_name(question: str, name: str, names_in: Finder) -> str:
    """Ask the last question of another one: "and Pence?"."""
    before = names_in(question)
    if not before:
        return f"What did {name} say? {question}"
    asked = [n for n in before if re.search(rf"{re.escape(n)}\s+{_SPEAKING}", question)]
    # With the name goes what it is introduced by: "did the mayor's aide Jo Lee say".
    swapped = re.compile(_INTRODUCED + re.escape((asked or before)[0]))
    return swapped.sub(lambda _: name, question, count=1)


def _last_person(text: str, history: Sequence[Message], names_in: Finder) -> str:
    """Return whom a follow-up calls he or she; nobody where nobody fits.

    That is the first one named in the last turn that names anybody: an answer begins with him.
    Who is to have answered was only talked about: "How did Vance attack Holm?", "And her answer?"
    """
    said = [
        (message.role, [name for name in names_in(message.content) if _may_be_meant(name, text)])
        for message in reversed(history)
    ]
    asked = next((names for role, names in said if role == "user"), [])
    if len(asked) > 1 and _RESPONDING.search(text):
        return asked[1]
    return next((names[0] for _, names in said if names), "")


def _may_be_meant(name: str, text: str) -> bool:
    """Say whether "he" or "she" in a text may mean somebody, by the given name if there is one."""
    given, *others = name.split()
    gender = gender_of_name(given) if others else ""
    he, she = _HE.search(text) is not None, _SHE.search(text) is not None
    return not gender or he in (she, gender == "m")
