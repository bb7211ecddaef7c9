"""One speaker for one person across an archive, under all the names that its articles give."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..records import Mention, Speaker, SpeakerKind
from .bodies import Bodies
from .corrections import Corrections, Draft, correct
from .evidence import appear
from .names import is_full, key
from .people import People
from .roles import Origin, gather

_LOCAL = frozenset({"document", "unnamed"})
"""Kinds whose descriptions ("a report", "an aide") mean another one in each article."""

_ORDER: Sequence[SpeakerKind] = ("person", "organisation", "group", "document", "unnamed")

Place = tuple[str, str]
"""Article id and attribution id; with "/0", "/1" for each of those who speak together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who the speakers of an archive are, and who speaks where.

    Attributes:
        speakers: By id.
        speaker_of: The speaker's id of each mention, by article id and attribution id.
        ambiguous: For a speaker known by a surname alone, the ids of those whom it may be.
        unused: Corrections that found nobody to correct, as the reader of a report needs them.
    """

    speakers: tuple[Speaker, ...]
    speaker_of: Mapping[Place, str]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()


def link(
    mentions: Iterable[tuple[str, Mention]],
    corrections: Corrections | None = None,
    origins: Mapping[str, Origin] | None = None,
) -> Links:
    """Return the speakers of an archive; the order of the mentions doesn't matter.

    People are led together as `People` says, organisations by name or unique acronym, groups by
    description. Documents, unnamed sources, and organisations without a name aren't led together
    across articles. Those who speak together are a speaker of their own, whose members are
    speakers too.

    Args:
        mentions: Article id and mention.
        corrections: Applied last, so that they outlive a rebuild.
        origins: When and where the articles were published, by id.
    """
    given = sorted(mentions, key=lambda pair: (pair[0], pair[1].attribution_id))
    found = [(article, one) for article, m in given if key(m.name) for one in (m, *_members(m))]
    people = People(appear(found, origins or {}))
    bodies = Bodies({(a, m.name, m.kind): m for a, m in found}.values(), people)
    drafts: dict[tuple[str, ...], Draft] = {}
    for article, mention in found:
        group, kind = _identity(article, mention, people, bodies)
        draft = drafts.get(group)
        if draft is None:
            draft = drafts[group] = Draft(kind=kind)
        draft.names[mention.name] += 1
        draft.places.append((article, mention.attribution_id))
    corrected, unused = correct(list(drafts.values()), corrections or Corrections())
    return _Naming(found, people, origins or {}).finish(corrected, unused)


def _members(mention: Mention) -> Iterator[Mention]:
    """Yield a mention for each of those who speak together."""
    for number, (name, kind) in enumerate(mention.members):
        yield Mention(attribution_id=f"{mention.attribution_id}/{number}", name=name, kind=kind)


def _identity(
    article: str, mention: Mention, people: People, bodies: Bodies
) -> tuple[tuple[str, ...], SpeakerKind]:
    """Return what all mentions of one speaker share, and his, her or its kind."""
    name, kind = mention.name, mention.kind
    if mention.members:
        each = [_identity(article, m, people, bodies)[0] for m in _members(mention)]
        if " and ".join(one for one, _ in mention.members) == name:
            return ("together", *sorted(" ".join(one) for one in each)), "group"
        return ("group", key(name)), "group"
    person = people.find(name, article)
    if person and is_full(name):
        kind = "person"
    elif kind == "person" and bodies.holds(mention):
        kind = "organisation"
    if kind == "person":
        return (kind, person or key(name)), kind
    if kind in _LOCAL or (kind == "organisation" and name.islower()):
        return (kind, key(name), article), kind
    return (kind, bodies.find(name, article) if kind == "organisation" else key(name)), kind


class _Naming:
    """Names and numbers the speakers."""

    def __init__(
        self,
        found: Sequence[tuple[str, Mention]],
        people: People,
        origins: Mapping[str, Origin],
    ) -> None:
        self._people = people
        self._origins = origins
        self._mention = {(article, m.attribution_id): m for article, m in found}

    def finish(self, drafts: list[Draft], unused: Sequence[str]) -> Links:
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
        joined = [
            replace(speaker, members=members)
            if (members := self._members(draft, speaker_of))
            else speaker
            for speaker, draft in zip(speakers, drafts, strict=True)
        ]
        return Links(
            speakers=tuple(sorted(joined, key=lambda speaker: speaker.id)),
            speaker_of={
                place: i
                for place, i in speaker_of.items()
                if "/" not in place[1].rpartition("#")[2]
            },
            ambiguous=self._ambiguous(drafts, speakers),
            unused=tuple(unused),
        )

    def _speakers(self, named: Iterable[tuple[Draft, str]]) -> Iterator[Speaker]:
        taken: set[str] = set()
        for draft, name in named:
            speaker_id = next(i for i in _ids(draft, name) if i not in taken)
            taken.add(speaker_id)
            aliases = sorted({*draft.names, *draft.aliases} - {name})
            given = (
                (article, self._origins.get(article, Origin()), role)
                for article, attribution in draft.places
                for role in self._mention[article, attribution].roles
            )
            yield Speaker(
                id=speaker_id,
                name=name,
                kind=draft.kind,
                aliases=tuple(aliases),
                roles=gather(given),
            )

    def _members(self, draft: Draft, speaker_of: Mapping[Place, str]) -> tuple[str, ...]:
        """Return the ids of those who speak together under a draft's name."""
        article, attribution = draft.places[0]
        count = len(self._mention[article, attribution].members)
        ids = (speaker_of[article, f"{attribution}/{number}"] for number in range(count))
        return tuple(dict.fromkeys(ids))

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


_JOINED, _APART = re.compile(r"['’]"), re.compile(r"[^\w]+")


def _ids(draft: Draft, name: str) -> Iterator[str]:
    """Yield ids to try: the name as a slug, with the article's hash for what is local, numbered."""
    letters = name.lower()
    if not letters.isascii():
        folded = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in folded if not unicodedata.combining(c))
    slug = _APART.sub("-", _JOINED.sub("", letters)).strip("-")[:60] or "speaker"
    if draft.kind in _LOCAL:
        slug += "-" + hashlib.sha256(draft.places[0][0].encode()).hexdigest()[:8]
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1
