"""Find the archive's speakers in a text, by full name, alias, surname, or in spite of a typo."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from index.records import Role, Speaker
from index.speakers.names import same_given
from index.speakers.organisations import acronym
from index.speakers.roles import PAST, role_words

from .names import LONGEST, POSSESSIVE, QUESTION_WORDS, WORD, count_run, fold, name_key

_TITLED = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+")
_OF = re.compile(r" (?:of|from|at) .*$")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_GENERIC = frozenset(
    "institution institute university college foundation company corporation corp inc co group "
    "association bank museum center centre society network agency union".split()
)
"""What a body's name ends with and is called without: the Smithsonian."""

_ACRONYM = 3
"""Fewest letters by which one of several bodies is known: IMF."""

_LONGEST_SIDE = 8
_TYPO = 86
"""Least similarity, in per cent, of a name in a question to the name that it is taken for."""

_DOMINANT = 0.8
"""Share of a surname's statements that makes its bearer the only one meant."""


_MOST_IN_ROLE = 3

_SIDES = frozenset("side camp team campaign office people aides allies".split())
_SPEAKING = frozenset(
    "spokesman spokeswoman spokesperson spokespeople press communications manager chairman "
    "chairwoman chair director adviser advisor aide strategist counsel lawyer attorney surrogate "
    "deputy pollster".split()
)
"""What those are called who speak for somebody."""


def _speaks_for_another(name: str) -> bool:
    """Say whether a name is a side's, "the Orr campaign", or its voice's: "aide to Ms. Orr"."""
    words = [fold(word) for word in WORD.findall(name)]
    ends = {words[0], words[-1]} if 1 < len(words) <= _LONGEST_SIDE else set()
    return bool(ends & _SPEAKING) or (bool(ends) and words[-1] in _SIDES)


