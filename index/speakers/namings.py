"""Where an article names people: by the parse's entities, by titles and by given names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ..records import Gender
from .apposition import has_article, is_role, is_somebody, roles
from .genders import gender_of_name, gender_of_noun
from .lexicon import BODY_WORDS, DOCUMENTS, KNIGHTS, ORGANISATIONS, PARTS, PEOPLE, TITLES
from .names import PARTICLES, SUFFIXES, fold, is_full, parts, surname
from .syntax import Syntax

_NOT_PEOPLE = frozenset({"FAC", "LAW", "EVENT", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"})
_NO_NAMES = ORGANISATIONS | DOCUMENTS | PEOPLE | TITLES.keys() | PARTS | BODY_WORDS
_NO_GIVEN_NAMES = ORGANISATIONS | DOCUMENTS | PARTS
_LOOSE = frozenset({"ORG", "WORK_OF_ART", "PRODUCT"})
"""Labels that the parser gives to many a person's full name as well."""

_NO_NAME_TAGS = frozenset("CC DT IN MD PDT PRP RB TO VB VBD VBG VBN VBP VBZ WDT WP WRB".split())
_ADJECTIVES = frozenset({"JJ", "JJR", "JJS", "NN", "NNS"})
_LONGEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One place where an article names somebody: tokens `first` to `last`, both inclusive."""

    first: int
    last: int
    name: str
    roles: tuple[str, ...] = ()

    @property
    def gender(self) -> Gender:
        """What a title before the name tells."""
        return next((g for g in map(gender_of_noun, self.roles) if g), "")


def find_namings(syntax: Syntax, sources: Collection[int]) -> Iterator[Naming]:
    """Yield firm names, then the other places where a firm name stands without its given name.

    Args:
        syntax: The article.
        sources: Tokens at the head of a source, which speak and so are people or bodies.
    """
    firm, open_runs = [], []
    runs = list(_runs(syntax))
    headlines = {run for run in runs if syntax.in_headline(run[0])}
    for run in runs:
        if run in headlines:
            continue
        naming = _firm(syntax, run, sources)
        if naming:
            firm.append(naming)
        else:
            open_runs.append(run)
    known = _Known(syntax, firm)
    firm = [naming for naming in firm if not known.asks(syntax, naming)]
    yield from firm
    yield from (
        _naming(syntax, _after_titles(syntax, first, last), last)
        for first, last in open_runs
        if known.has(syntax, first, last)
    )
    for run in sorted(headlines):
        yield from known.within(syntax, *run)
    covered = {place for first, last in runs for place in range(first, last + 1)}
    rest = (run for run in _mistagged(syntax, known, sources) if run[1] not in covered)
    yield from (_naming(syntax, *run) for run in rest)


class _Known:
    """The surnames and given names that firm names have told."""

    def __init__(self, syntax: Syntax, firm: Collection[Naming]) -> None:
        full = [naming for naming in firm if is_full(naming.name)]
        self._inside = {parts(n.name) for n in full if not _begins(syntax, n.first)}
        self._full = {parts(naming.name) for naming in full}
        self.given = {parts(naming.name)[0] for naming in full}
        self.surnames = {surname(n.name) for n in firm if n.gender or n.roles}
        self.surnames |= {words[-1] for words in self._full}
        self._alone = {surname(n.name) for n in firm} - {words[-1] for words in self._full}

    def has(self, syntax: Syntax, first: int, last: int) -> bool:
        """Whether a run of capitals is one of them, or has one for its end."""
        words = parts(syntax.print(_after_titles(syntax, first, last), last))
        if len(words) == 1:
            return words[0] in self.surnames
        if not 1 < len(words) <= _LONGEST:
            return False
        if any(full[-len(words) :] == words for full in self._full):
            return True
        if words[-1] in self._alone and last - first == 1 and not _NO_NAMES & set(words):
            return not has_article(syntax, first, last)
        given = words[0] in self.given or bool(gender_of_name(words[0]))
        return words[-1] in self.surnames and given

    def asks(self, syntax: Syntax, naming: Naming) -> bool:
        """Whether a "name" is the beginning of a question: "Will Roe win?", where Ann Roe is known.

        Somebody whose given name is Will is named so inside sentences too.
        """
        words = parts(naming.name)
        begins = _begins(syntax, naming.first) and words not in self._inside
        named = (full[-1] == words[-1] and full[0] != words[0] for full in self._full)
        return begins and words[0] == "will" and len(words) > 1 and any(named)

    def within(self, syntax: Syntax, first: int, last: int) -> Iterator[Naming]:
        """Yield the names in a run of a headline, where a verb may have a capital too.

        Where none is known, a given name makes a name of itself and the word that follows.
        """
        place, found = first, False
        while place <= last:
            ends = range(min(last, place + _LONGEST - 1), place - 1, -1)
            end = next((end for end in ends if self.has(syntax, place, end)), None)
            if end is not None:
                yield replace(_naming(syntax, _after_titles(syntax, place, end), end), roles=())
                found = True
            place = place + 1 if end is None else end + 1
        given = last > first and gender_of_name(fold(syntax.tokens[first].text))
        if not found and given and _may_be_name(syntax, first, first + 1):
            yield replace(_naming(syntax, first, first + 1), roles=())


def _begins(syntax: Syntax, place: int) -> bool:
    """Whether a token is the first of its sentence."""
    tokens = syntax.tokens
    return place == 0 or tokens[place].sentence != tokens[place - 1].sentence


def _mistagged(
    syntax: Syntax, known: _Known, sources: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield known names that the tagger takes for common words, as at a sentence's start."""
    tokens = syntax.tokens
    words = {token.text for token in tokens}
    for place, token in enumerate(tokens):
        capital = token.text[:1].isupper() and token.pos != "PROPN"
        if not capital or (place not in sources and token.text.lower() in words):
            continue
        first = place
        while first > 1 and tokens[first - 1].text == "-" and tokens[first - 2].text[0].isupper():
            first -= 2
        knight = first > 0 and fold(tokens[first - 1].text) in KNIGHTS
        word = fold(syntax.print(first, place))
        if word in known.surnames or (knight and word in known.given):
            yield first, place


