"""Where an article names people: by the parse's entities, by titles and by given names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .genders import Gender, gender_of_name, gender_of_noun
from .lexicon import DOCUMENTS, ORGANISATIONS, PEOPLE, TITLES
from .names import PARTICLES, SUFFIXES, fold, is_full, parts, surname
from .syntax import Syntax

_NOT_PEOPLE = frozenset({"FAC", "LAW", "EVENT", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"})
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


def find_namings(syntax: Syntax) -> Iterator[Naming]:
    """Yield firm names, then the other places where a firm name's surname stands alone."""
    firm, open_runs = [], []
    runs = list(_runs(syntax))
    for run in runs:
        naming = _firm(syntax, run)
        if naming:
            firm.append(naming)
        else:
            open_runs.append(run)
    yield from firm
    known = {surname(n.name) for n in firm if is_full(n.name)} | {
        surname(n.name) for n in firm if n.gender or n.roles
    }
    given = {parts(n.name)[0] for n in firm if is_full(n.name)}
    for first, last in open_runs:
        words = [fold(t.text) for t in syntax.tokens[first : last + 1]]
        alone = len(words) == 1 and words[0] in known
        whole = 1 < len(words) <= _LONGEST and words[-1] in known
        if alone or (whole and (words[0] in given or gender_of_name(words[0]))):
            yield _naming(syntax, first, last)
    covered = {place for first, last in runs for place in range(first, last + 1)}
    yield from (_naming(syntax, p, p) for p in _mistagged(syntax, known) if p not in covered)


def _mistagged(syntax: Syntax, known: Collection[str]) -> Iterator[int]:
    """Yield known surnames that the tagger takes for common nouns, as at a sentence's start."""
    words = {token.text for token in syntax.tokens}
    for place, token in enumerate(syntax.tokens):
        capital = token.text[:1].isupper() and token.text.lower() not in words
        if capital and token.pos != "PROPN" and fold(token.text) in known:
            yield place


def _runs(syntax: Syntax) -> Iterator[tuple[int, int]]:
    """Yield maximal runs of proper nouns, as first and last token, a person's entity by itself."""
    place, tokens = 0, syntax.tokens
    while place < len(tokens):
        if not _is_name_word(syntax, place):
            place += 1
            continue
        first = place
        while place + 1 < len(tokens) and _goes_on(syntax, place):
            place += 2 if tokens[place + 1].text in {"-", "‑"} else 1
        yield first, place
        place += 1


def _is_name_word(syntax: Syntax, place: int) -> bool:
    token = syntax.tokens[place]
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
        return syntax.tokens[place + 2].start == after.end and _is_name_word(syntax, place + 2)
    if fold(after.text) in SUFFIXES and after.text[0].isupper():
        return True
    if not _is_name_word(syntax, place + 1):
        return False
    labels = {syntax.entities[t.entity].label if t.entity >= 0 else "" for t in (here, after)}
    return here.entity == after.entity or "PERSON" not in labels or _is_role(here.text)


def _is_role(word: str) -> bool:
    return fold(word) in TITLES or fold(word) in PEOPLE


def _firm(syntax: Syntax, run: tuple[int, int]) -> Naming | None:
    """Return the name in a run where its title, given name or entity says that it is one."""
    first, last = run
    roles = [p for p in range(first, last) if _is_role(syntax.tokens[p].text)]
    start = roles[-1] + 1 if roles else first
    if start > last or last - start >= _LONGEST or not syntax.tokens[start].text[0].isalpha():
        return None
    labels = {
        syntax.entities[t.entity].label for t in syntax.tokens[start : last + 1] if t.entity >= 0
    }
    before = syntax.tokens[start - 1].text if start else ""
    titled = _is_role(before) and (before[0].isupper() or fold(before) in PEOPLE)
    words = [fold(t.text) for t in syntax.tokens[start : last + 1]]
    if (
        not words[-1]
        or words[-1] in (ORGANISATIONS | DOCUMENTS | PEOPLE)
        or syntax.tokens[last].tag == "NNPS"
    ):
        return None
    if "PERSON" in labels or (titled and fold(before) in TITLES):
        return _naming(syntax, start, last)
    if titled and not labels & _NOT_PEOPLE and (not labels or before[0].isupper()):
        return _naming(syntax, start, last)
    named = len(words) > 1 and gender_of_name(words[0]) and not labels
    return _naming(syntax, start, last) if named else None


def _naming(syntax: Syntax, first: int, last: int) -> Naming:
    roles = tuple(dict.fromkeys(_roles(syntax, first, last)))
    name = re.sub(r"^[\W_]+|['’]s?$|[^\w.)]+$", "", syntax.print(first, last))
    return Naming(first=first, last=last, name=name, roles=roles)


def _roles(syntax: Syntax, first: int, last: int) -> Iterator[str]:
    """Yield the nouns that say what somebody is: before, after in commas, by "is"."""
    tokens = syntax.tokens
    place = first - 1
    while place >= 0 and tokens[place].sentence == tokens[first].sentence:
        token = tokens[place]
        if token.pos not in {"NOUN", "PROPN", "ADJ"} and token.text not in {"-", "."}:
            break
        word = fold(token.text)
        yield TITLES.get(word, word)
        place -= 1
    for noun in _linked(syntax, first, last):
        if tokens[noun].pos == "NOUN" or _is_role(tokens[noun].text):
            yield tokens[noun].lemma.lower()
            for child in syntax.children[noun]:
                if tokens[child].dep in {"amod", "compound"}:
                    yield fold(tokens[child].text)


def _linked(syntax: Syntax, first: int, last: int) -> list[int]:
    """Return the nouns that apposition or "is" puts beside a name."""
    tokens = syntax.tokens
    head = next(
        (p for p in range(last, first - 1, -1) if not first <= tokens[p].head <= last), last
    )
    linked = [c for c in syntax.children[head] if tokens[c].dep == "appos"]
    above = tokens[tokens[head].head]
    if tokens[head].dep == "appos" and above.pos in {"NOUN", "PROPN"}:
        linked.append(tokens[head].head)
    if tokens[head].dep == "nsubj" and above.lemma in {"be", "become", "serve"}:
        linked += [c for c in syntax.children[tokens[head].head] if tokens[c].dep == "attr"]
    return linked