def _is_acronym(word: str, text: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isupper() and not text.isupper()


def _fits(wanted: frozenset[str], words: frozenset[str]) -> bool:
    """Say whether a role is the one wanted, and not only once was."""
    return wanted <= words and not (words - wanted) & PAST


def _is_then(role: Role, since: date | None, until: date | None) -> bool:
    """Say whether articles give a role in a time: not all of them before or after it."""
    if role.first is None or role.last is None:
        return False
    return role.first <= (until or date.max) and role.last >= (since or date.min)


class Named(NamedTuple):
    """Somebody named in a text.

    Attributes:
        speakers: Whom it may mean, most quoted first; empty for a stranger to the archive.
        whole: The name was matched whole; otherwise by surname, given name or likeness.
    """

    start: int
    end: int
    text: str
    speakers: tuple[Speaker, ...]
    whole: bool


class Directory:
    """The speakers of an archive by their names.

    Args:
        statements: Number of attributions by speaker id; the more quoted is meant more often.
    """

    def __init__(self, speakers: Iterable[Speaker], statements: Mapping[str, int]) -> None:
        self._statements = statements
        self._whole: dict[str, list[Speaker]] = defaultdict(list)
        self._surname: dict[str, list[Speaker]] = defaultdict(list)
        self._given: dict[str, list[Speaker]] = defaultdict(list)
        self._roles: list[tuple[frozenset[str], Role, Speaker]] = []
        self._acronyms: dict[str, list[Speaker]] = defaultdict(list)
        self._short: dict[str, list[Speaker]] = defaultdict(list)
        self._together: dict[str, list[Speaker]] = defaultdict(list)
        self._listed = tuple(speakers)
        for speaker in self._listed:
            # "a spokesman"; but "Eels Forever" is a name that no rule knew for one
            if speaker.kind != "unnamed" or _TITLED.fullmatch(speaker.name):
                self._enter(speaker)
        self._names = [key for key in self._whole if " " in key]

    def _enter(self, speaker: Speaker) -> None:
        for name in (speaker.name, *speaker.aliases):
            self._add(self._whole, name_key(name), speaker)
        if speaker.kind == "person":
            self._enter_person(speaker)
        if speaker.kind == "organisation":
            for short in acronym(speaker.name):
                self._add(self._acronyms, short, speaker)
            *first, last = name_key(speaker.name).split() or [""]
            if last in _GENERIC:
                self._add(self._short, " ".join(first), speaker)
        self._roles += ((role_words(role.name), role, speaker) for role in speaker.roles)
        for member in speaker.members:
            self._together[member].append(speaker)

    def _enter_person(self, speaker: Speaker) -> None:
        """Enter the parts of a name: "Alderwoman Jo Lee of the eel board" is called Jo Lee."""
        words = [w for w in name_key(_OF.sub("", speaker.name)).split() if w not in _SUFFIXES]
        if not words:
            return
        self._add(self._whole, " ".join(words), speaker)
        self._add(self._whole, " ".join(words[-2:]), speaker)
        self._add(self._surname, words[-1], speaker)
        if len(words) > 1:
            self._add(self._given, words[0], speaker)

    @staticmethod
    def _add(index: dict[str, list[Speaker]], key: str, speaker: Speaker) -> None:
        # One after another is added under all names: whom a name leads to already stands last.
        if key and (not index[key] or index[key][-1] is not speaker):
            index[key].append(speaker)

    def named(self, name: str) -> tuple[Speaker, ...]:
        """Return whom a name may mean, most quoted first; empty where nobody has it."""
        key = name_key(name)
        found = self._called(key) or self._dominant_given(key)
        return self._ranked(found or self._alike(key))

    def with_partners(self, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
        """Return speakers, and after them those under whose names they speak with others."""
        alone = list(speakers)
        joint = (one for speaker in alone for one in self._together.get(speaker.id, ()))
        return tuple(dict.fromkeys((*alone, *joint)))

    def in_role(
        self, described: str, since: date | None = None, until: date | None = None
    ) -> tuple[Speaker, ...]:
        """Return who is in a role ("the director of the eel board"), most often so called first.

        Only those whom articles of the time asked about call so, where there are any. Nobody for
        a single word ("the senator").
        """
        wanted = role_words(described)
        if len(wanted) < 2:
            return ()
        held = [(r, s) for words, r, s in self._roles if _fits(wanted, words)]
        then = [(r, s) for r, s in held if _is_then(r, since, until)] if since or until else []
        articles: dict[Speaker, int] = defaultdict(int)
        for role, speaker in then or held:
            articles[speaker] += role.articles
        ranked = sorted(articles, key=lambda s: (-articles[s], s.id))
        sure = ranked and articles[ranked[0]] >= _DOMINANT * sum(articles.values())
        return tuple(ranked[:1] if sure else ranked[:_MOST_IN_ROLE])

    def on_side(self, described: str) -> tuple[Speaker, ...]:
        """Return who speaks for somebody: of "the Orr campaign" itself, its spokesmen, manager ...

        Most quoted first; nobody where no side of somebody's is described.
        """
        words = [fold(word) for word in WORD.findall(described)]
        if len(words) < 2 or words[-1] not in _SIDES:
            return ()
        relatives = self._relatives(words[:-1])
        found = (one for own, one in self._speaking if words[-2] in own and not own & relatives)
        return self._ranked(dict.fromkeys(found))

    def _relatives(self, name: Sequence[str]) -> set[str]:
        """Return the given names of all others who bear the surname that a name ends with.

        Of a surname alone, whose most quoted bearer is meant.
        """
        family = self._ranked(self._surname.get(name[-1], ()))
        keys = (name_key(one.name).split() for one in family)
        given = [words[0] for words in keys if len(words) > 1]
        meant = [one for one in given if one in name[-2:-1]] or given
        return {*given} - {*meant[:1], name[-1]}

    @cached_property
    def _speaking(self) -> list[tuple[frozenset[str], Speaker]]:
        """Bodies, and people by role, that speak for somebody, each with the words that say so."""
        bodies = (
            (role_words(one.name), one)
            for one in self._listed
            if one.kind != "person" and not one.members and _speaks_for_another(one.name)
        )
        people = ((words, speaker) for words, _, speaker in self._roles)
        return [(own, one) for own, one in (*bodies, *people) if own & (_SIDES | _SPEAKING)]

    def find(self, text: str) -> list[Named]:
        """Return everybody named in `text`, in order, strangers included, without overlap."""
        words = list(WORD.finditer(text))
        shouting = text == text.lower()
        found: list[Named] = []
        first = 0
        while first < len(words):
            named = self._at(text, words, first, any_case=shouting)
            if named is None:
                first += 1
                continue
            found.append(named)
            first = next((n for n, w in enumerate(words) if w.start() >= named.end), len(words))
        return found

    def _at(
        self, text: str, words: Sequence[re.Match[str]], first: int, *, any_case: bool
    ) -> Named | None:
        """Return the longest name that begins at a word."""
        run = count_run(text, words, first)
        if run == 1 and _is_acronym(words[first][0], text):  # "the UN" is nobody called Un
            known = self._acronym(words[first][0])
            return self._make(text, words[first : first + 1], known, whole=False) if known else None
        for count in range(min(LONGEST, len(words) - first), 0, -1):
            key = " ".join(fold(w[0]) for w in words[first : first + count])
            if count == 1 and run > 1 and self._of_family(words[first : first + run]):
                break  # "George Bush" is none who is called George alone
            if key in self._whole and (count > 1 or any_case or words[first][0][0].isupper()):
                return self._make(text, words[first : first + count], self._called(key), whole=True)
        if run > 1:
            key = name_key(" ".join(w[0] for w in words[first : first + run]))
            alike = self._of_family(words[first : first + run])
            whole = self._whole.get(key) if " " in key else self._called(key)
            known = whole or alike or self._short.get(key, []) or self._alike(key)
            return self._make(text, words[first : first + run], known, whole=" " in key)
        if run == 1 or any_case:
            key = fold(words[first][0])
            known = (
                self._called(key) or self._dominant_given(key) or self._first_part(words[first][0])
            )
            if known:
                return self._make(text, words[first : first + 1], known, whole=False)
        return None

    def _acronym(self, word: str) -> list[Speaker]:
        """Return who goes by an acronym, or the bodies that it may be short for."""
        key = fold(word)
        found = self._acronyms.get(key, [])
        return self._whole.get(key) or (found if len(key) >= _ACRONYM or len(found) == 1 else [])

    def _first_part(self, word: str) -> list[Speaker]:
        """Return the body that goes by the first part of its name: the Smithsonian."""
        return self._short.get(fold(word), []) if word[0].isupper() else []

    def _of_family(self, words: Sequence[re.Match[str]]) -> list[Speaker]:
        """Return those of a full name's surname whose given name may be the one in it."""
        key = name_key(" ".join(word[0] for word in words))
        return [s for s in self._surname.get(key.split()[-1], []) if _same_given(key, s)]

    def _called(self, key: str) -> list[Speaker]:
        """Return those of this name; of one word, also whose surname or well-known name it is."""
        whole = self._whole.get(key, [])
        family = self._surname.get(key, []) if key not in QUESTION_WORDS else []
        others = list(dict.fromkeys([*whole, *family]))
        given = self._dominant_given(key) if others else []
        # An article or two may know no more of her than "Hanna"; all the others know Hanna Orr.
        known = family and self._count(given) <= self._count(others)
        return list(dict.fromkeys([*others, *([] if known else given)]))

    def _count(self, speakers: Iterable[Speaker]) -> int:
        return sum(self._statements.get(speaker.id, 0) for speaker in speakers)

    def _alike(self, key: str) -> list[Speaker]:
        """Return those whose name is like `key`, a name of two words or more."""
        if " " not in key:
            return []
        found = process.extractOne(key, self._names, scorer=fuzz.ratio, score_cutoff=_TYPO)
        return self._whole[found[0]] if found else []

    def _dominant_given(self, key: str) -> list[Speaker]:
        """Return who is meant by a given name alone: whoever most of its statements are of."""
        ranked = self._ranked(self._given.get(key, []))
        return [ranked[0]] if len(ranked) == 1 or (ranked and self._share(ranked) >= 0.6) else []

    def _ranked(self, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
        return tuple(sorted(speakers, key=lambda s: (-self._statements.get(s.id, 0), s.id)))

    def _share(self, ranked: Sequence[Speaker]) -> float:
        counts = [self._statements.get(s.id, 0) for s in ranked]
        return counts[0] / max(1, sum(counts))

    def _make(
        self, text: str, words: Sequence[re.Match[str]], speakers: Iterable[Speaker], *, whole: bool
    ) -> Named:
        start = words[0].start()
        end = start + len(POSSESSIVE.sub("", text[start : words[-1].end()]))
        ranked = self._ranked(speakers)
        if len(ranked) > 1 and self._share(ranked) >= _DOMINANT:
            # Whom an article calls "Lee" and no more is most likely the Lee of them all.
            key = name_key(text[start:end])
            ranked = (ranked[0], *(s for s in ranked[1:] if name_key(s.name) == key))
        return Named(start, end, text[start:end], ranked, whole)


def _same_given(key: str, speaker: Speaker) -> bool:
    """Say whether a speaker's given name, where he has one, may be the one in `key`.

    So may one that begins alike, and the Michael that "Mike" is short for; Ann Orr's aliases don't
    make her Bo Orr, though one of them is "Orr".
    """
    given = key.split(maxsplit=1)[0]
    names = [name_key(name).split() for name in (speaker.name, *speaker.aliases)]
    full = [name for name in names if len(name) > 1]
    return not full or any(name[0][:3] == given[:3] or same_given(name[0], given) for name in full)