def _runs(syntax: Syntax) -> Iterator[tuple[int, int]]:
    """Yield maximal runs of proper nouns, as first and last token, a person's entity by itself."""
    place, tokens = 0, syntax.tokens
    words = {token.text for token in tokens}
    while place < len(tokens):
        if not _is_name_word(syntax, place):
            place += 1
            continue
        first = place
        while place + 1 < len(tokens) and _goes_on(syntax, place):
            place += 2 if tokens[place + 1].text in {"-", "‑"} else 1
        while first < place and _is_stray(syntax, first, words):
            first += 1
        yield first, place
        place += 1


def _is_stray(syntax: Syntax, place: int, words: Collection[str]) -> bool:
    """Whether a word before a name only has a capital, as at the beginning of a sentence.

    "Neither Roe nor", "Without Roe", "Joining Roe", or, where "top" is in the text, "Top Roe aide".
    """
    token = syntax.tokens[place]
    if is_role(token.text) or gender_of_name(fold(token.text)) or not token.text[0].isupper():
        return False
    alone = not syntax.same_entity(place, place + 1)
    common = token.tag in _ADJECTIVES and token.text.lower() in words
    return token.tag in _NO_NAME_TAGS or common or (token.text.endswith("ing") and alone)


def _is_name_word(syntax: Syntax, place: int) -> bool:
    token = syntax.tokens[place]
    if syntax.in_dateline(place):
        return False
    if not token.text[:1].isupper():
        return _is_particle(syntax, place)
    return token.pos == "PROPN" or (
        token.entity >= 0 and syntax.entities[token.entity].label == "PERSON"
    )


def _is_particle(syntax: Syntax, place: int) -> bool:
    token = syntax.tokens[place]
    if token.text not in PARTICLES or token.entity < 0:
        return False
    entity = syntax.entities[token.entity]
    return entity.label == "PERSON" and place + 1 < entity.last


