"""What an article calls those whom it names, as printed: "FBI director", "Ann Roe's lawyer"."""

from __future__ import annotations

from collections.abc import Iterator

from .apposition import is_role, linked
from .cast import Person
from .discourse import Discourse
from .lexicon import TITLES, is_honorific
from .names import fold
from .namings import Naming
from .roles import role_words
from .syntax import Syntax

_BEFORE = frozenset({"NOUN", "PROPN", "ADJ", "PART"})
_ENDS = frozenset({",", "—", "–", "(", ";", ":", "--"})
_CLAUSES = frozenset({"relcl", "acl", "cc", "conj", "appos", "punct"})
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "one", "this", "that", "our"})
_TIMES = frozenset({"DATE", "TIME"})
_LONGEST = 9
"""Words."""

_OF = 3
"""Most words after "of" in a role before a name: "Director of National Intelligence"."""


class Titles:
    """The roles of one article's people, read where they are asked for."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._syntax: Syntax = discourse.syntax
        self._known: dict[int, tuple[str, ...]] = {}

    def of(self, person: Person) -> tuple[str, ...]:
        """Return what the article says that a person is, each role once, in reading order."""
        if id(person) not in self._known:
            found: dict[frozenset[str], str] = {}
            for naming in person.namings:
                for printed in (self._before(naming), *self._beside(naming)):
                    if words := role_words(printed):
                        found.setdefault(words, printed)
            self._known[id(person)] = tuple(found.values())
        return self._known[id(person)]

    def _before(self, naming: Naming) -> str:
        """Return the role right before a name: "former Ohio Gov." before "John Roe"."""
        tokens = self._syntax.tokens
        last = naming.first - 1
        if last >= 0 and tokens[last].text == ".":
            last -= 1
        noun = self._noun(last)
        if noun < 0 or tokens[noun].sentence != tokens[naming.first].sentence:
            return ""
        role = fold(tokens[noun].text)
        if not is_role(role) or is_honorific(TITLES.get(role, role)):
            return ""
        first = noun
        while first > 0 and self._belongs(first - 1, naming.first):
            first -= 1
        return self._print(range(first, last + 1))

    def _noun(self, last: int) -> int:
        """Return the noun of a role that ends at `last`: of "Secretary of State" the first."""
        tokens = self._syntax.tokens
        for place in range(last, max(-1, last - _OF), -1):
            if place > 0 and tokens[place - 1].text.lower() == "of":
                return place - 2
            if tokens[place].pos != "PROPN":
                break
        return last

    def _belongs(self, place: int, name: int) -> bool:
        """Whether the token at `place` goes on to the left a role that stands before a name."""
        token = self._syntax.tokens[place]
        if token.sentence != self._syntax.tokens[name].sentence:
            return False
        if token.entity >= 0 and self._syntax.entities[token.entity].label in _TIMES:
            return False
        inner = place < token.head <= name + 4 or token.text in {"-", "."}
        return inner and (token.pos in _BEFORE or token.text == "-")

    def _beside(self, naming: Naming) -> Iterator[str]:
        """Yield the roles that apposition or "is" puts beside a name, outside quotations."""
        syntax, tokens = self._syntax, self._syntax.tokens
        if syntax.quotation(tokens[naming.first].start) is not None:
            return
        own = range(naming.first, naming.last + 1)
        for noun in linked(syntax, naming.first, naming.last):
            above = tokens[tokens[noun].head]
            denied = any(tokens[c].dep == "neg" for c in syntax.children[tokens[noun].head])
            if tokens[noun].dep == "attr" and (denied or above.lemma not in {"be", "become"}):
                continue
            joined = [c for c in syntax.children[noun] if tokens[c].dep == "conj"]
            for head in (noun, *joined):
                plural = tokens[head].tag in {"NNS", "NNPS"}
                if is_role(tokens[head].lemma) and head not in own and not plural:
                    once = above.dep == "relcl" and above.tag == "VBD"  # "who was the mayor"
                    phrase = self._phrase(head, own)
                    yield f"former {phrase}" if once and phrase else phrase

    def _phrase(self, noun: int, name: range) -> str:
        """Return the phrase of a noun up to the first clause, aside or partner, without a name."""
        tokens = self._syntax.tokens
        left_out: set[int] = set(name)
        for child in self._syntax.children[noun]:
            if tokens[child].dep in _CLAUSES or child in left_out:
                left_out.update(self._syntax.subtree(child))
        kept = []
        for place in self._syntax.subtree(noun):
            if place > noun and (place in left_out or tokens[place].text in _ENDS):
                break
            if place not in left_out:
                kept.append(place)
        return self._print(kept)

    def _print(self, places: range | list[int]) -> str:
        """Return words as printed, people among them by their full names, articles left out."""
        tokens, at = self._syntax.tokens, self._discourse.at
        words: list[str] = []
        seen: object = None
        for place in places:
            token, referent = tokens[place], at.get(place)
            person = referent.person if referent is not None else None
            if not words and token.text.lower() in _ARTICLES:
                continue
            owner = token.dep == "poss"
            if person is not None and (owner or token.tag == "PRP$" or person is seen):
                if person is not seen:
                    words.append(person.name + ("'s" if token.tag == "PRP$" else ""))
                seen = person
                continue
            seen = None
            glued = words and tokens[place - 1].end == token.start
            if glued and words[-1]:
                words[-1] += token.text
            else:
                words.append(token.text)
        printed = " ".join(words).strip(" -'’")
        return printed if 0 < len(printed.split()) <= _LONGEST else ""
