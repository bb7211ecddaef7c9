"""Whom an article talks about, word by word: names, roles and pronouns led to one referent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..records import SpeakerKind
from .cast import Person, assemble, is_honorific
from .genders import Gender, gender_of_noun
from .lexicon import DOCUMENTS, GROUPS, ORGANISATIONS, PEOPLE, UNNAMED, stands_for
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
_PLURALS = frozenset({"NNS", "NNPS"})


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something that an article names, describes or points to.

    Attributes:
        head: The token that first named it.
        person: Its names, where it is a person whom the article names.
        places: Every token that stands for it, in order.
    """

    head: int
    kind: SpeakerKind
    gender: Gender = ""
    plural: bool = False
    person: Person | None = None
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
        self.referents: list[Referent] = []
        self._last_source: Referent | None = None
        self._names = self._place_people()
        self._organisations = self._name_organisations()
        for place in range(len(syntax.tokens)):
            found = self._read(place)
            if found is not None:
                self.at[place] = found
                found.places.append(place)
                if place in self.sources:
                    self._last_source = found

    def _place_people(self) -> dict[int, Referent]:
        names = {}
        for person in assemble(self.syntax):
            referent = Referent(
                head=person.namings[0].last, kind="person", gender=person.gender, person=person
            )
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
        return printed | {n: fullest(name, bodies.values()) for n, name in bodies.items()}

    def _read(self, place: int) -> Referent | None:
        """Return what the token at `place` stands for, if for anybody."""
        token = self.syntax.tokens[place]
        if place in self._names:
            referent = self._names[place]
            if referent not in self.referents:
                self.referents.append(referent)
            return referent
        if token.text.lower() in PRONOUNS:
            return self._antecedent(place)
        if token.pos in {"NOUN", "PROPN"} or token.tag in {"CD", "DT"}:
            return self._noun(place)
        return None

    # Pronouns

    def _antecedent(self, place: int) -> Referent | None:
        pronoun = PRONOUNS[self.syntax.tokens[place].text.lower()]
        found = self.candidates(place)
        if not found:
            return self._following(place, pronoun)
        best = choose([candidate for _, candidate in found], pronoun)
        referent = found[best][0]
        return referent

    def candidates(self, place: int) -> list[tuple[Referent, Candidate]]:
        """Return whom a pronoun may stand for, by gender, number and binding, as features."""
        pronoun = PRONOUNS[self.syntax.tokens[place].text.lower()]
        speaker = self._speaker(place)
        allowed = [
            referent
            for referent in self.referents
            if referent.places
            and _agrees(referent, pronoun)
            and referent is not speaker
            and not self._bound(referent.places[-1], place)
        ]
        allowed.sort(key=lambda referent: -referent.places[-1])
        return [
            (referent, self._candidate(referent, place, rank))
            for rank, referent in enumerate(allowed[:12])
        ]

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

    def _candidate(self, referent: Referent, place: int, rank: int) -> Candidate:
        tokens = self.syntax.tokens
        last = referent.places[-1]
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
        if kind in {"person", "unnamed"} and not self._is_plural(place):
            return self._role(place) or self._new(place, kind)
        return self._same_words(place, kind) or self._new(place, kind)

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

    def _is_plural(self, place: int) -> bool:
        return self.syntax.tokens[place].tag in _PLURALS

    def _new(self, place: int, kind: SpeakerKind) -> Referent:
        noun = self.syntax.tokens[place].lemma.lower()
        referent = Referent(
            head=place, kind=kind, gender=gender_of_noun(noun), plural=self._is_plural(place)
        )
        self.referents.append(referent)
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
        determiner = self.syntax.child(place, "det")
        owner = self.syntax.child(place, "poss")
        noun = tokens[place].lemma.lower()
        capital = tokens[place].text[0].isupper() and tokens[place].pos == "PROPN"
        definite = determiner is not None and tokens[determiner].text.lower() in _DEFINITE
        if not definite and owner is None and not capital:
            return None
        modifiers = {
            fold(tokens[c].text)
            for c in self.syntax.children[place]
            if tokens[c].dep in {"amod", "compound"}
        }
        best, best_score = None, (0, 0)
        for referent in self.referents:
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

    def _same_words(self, place: int, kind: SpeakerKind) -> Referent | None:
        """Return the latest referent of the same kind under the same noun or a longer name."""
        tokens = self.syntax.tokens
        noun = fold(tokens[place].text)
        determiner = self.syntax.child(place, "det")
        article = tokens[determiner].text.lower() if determiner is not None else ""
        if tokens[place].pos == "NOUN" and article not in _DEFINITE:
            return None
        name = self.organisation(place)
        for referent in reversed(self.referents):
            if referent.kind != kind or referent.person is not None:
                continue
            if name and name == self.organisation(referent.head):
                return referent
            if noun == fold(tokens[referent.head].text) and not name:
                return referent
        return None

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
