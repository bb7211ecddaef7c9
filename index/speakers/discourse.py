"""Whom an article talks about, word by word: names, roles and pronouns led to one referent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from ..records import SpeakerKind
from .antecedents import Antecedents, Found, Pick, pick_likeliest
from .apposition import names
from .cast import assemble
from .genders import gender_of_noun
from .lexicon import COMPANIES, PEOPLE, TITLES, UNIQUE, clash, is_honorific, stands_for
from .names import fold
from .nouns import is_aside, is_definite, is_plural, kind_of
from .organisations import Organisations
from .referents import PRONOUNS, Referent, fits
from .syntax import SUBJECTS, Syntax

_NEAR = 3
"""Sentences over which a phrase such as "the senator" comes back to somebody."""

_LEAD = 2
_PRESS = frozenset({"communications", "press", "media"})
"""What else is said of the roles of spokespeople: "communications director"."""

_TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?\s?m\.?", re.IGNORECASE)


class Discourse:
    """One article read from its first word to its last.

    Attributes:
        at: The referent of each head noun, name and pronoun that has one.
        people: Those whom the article names, in the order in which it first does.
    """

    def __init__(
        self,
        syntax: Syntax,
        sources: Iterable[int],
        speakers: Mapping[int, int],
        pick: Pick = pick_likeliest,
    ) -> None:
        """Read the article.

        Args:
            syntax: The article's parse.
            sources: Head tokens of the attributions' sources.
            speakers: For each quotation, by number, the head token of its source.
            pick: Chooses whom a pronoun stands for.
        """
        self.syntax = syntax
        self._by_word: defaultdict[str, list[Referent]] = defaultdict(list)
        self.people: list[Referent] = []
        sources = frozenset(sources)
        self._names = self._place_people(sources)
        self.organisations = Organisations(syntax, self._names.keys())
        self._antecedents = Antecedents(syntax, sources, speakers, self._names, pick)
        self.at = self._antecedents.at
        for place in range(len(syntax.tokens)):
            found = self._read(place)
            if found is not None:
                self._antecedents.mention(place, found)
        self._reveal_lead()

    def _reveal_lead(self) -> None:
        """Give the somebody of the lead ("A town councillor has resigned") the name that follows.

        It is the name that the next paragraph opens with, in full and for the first time, and in
        the same role; "Norvane's mayor" is named without one too. What a live report sets below a
        time of day is a lead of its own.
        """
        subjects = [p for p, t in enumerate(self.syntax.tokens) if t.dep in SUBJECTS]
        opening: dict[int, int] = {}
        for place in subjects:
            opening.setdefault(self.syntax.paragraph(self.syntax.tokens[place].start), place)
        spans = self.syntax.paragraphs
        timed = [n + 1 for n, (a, b) in enumerate(spans) if _TIME.fullmatch(self.syntax.text[a:b])]
        for paragraph in (*range(_LEAD), *timed):
            lead = self.at.get(opening.get(paragraph, -1))
            named = self.at.get(opening.get(paragraph + 1, -1))
            if lead is None or named is None or named.person is None:
                continue
            fresh = opening[paragraph + 1] in named.places[:2] and not any(
                self.syntax.paragraph(self.syntax.tokens[place].start) == paragraph
                for place in named.places  # who is named in the lead isn't the somebody of it
            )
            somebody = lead.kind == "unnamed" and not lead.plural and lead.person is None
            fitting = fits(lead.gender, named.gender) and self._may_be(lead, named.person.roles)
            if fresh and somebody and fitting:
                lead.person = named.person

    def _may_be(self, lead: Referent, roles: Collection[str]) -> bool:
        """Whether a lead's noun is what the roles say or, where there are none, is somebody's."""
        noun = self.syntax.tokens[lead.head].lemma.lower()
        speaks = noun.startswith("spokes") and not _PRESS.isdisjoint(roles)
        if roles:
            return speaks or not clash(noun, roles)
        return self.syntax.child(lead.head, "poss") is not None

    def _place_people(self, sources: Collection[int]) -> dict[int, Referent]:
        names: dict[int, Referent] = {}
        for person in assemble(self.syntax, sources):
            referent = Referent(
                head=person.namings[0].last, kind="person", gender=person.gender, person=person
            )
            self.people.append(referent)
            for naming in person.namings:
                names |= dict.fromkeys(range(naming.first, naming.last + 1), referent)
        return names

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
            return self._names[place]
        if token.text.lower() in PRONOUNS:
            return self._antecedents.of_pronoun(place)
        if token.pos in {"NOUN", "PROPN"} or token.tag in {"CD", "DT"}:
            return self._noun(place)
        return None

    def _noun(self, place: int) -> Referent | None:
        token = self.syntax.tokens[place]
        if token.entity < 0:
            if token.dep in {"compound", "nmod"}:
                return None
        elif self.syntax.tokens[token.head].entity == token.entity and token.head != place:
            return None  # only the head of a name stands for it
        kind = kind_of(self.syntax, place)
        introduced = self._introduced(place) if kind else self._apposed(place)
        if introduced is not None:
            return introduced
        if kind is None:  # no noun for a person, unless the article has made it one's role
            called = place in self._antecedents.sources and not is_plural(self.syntax, place)
            named = bool(self.organisations.at(place))  # RT is no "RT host"
            return self._role(place) if called and not named else None
        singular = kind == "unnamed" and not is_plural(self.syntax, place)
        return (
            (self._role(place) if singular else None)
            or self._same(place, kind)
            or (self._anaphor(place, kind) if singular or kind == "organisation" else None)
            or self._new(place, kind)
        )

    def is_pronoun(self, place: int) -> bool:
        """Whether the token at `place` is a pronoun of the third person."""
        return self.syntax.tokens[place].text.lower() in PRONOUNS

    def _new(self, place: int, kind: SpeakerKind) -> Referent:
        noun = self.syntax.tokens[place].lemma.lower()
        referent = Referent(
            head=place,
            kind=kind,
            gender=gender_of_noun(noun),
            plural=is_plural(self.syntax, place),
            modifiers=self.modifiers(place),
        )
        name = self.organisations.at(place)
        for word in {noun, name, *name.lower().split()} if name else {noun}:
            self._by_word[word].append(referent)
        return referent

    def _introduced(self, place: int) -> Referent | None:
        """Return the person whose name stands beside the noun ("a spokeswoman, Ann Roe,")."""
        tokens = self.syntax.tokens
        apposed = self._apposed(place)
        if apposed is not None:
            return apposed
        top = place
        while tokens[top].dep == "conj" and tokens[top].head != top:
            top = tokens[top].head  # "Roe is a liar and a thief"
        if tokens[top].dep == "attr":
            subject = self.syntax.subject(tokens[top].head)
            return self._names.get(subject) if subject is not None else None
        after = place + 1 + (place + 1 < len(tokens) and tokens[place + 1].text == ",")
        follows = after < len(tokens) and tokens[after].sentence == tokens[place].sentence
        named = self._names.get(after) if follows else None
        if named and after == place + 1 and tokens[place].pos in {"NOUN", "PROPN"}:
            return named
        return None

    def _apposed(self, place: int) -> Referent | None:
        """Return the person whose name is put to a noun: "the chief, Ann Roe", "one named Roe"."""
        tokens = self.syntax.tokens
        beside = [c for c in self.syntax.children[place] if tokens[c].dep == "appos"]
        if tokens[place].dep == "appos":
            beside.append(tokens[place].head)
        for clause in self.syntax.children[place]:
            if names(self.syntax, clause):
                beside += self.syntax.children[clause]
            if tokens[clause].text == "known":  # "as Ann Roe"
                beside += (d for c in self.syntax.children[clause] for d in self.syntax.children[c])
        if fold(tokens[place].text) in TITLES and tokens[place + 1 : place + 2]:
            beside.append(place + 1 + (tokens[place + 1].text == "."))
        return next((self._names[other] for other in beside if other in self._names), None)

    def _role(self, place: int) -> Referent | None:
        """Return the person introduced in the role that a definite phrase names."""
        tokens = self.syntax.tokens
        noun = tokens[place].lemma.lower()
        capital = tokens[place].text[0].isupper() and tokens[place].pos == "PROPN"
        if not capital and not is_definite(self.syntax, place):
            return None
        modifiers = self.modifiers(place)
        best, best_score = None, (0, 0)
        for referent in self.people:
            person = referent.person
            if person is None or not referent.places:
                continue
            if not any(stands_for(r, noun) for r in person.roles if not is_honorific(r)):
                continue
            if not fits(gender_of_noun(noun), person.gender):
                continue
            score = (len(modifiers & person.roles), referent.places[-1])
            if best is None or score > best_score:
                best, best_score = referent, score
        return best

    def _same(self, place: int, kind: SpeakerKind) -> Referent | None:
        """Return the latest referent under the same name, or the same noun ("the Roe campaign")."""
        tokens = self.syntax.tokens
        name = self.organisations.at(place)
        noun = tokens[place].lemma.lower()
        modifiers = self.modifiers(place)
        if not name and not is_definite(self.syntax, place):
            return None
        found = []
        for referent in self._by_word[name or noun]:
            if referent.kind != kind or referent.plural != is_plural(self.syntax, place):
                continue
            other = self.organisations.at(referent.head)
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

    def _anaphor(self, place: int, kind: SpeakerKind) -> Referent | None:
        """Return who a source like "the Ohio senator" or "the company" comes back to."""
        tokens = self.syntax.tokens
        children = self.syntax.children[place]
        after = {
            tokens[c].dep
            for c in children
            if c > place and not is_aside(self.syntax, c) and tokens[c].text != "of"
        }
        if any(tokens[c].dep == "appos" and self.organisations.at(c) for c in children):
            return None  # "the paper Velmora Post" is none that was named before
        known = COMPANIES if kind == "organisation" else PEOPLE - UNIQUE
        points = place in self._antecedents.sources and tokens[place].lemma.lower() in known
        owned = self.syntax.child(place, "poss") is not None
        if not points or after & {"prep", "relcl", "acl"} or owned:
            return None
        if not is_definite(self.syntax, place):
            return None
        found = self._meant(place, kind)
        if not found:
            return None
        asked = "it" if kind == "organisation" else "m"
        chosen = found[self._antecedents.pick(place, asked, found)][0]
        if chosen.person is not None:
            chosen.person.roles.add(tokens[place].lemma.lower())
        return chosen

    def _meant(self, place: int, kind: SpeakerKind) -> Found:
        """Return those whom a noun may come back to, mentioned shortly before."""
        noun = self.syntax.tokens[place].lemma.lower()
        inside = set(self.syntax.subtree(place))  # "the Roe supporter" isn't Roe
        candidates = self._antecedents.candidates
        if kind == "organisation":
            found = [(r, c) for r, c in candidates(place, "it") if self.organisations.at(r.head)]
        else:
            gender = gender_of_noun(noun)
            people = [
                pair for g in ([gender] if gender else ["m", "f"]) for pair in candidates(place, g)
            ]
            found = [
                (r, c)
                for r, c in {id(r): (r, c) for r, c in people}.values()
                if r.person is not None
                and not clash(noun, r.person.roles)
                and inside.isdisjoint(r.places[-2:])
                and (c.entered_quotation or not c.left_quotation)
            ]
        return [(r, c) for r, c in found if c.distance <= _NEAR]
