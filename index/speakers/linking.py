"""One speaker for one person across an archive, under all the names that its articles give."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..records import Mention, Naming, Place, Speaker, SpeakerKind
from .bodies import Bodies
from .corrections import Corrections, Draft, correct
from .evidence import appear, keep_company
from .names import is_full, key
from .people import People
from .roles import Origin, gather

_LOCAL = frozenset({"document", "unnamed"})
"""Kinds whose descriptions ("a report", "an aide") mean another one in each article."""

_ORDER: Sequence[SpeakerKind] = ("person", "organisation", "group", "document", "unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who the speakers of an archive are, and who speaks where.

    Attributes:
        speakers: By id.
        speaker_of: The speaker's id of each naming.
        ambiguous: For a speaker known by a surname alone, the ids of those whom it may be.
        unused: Corrections that found nobody to correct, as the reader of a report needs them.
        by_given: The names of those whom a given name alone was led to.
    """

    speakers: tuple[Speaker, ...]
    speaker_of: Mapping[Place, str]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    by_given: frozenset[str] = frozenset()


def collect(mentions: Iterable[tuple[str, Mention]]) -> list[Naming]:
    """Return the namings of mentions, which come with their article's id.

    Those who speak together are named together and each.
    """
    found: dict[Place, Naming] = {}
    for article, mention in mentions:
        if not key(mention.name):
            continue
        together = Naming(
            article, mention.name, mention.kind, mention.members, mention.gender, mention.roles
        )
        for one in (together, *(Naming(article, *member) for member in mention.members)):
            before = found.setdefault(one.place, one)
            if before is not one:
                found[one.place] = before._replace(
                    gender=before.gender or one.gender,
                    roles=tuple(dict.fromkeys((*before.roles, *one.roles))),
                    mentions=before.mentions + 1,
                )
    return list(found.values())


def link(
    namings: Iterable[Naming],
    corrections: Corrections | None = None,
    origins: Mapping[str, Origin] | None = None,
    *,
    among: Iterable[Naming] | None = None,
    company: Mapping[str, Collection[str]] | None = None,
) -> Links:
    """Return the speakers of an archive; the order of the namings doesn't matter.

    People are led together as `People` says, organisations by name or unique acronym, groups by
    description. Documents, unnamed sources, and organisations without a name aren't led together
    across articles. Those who speak together are a speaker of their own, whose members are
    speakers too.

    Args:
        namings: Those to be led together; all of an archive, or all of some speakers.
        corrections: Applied last, so that they outlive a rebuild.
        origins: When and where the articles were published, by id.
        among: Where `namings` are some: they and all others that tell whose these are. Their
            speakers count for whom those of `namings` speak together with.
        company: Where `namings` are some: whom each article names, as `keep_company` says.
    """
    found = sorted(namings, key=lambda one: one.place)
    others = found if among is None else sorted(among, key=lambda one: one.place)
    people = People(
        appear(others, origins or {}, keep_company(others) if company is None else company)
    )
    bodies = Bodies(others, people)
    drafts: dict[tuple[str, ...], Draft] = {}
    for naming in found:
        group, kind = _identify(naming, people, bodies)
        draft = drafts.get(group)
        if draft is None:
            draft = drafts[group] = Draft(kind=kind, is_local=len(group) == _ONE_ARTICLES)
        draft.names[naming.name] += naming.mentions
        draft.places.append(naming.place)
    corrected, unused = correct(list(drafts.values()), corrections or Corrections())
    known = {} if among is None else {one.place: one.speaker for one in others if one.speaker}
    return _Record(found, people, origins or {}).finish(corrected, unused, known)


def is_local(naming: Naming) -> bool:
    """Whether a name means another one in each article, unless it is a person's."""
    return naming.kind in _LOCAL or (naming.kind == "organisation" and naming.name.islower())


_ONE_ARTICLES = 3
"""Length of the identity of what is another one in each article."""


def _identify(
    naming: Naming, people: People, bodies: Bodies
) -> tuple[tuple[str, ...], SpeakerKind]:
    """Return what all namings of one speaker share, and his, her or its kind."""
    article, name, kind = naming.article, naming.name, naming.kind
    if naming.members:
        each = [_identify(Naming(article, *m), people, bodies)[0] for m in naming.members]
        if " and ".join(one for one, _ in naming.members) == name:
            return ("together", "", "", *sorted(" ".join(one) for one in each)), "group"
        return ("group", key(name)), "group"
    person = people.find(name, article)
    if person and is_full(name):
        kind = "person"
    elif kind == "person" and bodies.holds(name):
        kind = "organisation"
    if kind == "person":
        return (kind, person or key(name)), kind
    if is_local(naming):
        return (kind, key(name), article), kind
    return (kind, bodies.find(name, article) if kind == "organisation" else key(name)), kind