def _goes_on(syntax: Syntax, place: int) -> bool:
    """Whether the token after `place` belongs to the same run."""
    here, after = syntax.tokens[place], syntax.tokens[place + 1]
    if after.sentence != here.sentence:
        return False
    if after.text in {"-", "‑"} and after.start == here.end and place + 2 < len(syntax.tokens):
        glued = syntax.tokens[place + 2].start == after.end
        one = syntax.same_entity(place, place + 2)  # "Ban Ki-moon"
        return glued and (one or _is_name_word(syntax, place + 2))
    if fold(after.text) in SUFFIXES and after.text[0].isupper():
        return True
    if not _is_name_word(syntax, place + 1):
        return False
    labels = {syntax.entities[t.entity].label if t.entity >= 0 else "" for t in (here, after)}
    if here.entity == after.entity or "PERSON" not in labels or is_role(here.text):
        return True
    return labels == {"", "PERSON"} and _is_other_half(syntax, place)


def _is_other_half(syntax: Syntax, place: int) -> bool:
    """Whether an entity that begins after a token holds only the rest of a name: "Xyla [Roe]".

    Of a longer one, "Billie [Jean King]", the given name tells.
    """
    here = syntax.tokens[place]
    if here.dep != "compound" or here.head <= place:
        return False
    if here.head == place + 1:
        return is_somebody(syntax, place, place + 1)
    return bool(gender_of_name(fold(here.text))) and syntax.same_entity(place + 1, here.head)


def _firm(syntax: Syntax, run: tuple[int, int], sources: Collection[int]) -> Naming | None:
    """Return the name in a run where its title, given name, entity or role says that it is one."""
    first, last = run
    titles = [p for p in range(first, last) if is_role(syntax.tokens[p].text)]
    start = titles[-1] + 1 if titles else first
    if start > last or last - start >= _LONGEST or not _may_be_name(syntax, start, last):
        return None
    labels = {
        syntax.entities[t.entity].label for t in syntax.tokens[start : last + 1] if t.entity >= 0
    }
    before = syntax.tokens[start - 1].text if start else ""
    titled = is_role(before) and (before[0].isupper() or fold(before) in PEOPLE)
    called = last == first and has_article(syntax, first, last)  # "the Herald" is no person
    if ("PERSON" in labels and not called) or (titled and fold(before) in TITLES):
        return _naming(syntax, start, last)
    given = last > start and gender_of_name(fold(syntax.tokens[start].text))
    if titled and not labels & _NOT_PEOPLE and (not labels or before[0].isupper() or given):
        return _naming(syntax, start, last)
    if (given and labels <= _LOOSE) or is_somebody(syntax, start, last, sources):
        return _naming(syntax, start, last)
    return None


def _after_titles(syntax: Syntax, first: int, last: int) -> int:
    """Return where a run goes on after "Mr." and the like."""
    while first < last and fold(syntax.tokens[first].text) in TITLES:
        first += 1
    return first


def _may_be_name(syntax: Syntax, first: int, last: int) -> bool:
    """Whether a run of capitals looks like a name, and not like a body's or a book's."""
    word, given = fold(syntax.tokens[last].text), fold(syntax.tokens[first].text)
    return (
        syntax.tokens[first].text[0].isalpha()
        and given not in {"the", "a", "an"}
        and (given not in _NO_GIVEN_NAMES or bool(gender_of_name(given)))
        and bool(word)
        and (word not in _NO_NAMES or _is_surname(syntax, first, last))
        and syntax.tokens[last].tag != "NNPS"
    )


def _is_surname(syntax: Syntax, first: int, last: int) -> bool:
    """Whether a word for people ("hunter", "king") ends a person's full name."""
    person = {
        syntax.entities[t.entity].label for t in syntax.tokens[first : last + 1] if t.entity >= 0
    }
    given = fold(syntax.tokens[first].text)
    word = fold(syntax.tokens[last].text)
    return last > first and word in PEOPLE and bool(gender_of_name(given)) and person == {"PERSON"}


def _naming(syntax: Syntax, first: int, last: int) -> Naming:
    name = re.sub(r"^[\W_]+|['’]s?$|[^\w.)]+$", "", syntax.print(first, last))
    return Naming(first=first, last=last, name=name, roles=roles(syntax, first, last))
