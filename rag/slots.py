"""Whom a question asks about: the names that stand where it puts the one whose words it wants."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.records import Parse, Token
from index.speakers.lexicon import PEOPLE

from .directory import Named
from .sayings import SAYINGS

_TELLING = frozenset(
    ("say", "tell", "report", "claim", "recall", "remember", "write", "reveal", "argue", "recount",
     "describe", "relate", "quote", "reply", "answer", "ask", "murmur", "whisper", "mutter",
     "shout", "confide", "admit", "promise", "warn", "urge", "remark", "add", "liken", "compare",
     "hear", "yell", "scream", "joke", "declare", "insist", "complain", "recommend",
     "advise", "order", "instruct", "boast", "note", "respond")
)  # fmt: skip
_GIVING = frozenset(("give", "issue", "make", "offer", "send", "deliver", "voice"))
_LISTED = frozenset(
    ("everything", "all", "anything", "thing", "statement", "remark", "comment", "word")
)  # fmt: skip
"""What a list is asked of: "everything Jo Lee has said"."""

_AUXILIARIES = frozenset(("do", "did", "does", "have", "had", "has", "be", "was", "is", "were"))
_DESCRIBING = frozenset(("DET", "ADJ", "NOUN", "PROPN", "PART", "ADV", "PUNCT"))
_DESCRIPTION = 6
"""Most words between "did" and the name: "did the auto workers' Jo Lee"."""

_FRONTED = re.compile(r"(?: of (?:the )?\w+(?: of \w+)?)?(?:,| on | about )|['’]s? ")
_ACCOUNT = re.compile(
    r"\b(?:acc?ording to [\w.’' -]+|by [\w.’' -]+ account|"
    r"(?-i:per) [\w.’' -]+|^Per [\w.’ -]+['’]s\b|"
    r"as [\w.’' -]+ (?:recalls?|tells?|remembers?|recounts?|has it)|"
    r"to hear [\w.’' -]+ tell|"
    r"from what [\w.’' -]+ (?:recounted|recalled|remembered|told|said)|"
    r"^In [\w.’' -]+ ?['’]s (?:book|memoirs?|diar(?:y|ies)|column|letters?|emails?|account)|"
    r"\bin [\w.’' -]+ ?['’]s? (?:view|opinion|eyes|telling|judge?ment|estimation|recollection)|"
    r"\bin the (?:view|opinion|eyes|telling|judge?ment|estimation|recollection) of [\w.’' -]+)\b",
    re.IGNORECASE,
)
_EXPERIENCED = frozenset(
    ("bother", "worry", "trouble", "upset", "annoy", "anger", "surprise", "puzzle", "please",
     "shock", "disappoint", "frighten", "alarm", "impress", "concern")
)  # fmt: skip
"""Verbs whose object is the one who feels: "What worried Jo Lee?" asks for her words."""


def find_slots(text: str, words: Parse, names: Sequence[Named]) -> list[Named]:
    """Return those of `names` that a question asks about, in order.

    Args:
        words: The grammar of `text`.
        names: Everybody whom it names.
    """
    heads = _heads(words)
    names = [n for n in names if not _describes(n, words, names)]
    slots = [n for n in names if any(_ends_with(n, words.tokens[head]) for head in heads)]
    slots += [n for n in names if n not in slots and _follows_auxiliary(text, n, words, names)]
    account = _ACCOUNT.search(text)
    inside = [n for n in names if account and account.start() <= n.start < account.end()]
    if not any(n in slots for n in inside):
        # "In the view of Lee's aide Jo Vance"; not "by what people said".
        slots += [n for n in inside if n.text[0].isupper() and not _owns(text, n.end)][-1:]
    if slots:
        # "According to Jo Lee, what does the mayor need?" asks for her words alone.
        teller = [n for n in slots if n in inside]
        found = teller if teller and not tells_of_telling(words) else slots
        return sorted(found, key=lambda named: (named not in teller, named.start))
    if not names:
        return []
    # "Jo Lee on eels?"; "Jo Lee and the eels, what did she say?"
    fronted = names[0].start <= len("“ ") and _FRONTED.match(text, names[0].end)
    later = [words.tokens[h] for h in heads if words.tokens[h].start >= names[0].end]
    pronoun = any(word.lemma.lower() in ("he", "she", "they") for word in later)
    return [names[0]] if fronted or pronoun else []


def _describes(named: Named, words: Parse, names: Sequence[Named]) -> bool:
    """Say whether a name only says what the next one is: "the Cold War scholar Jo Lee"."""
    for other in names:
        between = [t for t in words.tokens if named.end <= t.start and t.end <= other.start]
        noun = between and between[-1].text.lower() in PEOPLE and not _owns(between[0].text, 0)
        if noun and len(between) <= _DESCRIPTION and all(t.pos in _DESCRIBING for t in between):
            return _is_person(other)
    return False


def _is_person(named: Named) -> bool:
    """Say whether a name is one person's: not the place of "the Halden miller Jo Lee"."""
    return not named.speakers or any(speaker.kind == "person" for speaker in named.speakers)


def _owns(text: str, end: int) -> bool:
    """Say whether a possessive ending stands where a name ends."""
    return text[end : end + 1] in ("'", "’")


