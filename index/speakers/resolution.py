"""Name the speaker of each attribution, as far as its own article tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import Article, Attribution, Mention, Parse, Span
from . import bylines
from .apposition import is_role
from .discourse import Discourse
from .names import key
from .phrases import describe
from .referents import Named, join
from .sources import Sources, beginning
from .syntax import Syntax
from .titles import Titles

_FIRST_PERSON = frozenset("i me my mine myself we us our ours ourselves".split())
_HUMAN = frozenset({"person", "unnamed", "group"})
_NOT_HUMAN = frozenset({"organisation", "document", "group"})
_ANSWER = re.compile(r"(?:A|Answer|ANSWER)(?:\s?\d{1,3})?\.?")
_QUESTION = re.compile(r"(?:Q|Question|QUESTION)(?:\s?\d{1,3})?\.?")
_ASKED = re.compile(
    r"\b(?:interview\w*|spoke\w*|speak\w*|talk\w*|sat|sits|chat\w*|questions?|Q&A|conversation|met)\b"
    r"[^.,;]{0,30}\b(?:with|to|for|of)\b[^.;]{0,60}$"
)
_TALKED = re.compile(r"[^.;]{0,90}\b(?:spoke|speaks|talk(?:s|ed)|sat|answer(?:s|ed)|chatted)\b")
_RECORDS = frozenset({"transcript", "transcripts", "excerpt", "excerpts"})
_FOLLOWS = re.compile(r"\s*(?:(?:is )?(?:as )?follows|below)?\s*:")
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})


def resolve(article: Article, parse: Parse, attributions: Sequence[Attribution]) -> list[Mention]:
    """Return whom each attribution's source names, in the order of the attributions.

    An attribution without a source gets the speaker whose statement it plainly continues; where
    there is none, it has no mention. The result doesn't depend on the order of the attributions.
    """
    found = _Resolution(Syntax(article, parse), article, attributions)
    titles = Titles(found.discourse)
    named = ((a.id, found.name(a)) for a in attributions)
    return [_mention(i, one, titles) for i, one in named if one is not None and key(one.name)]


def _mention(attribution_id: str, named: Named, titles: Titles) -> Mention:
    return Mention(
        attribution_id=attribution_id,
        name=named.name,
        kind=named.kind,
        gender=named.person.gender if named.person else "",
        roles=titles.of(named.person) if named.person else (),
        members=tuple((one.name, one.kind) for one in named.members),
    )


class _Resolution:
    def __init__(
        self, syntax: Syntax, article: Article, attributions: Sequence[Attribution]
    ) -> None:
        self.syntax = syntax
        self.article = article
        sources = Sources(syntax, attributions)
        self.attributions = sources.attributions
        self.places, self.heads = sources.places, sources.heads
        self.quotations = sources.quotations
        self.discourse = Discourse(syntax, sources.all, sources.speakers)
        self._known: dict[str, Named | None] = {}

    def name(self, attribution: Attribution) -> Named | None:
        """Return the speaker's name and kind; None where nothing tells."""
        if attribution.id not in self._known:
            self._known[attribution.id] = None  # a circle of "I" and "he" ends here
            head = self.heads[attribution.id]
            self._known[attribution.id] = (
                self._continued(attribution) if head is None else self._named(attribution, head)
            )
        return self._known[attribution.id]

    def _named(self, attribution: Attribution, head: int) -> Named | None:
        places = self.places[attribution.id]
        plain = self._in_record(attribution, head) or self._mine(attribution, head, places)
        if plain:
            return plain
        word = self.syntax.tokens[head].text.lower()
        if word in _FIRST_PERSON:
            return self._first_person(attribution, head)
        if word in _RELATIVE and self.syntax.tokens[head].tag in {"WP", "WDT", "WP$", "IN", "DT"}:
            above = self._antecedent(head)
            if above is not None:
                return self._phrase(above, self.syntax.subtree(above), part=True)
        joined = self._joined(head, places)
        if not joined or any(self.syntax.tokens[p].text.lower() == "or" for p in places):
            return self._phrase(head, places)
        each = [self._phrase(place, places, part=True) for place in (head, *joined)]
        if self._is_bare_role(head) and each[1].person is not None:
            return each[1]  # "former governor and mayor Ann Roe"
        together = join(each)
        return together if together.members else self._phrase(head, places)

    def _mine(self, attribution: Attribution, head: int, places: Sequence[int]) -> Named | None:
        """Return who is meant by "my wife", named after the one whose words these are."""
        owner = self.syntax.child(head, "poss")
        if owner is None or self.syntax.tokens[owner].text.lower() != "my":
            return None
        speaker, wife = self._first_person(attribution, owner), self._phrase(head, places)
        if speaker is None or speaker.kind != "person" or not wife.name.lower().startswith("my "):
            return None
        return wife._replace(name=f"{speaker.name}'s {wife.name[3:]}")

    def _joined(self, head: int, places: Sequence[int]) -> list[int]:
        """Return the heads that "and" joins to `head`, one after the other."""
        found: list[int] = []
        for place in places:
            token = self.syntax.tokens[place]
            partner = token.head in {head, *found} and token.dep == "conj"
            if partner and not self.syntax.same_entity(place, token.head):
                found.append(place)
        return found

    def _is_bare_role(self, head: int) -> bool:
        """Whether a noun says what one person is, and stands without an article and a name."""
        token, referent = self.syntax.tokens[head], self.discourse.at.get(head)
        unnamed = referent is None or referent.person is None
        singular = token.tag in {"NN", "NNP"} and is_role(token.text)
        return unnamed and singular and self.syntax.child(head, "det", "poss") is None

    def _is_turn(self, attribution: Attribution, label: re.Pattern[str] | None = None) -> bool:
        """Whether this is what somebody says in a transcript: "MR ROE: Yes.", "A. Yes."."""
        if not attribution.source or any(map(str.isalnum, self._text(attribution.cue))):
            return False
        return label is None or label.fullmatch(self._text(attribution.source)) is not None

    def _in_record(self, attribution: Attribution, head: int) -> Named | None:
        """Return who is meant by "Q: ...", "A: ..." or "Transcript as follows: ..."; else None."""
        if self._is_turn(attribution, _ANSWER):
            return self._interviewed(head)
        if self._is_turn(attribution, _QUESTION):
            return self._author() or Named("interviewer", "unnamed")
        word = self.syntax.tokens[head].text.lower()
        if word in _RECORDS and _FOLLOWS.match(self.article.text, attribution.source[-1].end):
            return self._before(attribution)
        return None

    def _text(self, spans: Sequence[Span]) -> str:
        return " ".join(map(self.article.quote, spans))

    def _interviewed(self, place: int) -> Named:
        """Return who answers: the first one said to be spoken with, or else the first one named."""
        author = self._author()
        people = [
            referent
            for referent in self.discourse.people
            if referent.person
            and referent.head < place
            and (author is None or referent.person.name != author.name)
        ]
        asked = next((one for one in people if self._is_interviewed(one.head)), None)
        for referent in (asked, *people):
            if referent is not None and referent.person is not None:
                return Named(referent.person.name, "person", referent.person)
        return Named("interviewee", "unnamed")

    def _is_interviewed(self, head: int) -> bool:
        """Tell "spoke with [Orr]", "an interview with [Orr]" and "[Orr] talked to us"."""
        tokens, text = self.syntax.tokens, self.syntax.text
        first = last = head
        while first and tokens[first - 1].sentence == tokens[head].sentence:
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].sentence == tokens[head].sentence:
            last += 1
        before = text[tokens[first].start : tokens[head].start]
        after = text[tokens[head].end : tokens[last].end]
        return bool(_ASKED.search(before) or _TALKED.match(after))

    def _author(self) -> Named | None:
        """Return who signs the article; what comes after the name, an outlet say, is left out."""
        names = bylines.pieces(self.article.author)
        return Named(names[0], "person") if names else None

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

    def _phrase(self, head: int, places: Sequence[int], *, part: bool = False) -> Named:
        return describe(self.discourse, head, places, part=part)

    def _first_person(self, attribution: Attribution, head: int) -> Named | None:
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
        return self._author() or Named("author", "unnamed")

    def _nearest(self, attribution: Attribution) -> Named | None:
        """Return the speaker of the closest quotation in the same paragraph or the one before."""
        here = beginning(attribution)
        paragraph = self.syntax.paragraph(here)
        near = [
            (abs(beginning(a) - here), a)
            for a in self.attributions
            if a.id != attribution.id
            and a.kind != "indirect"
            and self.heads[a.id] is not None
            and paragraph - 1 <= self.syntax.paragraph(beginning(a)) <= paragraph
        ]
        return self.name(min(near, key=lambda pair: pair[0])[1]) if near else None

    def _before(self, attribution: Attribution) -> Named | None:
        """Return who spoke last: whose words a "transcript as follows:" goes on with."""
        here = beginning(attribution)
        earlier = [a for a in self.attributions if beginning(a) < here and a.id != attribution.id]
        named = map(self.name, sorted(earlier, key=beginning, reverse=True))
        return next((one for one in named if one and one.kind == "person"), None)

    def _continued(self, attribution: Attribution) -> Named | None:
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
        before = [a for a in self.attributions if beginning(a) < beginning(attribution)]
        if not before or attribution.kind == "indirect":
            return None
        last = before[-1]
        gap = self.syntax.paragraph(beginning(attribution)) - self.syntax.paragraph(beginning(last))
        return self.name(last) if gap <= 1 and last.kind != "indirect" else None
