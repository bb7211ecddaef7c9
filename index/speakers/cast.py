"""The people of one article: each under all the names and roles that it gives him or her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from ..records import Gender
from .genders import gender_of_name
from .lexicon import KNIGHTS, PEOPLE, is_honorific
from .names import compatible, generation, is_full, parts, printed, same_given
from .namings import Naming, find_namings
from .syntax import Syntax


@dataclass(slots=True)
class Person:
    """Somebody in an article, as known so far."""

    names: Counter[str] = field(default_factory=Counter)
    gender: Gender = ""
    roles: set[str] = field(default_factory=set)
    namings: list[Naming] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest name; of equally full ones the most frequent, then the first."""
        return printed(
            max(self.names, key=lambda n: (len(parts(n)), not n.isupper(), self.names[n]))
        )

    def add(self, naming: Naming) -> None:
        """Take in one more place where the article names this person."""
        self.names[naming.name] += 1
        self.namings.append(naming)
        self.roles.update(naming.roles)
        self.gender = (
            naming.gender
            or self.gender
            or gender_of_name((parts(naming.name) or ("",))[0] if is_full(naming.name) else "")
        )


def assemble(syntax: Syntax, sources: Collection[int]) -> list[Person]:
    """Return the people that an article names, in the order in which it first names them.

    Args:
        syntax: The article.
        sources: Tokens at the head of a source.
    """
    found = sorted(find_namings(syntax, sources), key=lambda naming: naming.first)
    namings = _without_strays(found, {token.text for token in syntax.tokens})
    people: list[Person] = []
    owner: dict[Naming, Person] = {}
    for naming in namings:
        if is_full(naming.name):
            person = _find_full(people, naming)
            person.add(naming)
            owner[naming] = person
    for naming in namings:
        if naming not in owner:
            _find_short(syntax, people, naming).add(naming)
    for person in people:
        person.namings.sort(key=lambda naming: naming.first)
    return sorted(people, key=lambda person: person.namings[0].first)


def _without_strays(namings: list[Naming], words: Collection[str]) -> list[Naming]:
    """Cut words that capitals add to a name found elsewhere ("Ann Roe Resigns", "Asking Ann Roe").

    Only a name at least as frequent as the longer one counts, and none after "Mr" or "Ms", which
    may be a surname of two words. A common word before a surname ("Absent Roe") is no given name.
    """
    counts = Counter(
        parts(n.name) for n in namings if is_full(n.name) and not any(map(is_honorific, n.roles))
    )
    surnames = Counter(name[-1] for name in counts)
    return [
        _without_first(naming)
        if _is_common(naming.name, surnames, words)
        else _without_stray(naming, counts)
        for naming in namings
    ]


def _is_common(name: str, surnames: Mapping[str, int], words: Collection[str]) -> bool:
    """Whether a common word stands before the surname of somebody whom the article names."""
    first, *rest = name.split()
    return (
        len(rest) == 1
        and surnames[(parts(name) or ("",))[-1]] > 1
        and first.lower() in words
        and not gender_of_name(first)
    )


def _without_first(naming: Naming) -> Naming:
    return replace(naming, first=naming.first + 1, name=naming.name.split(maxsplit=1)[1])


def _without_stray(naming: Naming, counts: Counter[tuple[str, ...]]) -> Naming:
    words = naming.name.split()
    enough = max(1, counts[parts(naming.name)])
    for size in range(2, len(words)):
        for start in (0, len(words) - size):
            name = " ".join(words[start : start + size])
            if parts(name) != parts(naming.name) and counts[parts(name)] >= enough:
                end = len(words) - start - size
                return replace(
                    naming, first=naming.first + start, last=naming.last - end, name=name
                )
    return naming


def _find_full(people: list[Person], naming: Naming) -> Person:
    """Return the person of a full name: an exact namesake, else a compatible one, else new."""
    words = parts(naming.name)
    of = generation(naming.name)
    same = [p for p in people if _ends(p, words) and any(generation(n) == of for n in p.names)]
    close = [p for p in people if all(compatible(n, naming.name) for n in p.names)]
    for found in (same, close):
        if len(found) == 1:
            return found[0]
    people.append(Person())
    return people[-1]


def _find_short(syntax: Syntax, people: list[Person], naming: Naming) -> Person:
    """Return the person of a surname or given name, by title and by who was named before."""
    words = parts(naming.name)
    by_surname = [p for p in people if _ends(p, words) and naming.gender in ("", p.gender)]
    unsexed = [p for p in people if _ends(p, words) and not p.gender]
    found = by_surname or unsexed
    if not found and (not naming.gender or KNIGHTS & set(naming.roles)):
        found = [p for p in people if any(_starts(n, words) for n in p.names)]
    if not found:  # "Ms. Roe" is "Ana Roe Doe", where surnames are two, or "Roe Min", in Chinese
        fitting = [p for p in people if naming.gender in ("", p.gender) or not p.gender]
        found = [p for p in fitting if any(words == parts(n)[1:-1] for n in p.names)]
        found = found or [p for p in fitting if any(words == parts(n)[:1] for n in p.names)]
    alike = [p for p in found if any(r in PEOPLE and r in p.roles for r in naming.roles)]
    if len(alike) == 1:
        return alike[0]
    if len(found) > 1:
        return _likeliest(syntax, found, naming)
    if found:
        return found[0]
    people.append(Person())
    return people[-1]


def _ends(person: Person, words: tuple[str, ...]) -> bool:
    return any(parts(name)[-len(words) :] == words for name in person.names)


def _starts(name: str, words: tuple[str, ...]) -> bool:
    given = parts(name)[: len(words)]
    return given == words or (
        len(words) == 1 and len(words[0]) > 1 and bool(given) and same_given(given[0], words[0])
    )


def _likeliest(syntax: Syntax, found: list[Person], naming: Naming) -> Person:
    """Choose among namesakes: whom this paragraph names in full, else the article's main one."""
    here = syntax.paragraph(syntax.tokens[naming.first].start)
    near = [
        person
        for person in found
        if any(
            n.first < naming.first
            and is_full(n.name)
            and syntax.paragraph(syntax.tokens[n.first].start) == here
            for n in person.namings
        )
    ]
    if len(near) == 1:
        return near[0]
    return max(found, key=lambda person: sum(is_full(n.name) for n in person.namings))
