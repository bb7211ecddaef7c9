"""Name the speaker of each attribution, as far as its own article tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import Article, Attribution, Mention, Parse, SpeakerKind
from .discourse import Discourse
from .names import key
from .phrases import describe
from .syntax import Syntax

_FIRST_PERSON = frozenset("i me my mine myself we us our ours ourselves".split())
_HUMAN = frozenset({"person", "unnamed", "group"})
_NOT_HUMAN = frozenset({"organisation", "document", "group"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})


def resolve(article: Article, parse: Parse, attributions: Sequence[Attribution]) -> list[Mention]:
    """Return whom each attribution's source names, in the order of the attributions.

    An attribution without a source gets the speaker whose statement it plainly continues; where
    there is none, it has no mention. The result doesn't depend on the order of the attributions.
    """
    found = _Resolution(Syntax(article, parse), article, attributions)
    mentions = ((a.id, found.name(a)) for a in attributions)
    return [Mention(attribution_id=i, name=m[0], kind=m[1]) for i, m in mentions if m and key(m[0])]


_Named = tuple[str, SpeakerKind]


class _Resolution:
    def __init__(
        self, syntax: Syntax, article: Article, attributions: Sequence[Attribution]
    ) -> None:
        self.syntax = syntax
        self.article = article
        self.attributions = sorted(attributions, key=lambda a: (_start(a), a.id))
        self.places = {a.id: syntax.inside(a.source) for a in attributions}
        self.heads = {a.id: syntax.head(self.places[a.id]) for a in attributions}
        self.quotations = self._own_quotations()
        speakers = {q: h for q, a in self.quotations.items() if (h := self.heads[a.id]) is not None}
        sources = [head for head in self.heads.values() if head is not None]
        self.discourse = Discourse(syntax, sources, speakers)
        self._known: dict[str, _Named | None] = {}

    def _own_quotations(self) -> dict[int, Attribution]:
        """Return, for each quotation, the outermost attribution whose content it is part of."""
        owners: dict[int, tuple[int, Attribution]] = {}
        for attribution in self.attributions:
            for span in attribution.content:
                for number, quotation in enumerate(self.syntax.quotations):
                    shared = min(span.end, quotation.end) - max(span.start, quotation.start)
                    if shared > owners.get(number, (0, None))[0]:
                        owners[number] = (shared, attribution)
        return {number: attribution for number, (_, attribution) in owners.items()}

    def name(self, attribution: Attribution) -> _Named | None:
        """Return the speaker's name and kind; None where nothing tells."""
        if attribution.id not in self._known:
            self._known[attribution.id] = None  # a circle of "I" and "he" ends here
            head = self.heads[attribution.id]
            self._known[attribution.id] = (
                self._continued(attribution) if head is None else self._named(attribution, head)
            )
        return self._known[attribution.id]

    def _named(self, attribution: Attribution, head: int) -> _Named | None:
        if self._is_turn(attribution) and self.syntax.tokens[head].text in {"Q", "A"}:
            return self._interviewed(self.syntax.tokens[head].text, head)
        word = self.syntax.tokens[head].text.lower()
        if word in _FIRST_PERSON:
            return self._first_person(attribution, head)
        if word in _RELATIVE and self.syntax.tokens[head].tag in {"WP", "WDT", "WP$", "IN", "DT"}:
            above = self._antecedent(head)
            if above is not None:
                return self._phrase(above, self.syntax.subtree(above), part=True)
        places = self.places[attribution.id]
        others = [
            c
            for c in self.syntax.children[head]
            if self.syntax.tokens[c].dep == "conj"
            and c in places
            and not self.syntax.same_entity(c, head)
        ]
        if others and all(self.syntax.tokens[p].text.lower() != "or" for p in places):
            together = [self._phrase(place, places, part=True) for place in (head, *others)]
            if not any(kind in {"person", "organisation"} for _, kind in together):
                return self._phrase(head, places)
            return " and ".join(dict.fromkeys(n for n, _ in together)), "group"
        return self._phrase(head, places)

    def _is_turn(self, attribution: Attribution) -> bool:
        """Whether this is what somebody says in a transcript: "MR ROE: Yes.", "A: Yes."."""
        places = self.places[attribution.id]
        after = places[-1] + 1 if places else len(self.syntax.tokens)
        if after >= len(self.syntax.tokens) or self.syntax.tokens[after].text != ":":
            return False
        first, text = self.syntax.tokens[places[0]].start, self.syntax.text
        return not text[:first].rpartition("\n")[2].strip()

    def _interviewed(self, letter: str, place: int) -> _Named | None:
        """Return who answers an interview, the first one named in it, or who asks, its author."""
        if letter == "Q":
            return self._author() or ("interviewer", "unnamed")
        author = self._author()
        for referent in self.discourse.people:
            person = referent.person
            if person and referent.head < place and (author is None or person.name != author[0]):
                return person.name, "person"
        return "interviewee", "unnamed"

    def _author(self) -> _Named | None:
        author = re.sub(r"^(?:by\s+|[\W_]+)", "", self.article.author, flags=re.IGNORECASE)
        return (author, "person") if key(author) else None

    def _antecedent(self, relative: int) -> int | None:
        """Return the noun that a relative pronoun stands for: its clause's, else the nearest."""
        human = self.syntax.tokens[relative].text.lower() in {"who", "whom", "whose"}
        fitting = _HUMAN if human else _NOT_HUMAN
        clauses = (
            self.syntax.tokens[verb].head
            for verb in self.syntax.ancestors(relative)
            if self.syntax.tokens[verb].dep in {"relcl", "acl"}
        )
        above: int | None = next(clauses, None)
        sentence = self.syntax.tokens[relative].sentence
        nearest = range(relative - 1, -1, -1)
        for place in nearest if above is None else (above, *nearest):
            if self.syntax.tokens[place].sentence != sentence:
                break
            referent = self.discourse.at.get(place)
            if referent is not None and referent.kind in fitting:
                return place
        return above

    def _phrase(self, head: int, places: Sequence[int], *, part: bool = False) -> _Named:
        return describe(self.discourse, head, places, part=part)

    def _first_person(self, attribution: Attribution, head: int) -> _Named | None:
        """Return who speaks around "I": the innermost statement's speaker, else the author."""
        offset = self.syntax.tokens[head].start
        quoted = self.syntax.quotation(offset)
        around = [
            (sum(end - start for start, end in a.content), a)
            for a in self.attributions
            if a.id != attribution.id
            and (a.kind != "indirect" or self._is_turn(a))
            and any(start <= offset < end for start, end in a.content)
        ]
        if around:
            return self.name(min(around, key=lambda pair: pair[0])[1])
        owner = self.quotations.get(quoted) if quoted is not None else None
        if owner is not None and owner.id != attribution.id:
            return self.name(owner)
        if quoted is not None:
            return self._nearest(attribution)
        return self._author() or ("author", "unnamed")

    def _nearest(self, attribution: Attribution) -> _Named | None:
        """Return the speaker of the closest quotation in the same paragraph or the one before."""
        here = _start(attribution)
        paragraph = self.syntax.paragraph(here)
        near = [
            (abs(_start(a) - here), a)
            for a in self.attributions
            if a.id != attribution.id
            and a.kind != "indirect"
            and self.heads[a.id] is not None
            and paragraph - 1 <= self.syntax.paragraph(_start(a)) <= paragraph
        ]
        return self.name(min(near, key=lambda pair: pair[0])[1]) if near else None

    def _continued(self, attribution: Attribution) -> _Named | None:
        """Return the speaker of an attribution that has no source of its own."""
        cue = self.syntax.inside(attribution.cue)
        for place in cue:
            token = self.syntax.tokens[place]
            if token.pos in {"VERB", "AUX"}:
                subject = self.syntax.subject(place)
                if subject is not None and token.dep != "ROOT" and token.tag != "VBN":
                    return self._phrase(subject, self.syntax.subtree(subject))
            owner = self.syntax.child(place, "poss")
            if owner is not None:
                return self._phrase(owner, self.syntax.subtree(owner))
        before = [a for a in self.attributions if _start(a) < _start(attribution)]
        if not before or attribution.kind == "indirect":
            return None
        last = before[-1]
        gap = self.syntax.paragraph(_start(attribution)) - self.syntax.paragraph(_start(last))
        return self.name(last) if gap <= 1 and last.kind != "indirect" else None


def _start(attribution: Attribution) -> int:
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return min(span.start for span in spans)
