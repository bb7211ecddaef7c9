"""Whom an article talks about, word by word: names, roles and pronouns led to one referent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from ..records import SpeakerKind
from .cast import Person, assemble, is_honorific
from .genders import Gender, gender_of_noun
from .lexicon import (
    COMPANIES,
    DOCUMENTS,
    GROUPS,
    ISSUED,
    ORGANISATIONS,
    PEOPLE,
    SPOKEN,
    UNIQUE,
    UNNAMED,
    clash,
    stands_for,
)
from .names import fold
from .organisations import fullest
from .ranking import Candidate, choose
from .syntax import Syntax

PRONOUNS: Mapping[str, str] = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "they", "them": "they", "their": "they", "themselves": "they", "theirs": "they",
    "it": "it", "its": "it", "itself": "it",
}  # fmt: skip
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_BODIES = frozenset({"ORG", "GPE"})
_MOST_CANDIDATES = 12
_NEAR = 3
_LEAD = 2
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLURALS = frozenset({"NNS", "NNPS"})


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something that an article names, describes or points to.

    Attributes:
        head: The token that first named it.
        person: Its names, where it is a person whom the article names.
        modifiers: Folded words before its noun that tell it from others ("Roe" in "Roe campaign").
        members: Heads of those whom it joins ("Roe and Doe"); empty for one alone.
        places: Every token that stands for it, in order.
    """

    head: int
    kind: SpeakerKind
    gender: Gender = ""
    plural: bool = False
    person: Person | None = None
    modifiers: frozenset[str] = frozenset()
    members: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class Discourse:
    """One article read from its first word to its last.

    Attributes:
        at: The referent of each head noun, name and pronoun that has one.
    """

    def __init__(self, syntax: Syntax, sources: Iterable[int], speakers: Mapping[int, int]) -> None:
        """Read the article.

        Args:
            syntax: The article's parse.
            sources: Head tokens of the attributions' sources.
            speakers: For each quotation, by number, the head token of its source.
        """
        self.syntax = syntax
        self.sources = set(sources)
        self.speakers = speakers
        self.at: dict[int, Referent] = {}
        self._recent: dict[Referent, None] = {}  # the latest mentioned last
        self._joint: dict[int, Referent] = {}
        self._by_word: defaultdict[str, list[Referent]] = defaultdict(list)
        self._last_source: Referent | None = None
        self._people: list[Referent] = []
        self._names = self._place_people()
        self._organisations = self._name_organisations()
        for place in range(len(syntax.tokens)):
            found = self._read(place)
            if found is not None:
                self.at[place] = found
                found.places.append(place)
                self._recent.pop(found, None)
                self._recent[found] = None
                self._note_source(place, found)
                self._join(place)
        self._reveal_lead()

    def _reveal_lead(self) -> None:
        """Give the somebody of the lead ("A town councillor has resigned") the name that follows.

        It is the name that the next paragraph opens with, in full and for the first time.
        """
        subjects = [p for p, t in enumerate(self.syntax.tokens) if t.dep in _SUBJECTS]
        opening: dict[int, int] = {}
        for place in subjects:
            opening.setdefault(self.syntax.paragraph(self.syntax.tokens[place].start), place)
        for paragraph in range(_LEAD):
            lead = self.at.get(opening.get(paragraph, -1))
            named = self.at.get(opening.get(paragraph + 1, -1))
            if lead is None or named is None or named.person is None:
                continue
            fresh = opening[paragraph + 1] in named.places[:2] and named.person.roles
            somebody = lead.kind == "unnamed" and not lead.plural and lead.person is None
            if fresh and somebody and _fits(lead.gender, named.gender):
                lead.person = named.person

    def _place_people(self) -> dict[int, Referent]:
        names: dict[int, Referent] = {}
        for person in assemble(self.syntax):
            referent = Referent(
                head=person.namings[0].last, kind="person", gender=person.gender, person=person
            )
            self._people.append(referent)
            for naming in person.namings:
                names |= dict.fromkeys(range(naming.first, naming.last + 1), referent)
        return names

    def _name_organisations(self) -> dict[int, str]:
        """Return the fullest name of each organisation's entity, by its place in the parse."""
        printed = {
            number: self.syntax.print(entity.first, entity.last - 1)
            for number, entity in enumerate(self.syntax.entities)
            if entity.label in _BODIES and not self._names.keys() & {*range(entity.first, entity.last)}
        }
        bodies = {n: name for n, name in printed.items() if self.syntax.entities[n].label == "ORG"}
        self._bodies = set(bodies.values())
        return printed | {n: self.full_name(name) for n, name in bodies.items()}

    def full_name(self, name: str) -> str:
        """Return the organisation's name that `name` is short for in this article, or `name`."""
        return fullest(name, self._bodies)

    def earlier(self, place: int) -> int | None:
        """Return the last noun before `place` that is the same and in its paragraph or the next."""
        tokens = self.syntax.tokens
        near = self.syntax.paragraph(tokens[place].start) - 1
        found = (
            other
            for referent in reversed(self._by_word[tokens[place].lemma.lower()])
            for other in reversed(referent.places)
            if other < place and self.syntax.paragraph(tokens[other].start) >= near
        )
        return next(found, None)

    def _read(self, place: int) -> Referent | None:
        """Return what the token at `place` stands for, if for anybody."""
        token = self.syntax.tokens[place]
        if place in self._names:
            referent = self._names[place]
            return referent
        if token.text.lower() in PRONOUNS:
            return self._antecedent(place)
        if token.pos in {"NOUN", "PROPN"} or token.tag in {"CD", "DT"}:
            return self._noun(place)
        return None

    def _note_source(self, place: int, referent: Referent) -> None:
        """Keep who spoke last; "Ms. Roe's letter said" makes it Ms. Roe."""
        tokens = self.syntax.tokens
        above = tokens[place].head
        owned = tokens[place].dep == "poss" and tokens[above].lemma.lower() in SPOKEN | ISSUED
        if place in self.sources or (owned and above in self.sources):
            self._last_source = referent

    def _join(self, place: int) -> None:
        """Make one plural referent of coordinated people ("Roe and Doe")."""
        tokens = self.syntax.tokens
        first = place
        while tokens[first].dep == "conj" and tokens[first].head in self.at:
            first = tokens[first].head
        people = {"person", "unnamed", "group"}
        if first == place or any(self.at[p].kind not in people for p in (first, place)):
            return
        if first not in self._joint:
            self._joint[first] = Referent(
                head=first, kind="group", plural=True, members=[first], places=[first]
            )
        self._joint[first].members.append(place)
        self._recent[self._joint[first]] = None

    # Pronouns

    def _antecedent(self, place: int) -> Referent | None:
        pronoun = PRONOUNS[self.syntax.tokens[place].text.lower()]
        found = self.candidates(place, pronoun)
        if not found:
            return self._following(place, pronoun)
        best = choose([candidate for _, candidate in found], pronoun)
        return found[best][0]

    def candidates(self, place: int, pronoun: str) -> list[tuple[Referent, Candidate]]:
        """Return whom a pronoun may stand for, by gender, number and binding, as features."""
        speaker = self._speaker(place)
        agreeing = (r for r in reversed(self._recent) if r is not speaker and _agrees(r, pronoun))
        found = [
            (last, r)
            for r in islice(agreeing, 2 * _MOST_CANDIDATES)
            if (last := self._last(r, place)) is not None
        ]
        found.sort(key=lambda pair: -pair[0])
        allowed = [pair for pair in found if not self._bound(pair[0], place)][:_MOST_CANDIDATES]
        return [
            (referent, self._candidate(referent, last, place, rank))
            for rank, (last, referent) in enumerate(allowed)
        ]

    def _last(self, referent: Referent, place: int) -> int | None:
        """Return the last mention of a referent, but for those in the words that `place` speaks.

        Few people name themselves: in '"Roe is wrong," he said' he isn't Roe.
        """
        for last in reversed(referent.places[-_MOST_CANDIDATES:]):
            quotation = self.syntax.quotation(self.syntax.tokens[last].start)
            if quotation is None or self.speakers.get(quotation) != place:
                return last
        return None

    def _speaker(self, place: int) -> Referent | None:
        """Return who speaks the quotation around `place`, where its source names somebody."""
        quotation = self.syntax.quotation(self.syntax.tokens[place].start)
        head = self.speakers.get(quotation) if quotation is not None else None
        return None if head is None else self._names.get(head) or self.at.get(head)

    def _bound(self, mention: int, place: int) -> bool:
        """Whether both hang on one verb, so that they can't be the same ("Roe told her")."""
        tokens = self.syntax.tokens
        if tokens[place].tag == "PRP$" or tokens[place].text.lower().endswith("self"):
            return False
        top = tokens[place].head
        while tokens[top].dep in {"prep", "dative"} and tokens[top].head != top:
            top = tokens[top].head
        return (
            tokens[mention].head == top
            and tokens[mention].dep in {"nsubj", "nsubjpass"}
            and tokens[place].dep in {"dobj", "pobj", "dative"}
            and tokens[top].pos in {"VERB", "AUX"}
        )

    def _candidate(self, referent: Referent, last: int, place: int, rank: int) -> Candidate:
        tokens = self.syntax.tokens
        mention, pronoun = tokens[last], tokens[place]
        quoted = self.syntax.quotation(mention.start) is not None
        here = self.syntax.quotation(pronoun.start) is not None
        same = self.syntax.paragraph(mention.start) == self.syntax.paragraph(pronoun.start)
        governing = any(self.syntax.subject(v) == last for v in self.syntax.ancestors(place))
        return Candidate(
            distance=pronoun.sentence - mention.sentence,
            subject=mention.dep in {"nsubj", "nsubjpass"},
            modifier=mention.dep in {"poss", "compound", "nmod"},
            left_quotation=quoted and not here,
            entered_quotation=here and not quoted,
            mentions=len(referent.places),
            named=referent.person is not None,
            gendered=bool(referent.gender),
            same_paragraph=same,
            governing=governing,
            last_source=referent is self._last_source,
            was_source=last in self.sources,
            is_source=place in self.sources,
            rank=rank,
            kind=referent.kind,
        )

    def _following(self, place: int, pronoun: str) -> Referent | None:
        """Return who is named later in the sentence ("In his statement, Mr. Roe ...")."""
        sentence = self.syntax.tokens[place].sentence
        for later in range(place + 1, len(self.syntax.tokens)):
            if self.syntax.tokens[later].sentence != sentence:
                break
            referent = self._names.get(later)
            if referent and _agrees(referent, pronoun):
                return referent
        return None

    # Nouns

    def _noun(self, place: int) -> Referent | None:
        token = self.syntax.tokens[place]
        if token.entity < 0:
            if token.dep in {"compound", "nmod"}:
                return None
        elif self.syntax.tokens[token.head].entity == token.entity and token.head != place:
            return None  # only the head of a name stands for it
        kind = self.kind(place)
        if kind is None:
            return None
        introduced = self._introduced(place)
        if introduced is not None:
            return introduced
        singular = kind == "unnamed" and not self._is_plural(place)
        return (
            (self._role(place) if singular else None)
            or self._same(place, kind)
            or (self._anaphor(place, kind) if singular or kind == "organisation" else None)
            or self._new(place, kind)
        )

    def kind(self, place: int) -> SpeakerKind | None:
        """Return what kind of speaker the noun at `place` can be; None for no kind of speaker."""
        token = self.syntax.tokens[place]
        label = self.syntax.entities[token.entity].label if token.entity >= 0 else ""
        noun = token.lemma.lower()
        plural = self._is_plural(place)
        if label in _BODIES and token.pos == "PROPN":
            return "organisation"
        if noun in PEOPLE or label == "NORP" or gender_of_noun(noun):
            if noun in UNNAMED or not plural:
                return "unnamed"
            return "group"
        if noun in GROUPS and (token.pos == "NOUN" or plural):
            return "group"
        if noun in ORGANISATIONS:
            return "organisation"
        return "document" if noun in DOCUMENTS else None

    def _is_aside(self, place: int) -> bool:
        """Whether the phrase of a token comes after a comma, which makes it dispensable."""
        first = self.syntax.subtree(place)[0]
        return first > 0 and self.syntax.tokens[first - 1].text == ","

    def is_pronoun(self, place: int) -> bool:
        """Whether the token at `place` is a pronoun of the third person."""
        return self.syntax.tokens[place].text.lower() in PRONOUNS

    def _is_plural(self, place: int) -> bool:
        return self.syntax.tokens[place].tag in _PLURALS

    def _new(self, place: int, kind: SpeakerKind) -> Referent:
        noun = self.syntax.tokens[place].lemma.lower()
        referent = Referent(
            head=place,
            kind=kind,
            gender=gender_of_noun(noun),
            plural=self._is_plural(place),
            modifiers=self.modifiers(place),
        )
        name = self.organisation(place)
        for word in {noun, name, *name.lower().split()} if name else {noun}:
            self._by_word[word].append(referent)
        return referent

    def _introduced(self, place: int) -> Referent | None:
        """Return the person whose name stands beside the noun ("a spokeswoman, Ann Roe,")."""
        tokens = self.syntax.tokens
        beside = [c for c in self.syntax.children[place] if tokens[c].dep == "appos"]
        if tokens[place].dep == "appos":
            beside.append(tokens[place].head)
        for other in beside:
            if other in self._names:
                return self._names[other]
        if tokens[place].dep in {"attr"}:
            subject = self.syntax.subject(tokens[place].head)
            return self._names.get(subject) if subject is not None else None
        after = place + 1 + (place + 1 < len(tokens) and tokens[place + 1].text == ",")
        follows = after < len(tokens) and tokens[after].sentence == tokens[place].sentence
        named = self._names.get(after) if follows else None
        if named and after == place + 1 and tokens[place].pos in {"NOUN", "PROPN"}:
            return named
        return None

    def _role(self, place: int) -> Referent | None:
        """Return the person introduced in the role that a definite phrase names."""
        tokens = self.syntax.tokens
        noun = tokens[place].lemma.lower()
        capital = tokens[place].text[0].isupper() and tokens[place].pos == "PROPN"
        if not capital and not self._is_definite(place):
            return None
        modifiers = self.modifiers(place)
        best, best_score = None, (0, 0)
        for referent in self._people:
            person = referent.person
            if person is None or not referent.places:
                continue
            if not any(stands_for(r, noun) for r in person.roles if not is_honorific(r)):
                continue
            if not _fits(gender_of_noun(noun), person.gender):
                continue
            score = (len(modifiers & person.roles), referent.places[-1])
            if best is None or score > best_score:
                best, best_score = referent, score
        return best

    def _same(self, place: int, kind: SpeakerKind) -> Referent | None:
        """Return the latest referent under the same name, or the same noun ("the Roe campaign")."""
        tokens = self.syntax.tokens
        name = self.organisation(place)
        noun = tokens[place].lemma.lower()
        modifiers = self.modifiers(place)
        if not name and not self._is_definite(place):
            return None
        found = []
        for referent in self._by_word[name or noun]:
            if referent.kind != kind:
                continue
            other = self.organisation(referent.head)
            if name:
                same = name == other
            elif other:
                same = noun in other.lower().split() and not modifiers
            else:
                same = noun == tokens[referent.head].lemma.lower()
                same = same and modifiers <= referent.modifiers
            if same:
                found.append(referent)
        return max(found, key=lambda referent: referent.places[-1], default=None)

    def modifiers(self, place: int) -> frozenset[str]:
        """Return the words before a noun that tell it from others, an owner by his or her name."""
        tokens = self.syntax.tokens
        words = set()
        for child in self.syntax.children[place]:
            if tokens[child].dep in {"amod", "compound", "poss", "nmod", "nummod"}:
                referent = self.at.get(child)
                person = referent.person if referent is not None else None
                words.add(person.name if person is not None else fold(tokens[child].text))
        return frozenset(words)

    def _is_definite(self, place: int) -> bool:
        determiner = self.syntax.child(place, "det")
        if determiner is not None:
            return self.syntax.tokens[determiner].text.lower() in _DEFINITE
        return self.syntax.child(place, "poss") is not None

    def _anaphor(self, place: int, kind: SpeakerKind) -> Referent | None:
        """Return who a source like "the Ohio senator" or "the company" comes back to."""
        tokens = self.syntax.tokens
        noun = tokens[place].lemma.lower()
        after = {
            tokens[c].dep
            for c in self.syntax.children[place]
            if c > place and not self._is_aside(c) and tokens[c].text != "of"
        }
        known = COMPANIES if kind == "organisation" else PEOPLE - UNIQUE
        if place not in self.sources or noun not in known or after & {"prep", "relcl", "acl"}:
            return None
        if not self._is_definite(place) or self.syntax.child(place, "poss") is not None:
            return None
        if kind == "organisation":
            found = [
                (r, c) for r, c in self.candidates(place, "it") if self.organisation(r.head)
            ]
        else:
            found = [
                (r, c)
                for r, c in self.candidates(place, gender_of_noun(noun) or "m")
                + ([] if gender_of_noun(noun) else self.candidates(place, "f"))
                if r.person is not None and not clash(noun, r.person.roles)
            ]
        found = [(r, c) for r, c in found if c.distance <= _NEAR]
        if not found:
            return None
        return found[choose([c for _, c in found], "it" if kind == "organisation" else "m")][0]

    def organisation(self, place: int) -> str:
        """Return the full name of the organisation that a name's token belongs to, or nothing."""
        entity = self.syntax.tokens[place].entity
        return self._organisations.get(entity, "") if self.syntax.tokens[place].pos == "PROPN" else ""


def _agrees(referent: Referent, pronoun: str) -> bool:
    """Whether a pronoun ("m", "f", "they", "it") can stand for a referent."""
    if pronoun in {"m", "f"}:
        human = referent.kind in {"person", "unnamed"} and not referent.plural
        return human and _fits(referent.gender, pronoun)
    if pronoun == "they":
        return referent.plural or referent.kind in {"group", "organisation"}
    return not referent.plural and referent.kind in {"organisation", "document", "group"}


def _fits(one: str, other: str) -> bool:
    return not one or not other or one == other
