"""Whom a pronoun stands for, among those whom the article has mentioned so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice

from ..records import Gender, SpeakerKind
from .lexicon import ISSUED, SPOKEN
from .ranking import Candidate, choose
from .referents import PRONOUNS, Referent, agrees
from .syntax import SUBJECTS, Syntax

Found = Sequence[tuple[Referent, Candidate]]
Pick = Callable[[int, str, Found], int]
"""Returns the place of the one among those found whom the pronoun or noun at a token stands for."""

_MOST_CANDIDATES = 12
_BODIES: Mapping[str, Collection[SpeakerKind]] = {
    "it": {"document"},
    "they": {"document", "organisation"},
}
"""What a pronoun may stand for that hardly ever speaks unless it has done so before."""
_GENDERS: Mapping[str, Gender] = {"m": "m", "f": "f"}


def pick_likeliest(place: int, pronoun: str, found: Found) -> int:  # noqa: ARG001 (as `Pick` says)
    """Return the place of the candidate whom the ranker's weights prefer."""
    return choose([candidate for _, candidate in found], pronoun)


class Antecedents:
    """What has been mentioned, in order.

    Attributes:
        at: The referent of each token that stands for one.
        names: The referent of each token of a person's name, in the whole article.
    """

    def __init__(
        self,
        syntax: Syntax,
        sources: Iterable[int],
        speakers: Mapping[int, int],
        names: Mapping[int, Referent],
        pick: Pick = pick_likeliest,
    ) -> None:
        self.syntax = syntax
        self.pick = pick
        self.sources = frozenset(sources)
        self.speakers = speakers
        self.names = names
        self.at: dict[int, Referent] = {}
        self._recent: dict[Referent, None] = {}  # the latest mentioned last
        self._joint: dict[int, Referent] = {}
        self._last_source: Referent | None = None

    def mention(self, place: int, referent: Referent) -> None:
        """Take in that the token at `place` stands for `referent`."""
        self.at[place] = referent
        referent.places.append(place)
        self._recent.pop(referent, None)
        self._recent[referent] = None
        self._note_source(place, referent)
        self._join(place)

    def of_pronoun(self, place: int) -> Referent | None:
        """Return whom the pronoun at `place` stands for, if anybody."""
        pronoun = PRONOUNS[self.syntax.tokens[place].text.lower()]
        found = self.candidates(place, pronoun)
        if not found:
            return self._following(place, pronoun)
        referent, candidate = found[self.pick(place, pronoun, found)]
        if candidate.governing and referent.person and not referent.gender:
            # "Roe said she" tells something about every later "he".
            referent.gender = _GENDERS.get(pronoun, "")
        return referent

    def _note_source(self, place: int, referent: Referent) -> None:
        """Keep who spoke last; "Ms. Roe's letter said" makes it Ms. Roe.

        Somebody whom a paragraph begins with is as good as a speaker.
        """
        tokens = self.syntax.tokens
        above = tokens[place].head
        owned = tokens[place].dep == "poss" and tokens[above].lemma.lower() in SPOKEN | ISSUED
        if self.syntax.quotation(tokens[place].start) is not None:
            return
        opens = referent.person and tokens[place].dep in SUBJECTS and self._opens(place)
        if place in self.sources or (owned and above in self.sources) or opens:
            self._last_source = referent

    def _opens(self, place: int) -> bool:
        """Whether the token is the main subject of a paragraph's first sentence."""
        tokens = self.syntax.tokens
        verb = tokens[place].head
        if tokens[verb].head != verb or self.syntax.quotation(tokens[place].start) is not None:
            return False
        first = place
        while first and tokens[first - 1].sentence == tokens[place].sentence:
            first -= 1
        paragraph = self.syntax.paragraph
        return not first or paragraph(tokens[first - 1].start) < paragraph(tokens[first].start)

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

    def candidates(self, place: int, pronoun: str) -> list[tuple[Referent, Candidate]]:
        """Return whom a pronoun may stand for, by gender, number and binding, as features."""
        speaker = self._speaker(place)
        agreeing = (r for r in reversed(self._recent) if r is not speaker and agrees(r, pronoun))
        found = [
            (last, r)
            for r in islice(agreeing, 2 * _MOST_CANDIDATES)
            if (last := self._last(r, place)) is not None
        ]
        found.sort(key=lambda pair: -pair[0])
        allowed = [pair for pair in found if not self._bound(pair[0], place)][:_MOST_CANDIDATES]
        featured = [
            (referent, self._candidate(referent, last, place, rank))
            for rank, (last, referent) in enumerate(allowed)
        ]
        if pronoun not in _BODIES or place not in self.sources:
            return featured
        # Of what "it" and "they" may stand for, those speak that have spoken or acted.
        silent = _BODIES[pronoun]
        speaking = [
            (r, c) for r, c in featured if c.kind not in silent or c.was_source or c.subject
        ]
        return speaking or featured

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
        return None if head is None else self.names.get(head) or self.at.get(head)

    def _bound(self, mention: int, place: int) -> bool:
        """Whether both hang on one verb, so that they can't be the same.

        "Roe told her", "In a statement, it said".
        """
        tokens = self.syntax.tokens
        link = tokens[mention].head
        if tokens[link].dep == "prep" and tokens[place].dep in SUBJECTS:
            return tokens[mention].dep == "pobj" and tokens[link].head == tokens[place].head
        if tokens[place].tag == "PRP$" or tokens[place].text.lower().endswith("self"):
            return False
        top = tokens[place].head
        while tokens[top].dep in {"prep", "dative"} and tokens[top].head != top:
            top = tokens[top].head
        return (
            tokens[mention].head == top
            and tokens[mention].dep in SUBJECTS
            and tokens[place].dep in {"dobj", "pobj", "dative"}
            and tokens[top].pos in {"VERB", "AUX"}
        )

    def _candidate(self, referent: Referent, last: int, place: int, rank: int) -> Candidate:
        tokens = self.syntax.tokens
        mention, pronoun = tokens[self._top(last)], tokens[place]
        quoted = self.syntax.quotation(mention.start) is not None
        here = self.syntax.quotation(pronoun.start) is not None
        same = self.syntax.paragraph(mention.start) == self.syntax.paragraph(pronoun.start)
        governing = any(self.syntax.subject(v) == last for v in self.syntax.ancestors(place))
        return Candidate(
            distance=pronoun.sentence - mention.sentence,
            subject=mention.dep in SUBJECTS,
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

    def _top(self, mention: int) -> int:
        """Return the head of the phrase of a mention: of "the mayor, Ann Roe," the mayor."""
        tokens, referent = self.syntax.tokens, self.at[mention]
        while (above := tokens[mention].head) != mention and self.at.get(above) is referent:
            mention = above
        return mention

    def _following(self, place: int, pronoun: str) -> Referent | None:
        """Return who is named later in the sentence ("In his statement, Mr. Roe ...")."""
        sentence = self.syntax.tokens[place].sentence
        for later in range(place + 1, len(self.syntax.tokens)):
            if self.syntax.tokens[later].sentence != sentence:
                break
            referent = self.names.get(later)
            if referent and agrees(referent, pronoun):
                return referent
        return None