class _Record:
    """Names and numbers the speakers."""

    def __init__(
        self,
        found: Sequence[Naming],
        people: People,
        origins: Mapping[str, Origin],
    ) -> None:
        self._people = people
        self._origins = origins
        self._roles = {one.place: one.roles for one in found if one.roles}

    def finish(
        self, drafts: list[Draft], unused: Sequence[str], known: Mapping[Place, str]
    ) -> Links:
        """Return the speakers under their names and ids."""
        named = [(draft, draft.name) for draft in drafts]  # which takes a moment to choose
        named.sort(key=lambda pair: (_ORDER.index(pair[0].kind), pair[1], pair[0].places[0]))
        drafts = [draft for draft, _ in named]
        speakers = list(self._speakers(named))
        speaker_of = {
            place: speaker.id
            for draft, speaker in zip(drafts, speakers, strict=True)
            for place in draft.places
        }
        everybody = ChainMap(speaker_of, dict(known))
        joined = [
            replace(speaker, members=members)
            if (members := _members(draft, everybody))
            else speaker
            for speaker, draft in zip(speakers, drafts, strict=True)
        ]
        return Links(
            speakers=tuple(sorted(joined, key=lambda speaker: speaker.id)),
            speaker_of=speaker_of,
            ambiguous=self._ambiguous(drafts, speakers),
            unused=tuple(unused),
            by_given=frozenset(self._people.by_given),
        )

    def _speakers(self, named: Iterable[tuple[Draft, str]]) -> Iterator[Speaker]:
        taken: set[str] = set()
        for draft, name in named:
            speaker_id = next(i for i in _ids(draft, name) if i not in taken)
            taken.add(speaker_id)
            aliases = sorted({*draft.names, *draft.aliases} - {name})
            given = (
                (place[0], self._origins.get(place[0], Origin()), role)
                for place in draft.places
                for role in self._roles.get(place, ())
            )
            yield Speaker(
                id=speaker_id,
                name=name,
                kind=draft.kind,
                aliases=tuple(aliases),
                roles=gather(given),
            )

    def _ambiguous(
        self, drafts: Sequence[Draft], speakers: Sequence[Speaker]
    ) -> dict[str, tuple[str, ...]]:
        """Return, for each person known by a short name alone, whom it may mean."""
        pairs = [(d, s) for d, s in zip(drafts, speakers, strict=True) if s.kind == "person"]
        id_of = {name: speaker.id for draft, speaker in pairs for name in draft.names}
        found = {}
        for _, speaker in pairs:
            others = {id_of[n] for n in self._people.candidates(speaker.name) if n in id_of}
            if others - {speaker.id}:
                found[speaker.id] = tuple(sorted(others - {speaker.id}))
        return found


def _members(draft: Draft, speaker_of: Mapping[Place, str]) -> tuple[str, ...]:
    """Return the ids of those who speak together under a draft's name."""
    article, _, _, members = draft.places[0]
    return tuple(dict.fromkeys(speaker_of[article, *member, ()] for member in members))


_JOINED, _APART = re.compile(r"['’]"), re.compile(r"[^\w]+")
_NUMBERS = re.compile(r"(?:-[0-9]{1,6})+$")


def _ids(draft: Draft, name: str) -> Iterator[str]:
    """Yield ids to try: the name as a slug, with the article's hash for what is local, numbered."""
    letters = name.lower()
    if not letters.isascii():
        folded = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in folded if not unicodedata.combining(c))
    slug = _APART.sub("-", _JOINED.sub("", letters)).strip("-")[:60] or "speaker"
    if draft.is_local:
        slug += "-" + hashlib.sha256(draft.places[0][0].encode()).hexdigest()[:8]
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


def stem(speaker_id: str) -> str:
    """Return what all ids share that two speakers may both want: they differ in numbers at most.

    The ids of speakers of one stem depend on one another, and on those of no other stem.
    """
    return _NUMBERS.sub("", speaker_id)
