"""Understand a question: what kind, about whom, about what, about when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.records import Parse, Speaker

from .dates import find_period
from .directory import Directory, Named
from .options import AskOptions
from .records import Question, QuestionKind

_WHO = re.compile(
    r"^\W*(?:and |but |so )?(?:who|whose|which|what (?:\w+ ){0,2}(?:official|politician)s?)\b",
    re.IGNORECASE,
)
_VERIFY = re.compile(
    r"^\W*(?:and |but |so |in \w+ [\w-]+, )?(?:did|does|do|has|have|had|was it|is it|was|were|is|are|will|would)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^\W*(?:and |but |so )?(?:when|on (?:what|which) (?:day|date)|what day)\b", re.IGNORECASE
)
_RESPONSE = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|disput\w+|rebut\w*|refut\w+|respon\w+|answer\w*|react\w*|repl(?:y|ied|ies)|"
    r"comment\w*|insists? (?:it|he|she|they) had no|counter\w*|rejoinder)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:each|everyone|everybody|all those|list|who all|which (?:\w+ ){0,3}\w{2,}s|whose doubts|criticisms)\b",
    re.IGNORECASE,
)
_NESTED = re.compile(
    r"^\W*(?:according to|as \w+ (?:\w+ )?(?:remembers|recalls|tells)|by [\w’' ]+ account)\b",
    re.IGNORECASE,
)
_TELLING = frozenset(
    "say tell report claim recall remember write reveal argue recount describe relate quote".split()
)
_NOUNS = frozenset(
    "reaction response answer reply take view opinion word comment criticism position defence defense "
    "warning account statement verdict explanation excuse objection claim complaint argument".split()
)
_AUXILIARIES = frozenset(("do", "did", "does", "have", "had", "has", "be", "was", "is", "were"))
_DESCRIBING = frozenset(("DET", "ADJ", "NOUN", "PROPN", "PART", "ADV", "PUNCT"))
_FRONTED = re.compile(r"(?:,| on | about |['’]s? )")
_ASKING = re.compile(
    r"^\W*(?:and |but |so )?(?:what|who|whom|whose|which|when|where|why|how)(?:['’]s| is| was| were| did| does| do| has| have| had)?\b|"
    r"^\W*(?:did|does|do|has|have|had|was it|is it|was|were|is|are)\b|"
    r"\b(?:have to say|had to say|say|says|said|tell|tells|told|think|thinks|thought|make of|made of|"
    r"according to|respond|responded|react|reacted|comment|claim|claimed|alleged?|deny|denied|denies|"
    r"promised?|warn|warned|announced?|report|reported)\b",
    re.IGNORECASE,
)  # fmt: skip


def parse(
    text: str, words: Parse, directory: Directory, options: AskOptions, asked: date
) -> Question:
    """Return the question understood, without a language model.

    Args:
        text: Stand-alone; see `rag.conversation`.
        words: The grammar of `text`.
        asked: The day that "last week" counts from.
    """
    names = directory.find(text)
    period = find_period(text, asked)
    if period:
        names = [n for n in names if n.end <= period.start or n.start >= period.end]
    firm = bool(options.since or options.until)
    slots = _speaker_slots(text, words, names)
    if options.speaker:
        slots = [Named(0, 0, options.speaker, directory.named(options.speaker), whole=True)]
    return Question(
        text=text,
        kind=_kind(text, words, slots),
        topic=_topic(text, slots, (period.start, period.end) if period else (0, 0)),
        speakers=_unique(slots),
        strangers=tuple(n.text for n in slots if not n.speakers),
        since=options.since if firm else period.since if period else None,
        until=options.until if firm else period.until if period else None,
        firm=firm,
    )


def _unique(slots: Sequence[Named]) -> tuple[Speaker, ...]:
    return tuple(dict.fromkeys(speaker for slot in slots for speaker in slot.speakers))


def _kind(text: str, words: Parse, slots: Sequence[Named]) -> QuestionKind:
    if _WHEN.search(text):
        return "time"
    if _NESTED.search(text) or _tells_of_telling(words, slots):
        return "nested"
    if _LIST.search(text):
        return "list"
    if _VERIFY.search(text):
        return "denial" if re.search(r"\b(?:deny|comment|respond)\b", text) else "verify"
    if _RESPONSE.search(text):
        return "denial"
    if _WHO.search(text) and not slots:
        return "who-said"
    return "what-said"


def _tells_of_telling(words: Parse, slots: Sequence[Named]) -> bool:
    """Say whether one speaker is asked about what another one said: "What does A say B told C?"."""
    if len(slots) < 2:
        return False
    verbs = [n for n, t in enumerate(words.tokens) if t.lemma in _TELLING and t.pos == "VERB"]
    return any(
        words.tokens[n].dep == "ccomp"
        and words.tokens[n].head in verbs
        and words.tokens[n].head != n
        for n in verbs
    )


def _speaker_slots(text: str, words: Parse, names: Sequence[Named]) -> list[Named]:
    """Return the names that stand where a question puts the one whose words it wants."""
    heads = _slot_heads(words)
    slots = [n for n in names if any(_is_last_word(n, words, head) for head in heads)]
    slots += [n for n in names if n not in slots and _follows_auxiliary(n, words)]
    if slots:
        return sorted(slots)
    if names and names[0].start <= 2 and _FRONTED.match(text, names[0].end):
        return [names[0]]
    pronoun = any(words.tokens[h].lemma.lower() in ("he", "she", "they") for h in heads)
    return [names[0]] if pronoun and names else []


def _follows_auxiliary(named: Named, words: Parse) -> bool:
    """Say whether only a description stands between "did" and the name: "did the RNC's Jo Lee".

    The parser often takes the verb of such a question for a noun, so its subject is no use.
    """
    for place, token in enumerate(words.tokens):
        if token.end > named.start or token.lemma.lower() not in _AUXILIARIES:
            continue
        if place and words.tokens[place - 1].text.lower() in ("who", "that"):
            continue
        between = [t for t in words.tokens[place + 1 :] if t.end <= named.start]
        if len(between) <= 6 and all(t.pos in _DESCRIBING for t in between):
            following = next((t for t in words.tokens if t.start >= named.end), None)
            return following is None or following.text not in ("'s", "’s", "'", "’")
    return False


def _is_last_word(named: Named, words: Parse, head: int) -> bool:
    """Say whether a name ends with the word `head`: "the Sierra Club's Peter Morgan", not its club."""
    token = words.tokens[head]
    return named.start <= token.start and token.end <= named.end + 2 and token.end > named.end - 2


def _slot_heads(words: Parse) -> list[int]:
    """Return the places of the words that do the saying: subjects, "according to X", "X's answer"."""
    heads = []
    for place, token in enumerate(words.tokens):
        head = words.tokens[token.head]
        subject = token.dep in ("nsubj", "nsubjpass") and _is_main(words, token.head)
        cited = token.dep == "pobj" and head.lemma == "to" and "according" in (
            words.tokens[head.head].text.lower(), words.tokens[max(0, token.head - 1)].text.lower()
        )  # fmt: skip
        owned = token.dep == "poss" and head.lemma.lower() in _NOUNS
        asked = token.dep in ("attr", "nsubj") and words.tokens[0].text.lower() in ("was", "is") and (
            len(words.tokens) > 1 and words.tokens[1].text.lower() == "it" and token.text.lower() != "it"
        )  # fmt: skip
        if subject or cited or owned or asked:
            heads.append(place)
    return heads + [
        n for n, t in enumerate(words.tokens) if t.dep == "conj" and t.head in heads
    ]  # fmt: skip


def _is_main(words: Parse, verb: int) -> bool:
    """Say whether a verb is the question's own, or what it asks to be told of ("say B told")."""
    token = words.tokens[verb]
    if token.head == verb or token.dep == "ROOT":
        return True
    head = words.tokens[token.head]
    return (
        token.dep == "ccomp"
        and token.lemma in _TELLING
        and head.lemma in _TELLING
        and (head.dep == "ROOT" or head.head == token.head)
    )


def _topic(text: str, slots: Sequence[Named], period: tuple[int, int]) -> str:
    """Return `text` without its asking words, the speakers asked about and the time."""
    kept = list(text)
    for start, end in [(n.start, n.end) for n in slots] + [period]:
        kept[start:end] = " " * (end - start)
    return " ".join(_ASKING.sub(" ", "".join(kept)).split()).strip(" ?.,!")