def tells_of_telling(words: Parse) -> bool:
    """Say whether it asks what one says that another told: "What does A say that B told C?".

    So does "According to A, what did B tell C?", and "what warning did B give?" or "B's answer".
    """
    tokens = words.tokens
    telling = {n for n, t in enumerate(tokens) if t.lemma.lower() in _TELLING}
    account = _ACCOUNT.search(" ".join(token.text for token in tokens))
    answers = any(_is_answer(words, n) for n in range(len(tokens)))
    return any(_within(words, n, telling) for n in telling) or bool(
        account and (telling or answers)
    )


def _is_answer(words: Parse, place: int) -> bool:
    """Say whether a word is whose "B's answer" is, or the warning of "what warning did B give?"."""
    token, head = words.tokens[place], words.tokens[words.tokens[place].head]
    if token.dep == "poss":  # "Jo Lee's answer"; not "in Jo Lee's view"
        within = head.dep == "pobj" and words.tokens[head.head].text.lower() == "in"
        return head.lemma.lower() in SAYINGS and not within
    before = words.tokens[place - 1].text.lower() if place else ""
    given = before in ("what", "which") and any(t.lemma in _GIVING for t in words.tokens)
    return given and token.lemma.lower() in SAYINGS


def _within(words: Parse, verb: int, others: Collection[int]) -> bool:
    """Say whether a verb is what another of `others` tells.

    So it is in "say that B told", "say people kept telling", "report B as telling".
    """
    tokens, place, subject = words.tokens, verb, False
    while (step := _above(words, place)) is not None:
        subject = subject or tokens[place].dep in ("pcomp", "acl") or _has_subject(words, place)
        place = step
        if place in others:
            return subject
    return False


def _above(words: Parse, verb: int) -> int | None:
    """Return the verb of which another one is what is told; None for any other verb."""
    token, head = words.tokens[verb], words.tokens[words.tokens[verb].head]
    if token.dep == "pcomp" and head.text.lower() == "as":
        return head.head
    told = token.dep in ("ccomp", "xcomp") or (token.dep == "acl" and head.lemma in _TELLING)
    return token.head if told and token.head != verb else None


def _has_subject(words: Parse, verb: int) -> bool:
    return any(token.head == verb and token.dep == "nsubj" for token in words.tokens)


def _ends_with(named: Named, word: Token) -> bool:
    """Say whether a name ends with a word, as "the board's Jo Lee" does with "Lee"."""
    return named.start <= word.start and abs(named.end - word.end) < len("’s")


def _follows_auxiliary(text: str, named: Named, words: Parse, names: Sequence[Named]) -> bool:
    """Say whether only a description stands between "did" and the name, and nobody else's name.

    The parser often takes the verb of such a question for a noun, so its subject is no use.
    """
    before = [n for n, t in enumerate(words.tokens) if t.end <= named.start]
    after = next((t.text for t in words.tokens if t.start >= named.end), "")
    return after not in ("'s", "’s", "'", "’") and any(
        words.tokens[n].lemma.lower() in _AUXILIARIES
        and before[-1] - n <= _DESCRIPTION
        and all(words.tokens[i].pos in _DESCRIBING for i in range(n + 1, before[-1] + 1))
        and not any(
            words.tokens[n].end <= other.start and other.end <= named.start
            for other in names
            if _is_person(other) and not _owns(text, other.end)
        )
        and not (n and words.tokens[n - 1].text.lower() in ("who", "that"))
        for n in before
    )


def _heads(words: Parse) -> list[int]:
    """Return the places of the words that do the saying, and of those joined to them by "and"."""
    heads = [n for n in range(len(words.tokens)) if _speaks(words, n)]
    return heads + [n for n, t in enumerate(words.tokens) if t.dep == "conj" and t.head in heads]


def _speaks(words: Parse, place: int) -> bool:
    """Say whether a word is a subject of the asking, or the X of "according to X", "X's answer"."""
    tokens = words.tokens
    token, head = tokens[place], tokens[tokens[place].head]
    if token.dep in ("nsubj", "nsubjpass") and _is_main(words, token.head):
        return True
    if token.dep == "pobj" and head.lemma == "to":
        around = (tokens[head.head].text.lower(), tokens[max(0, token.head - 1)].text.lower())
        return "according" in around
    if token.dep == "poss":  # "Jo Lee's answer"; not "respond to Jo Lee's answer"
        told_of = head.dep == "pobj" and tokens[head.head].text.lower() not in ("of", "in", "by")
        return head.lemma.lower() in SAYINGS and not told_of
    if token.dep == "dobj":
        return head.lemma in _EXPERIENCED and head.dep == "ROOT"
    if token.dep == "nsubj" and head.dep == "advcl":
        return (
            head.lemma in _TELLING and _ACCOUNT.search(f"as {token.text} {head.text}") is not None
        )
    # "Was it Jo Lee who said that the mayor lied?": the first one after "it", not the mayor.
    opening = [t.text.lower() for t in tokens[:2]]
    first = next((n for n, t in enumerate(tokens[2:], 2) if t.dep in ("attr", "nsubj")), None)
    return opening in (["was", "it"], ["is", "it"]) and place == first


def _is_main(words: Parse, verb: int) -> bool:
    """Say whether a verb is the question's own, or what it asks to be told of ("say B told")."""
    token = words.tokens[verb]
    head = words.tokens[token.head]
    own = token.head == verb or token.dep == "ROOT"
    told = token.dep == "ccomp" and {token.lemma, head.lemma} <= _TELLING
    if token.dep == "relcl" and head.lemma.lower() in _LISTED:
        return token.lemma in _TELLING or token.lemma == "make"
    return own or (told and (head.dep == "ROOT" or head.head == token.head))
