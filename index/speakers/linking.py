"""One speaker for one person across an archive, under all the names that its articles give."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ..records import Mention, Speaker, SpeakerKind
from .corrections import Corrections, Draft, correct
from .genders import gender_of_name
from .names import compatible, generation, is_full, key, parts, same_given, surname
from .organisations import acronym

_LOCAL = frozenset({"document", "unnamed"})
"""Kinds whose descriptions ("a report", "an aide") mean another one in each article."""

DOMINANT = 10
"""How many times more often than all namesakes someone must be quoted to own a bare surname."""

_ORDER: Sequence[SpeakerKind] = ("person", "organisation", "group", "document", "unnamed")
_OWNED = re.compile(r"(?P<owner>.+)['’]s? (?P<noun>[a-z]+)")


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
    speaker_of: Mapping[tuple[str, str], str]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()


def link(mentions: Iterable[tuple[str, Mention]], corrections: Corrections | None = None) -> Links:
    """Return the speakers of an archive; the order of the mentions doesn't matter.

    People are led together by compatible full names (`names.compatible`), where a name fits one
    person only. A surname alone goes to the one person of the archive who has it, or to one whom
    `DOMINANT` times as many articles quote as all others of the name together; else it is left by
    itself, as ambiguous. Organisations go by name or unique acronym, groups by
    description; documents and unnamed sources aren't led together across articles.

    Args:
        mentions: Article id and mention.
        corrections: Applied last, so that they outlive a rebuild.
    """
    found = sorted(mentions, key=lambda pair: (pair[0], pair[1].attribution_id))
    named = [(article, mention) for article, mention in found if key(mention.name)]
    articles = {(article, m.name) for article, m in named if m.kind == "person"}
    people = _People(Counter(name for _, name in articles))
    bodies = _Bodies([m for _, m in named if m.kind == "organisation"], people)
    drafts: dict[tuple[str, ...], Draft] = {}
    for article, mention in named:
        group, kind = _identity(article, mention, people, bodies)
        draft = drafts.setdefault(group, Draft(kind=kind))
        draft.names[mention.name] += 1
        draft.places.append((article, mention.attribution_id))
    corrected, unused = correct(list(drafts.values()), corrections or Corrections())
    return _finish(corrected, people, unused)


def _identity(
    article: str, mention: Mention, people: _People, bodies: _Bodies
) -> tuple[tuple[str, ...], SpeakerKind]:
    """Return what all mentions of one speaker share, and his, her or its kind."""
    person = people.find(mention.name)
    if mention.kind == "person" or (person and is_full(mention.name)):
        return ("person", person or key(mention.name)), "person"
    if mention.kind in _LOCAL:
        return (mention.kind, key(mention.name), article), mention.kind
    if mention.kind == "organisation":
        return ("organisation", bodies.find(mention.name)), mention.kind
    return (mention.kind, key(mention.name)), mention.kind


class _People:
    """The people of an archive: every name led to one that stands for the person."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._of: dict[tuple[str, ...], str] = {}
        self._articles: dict[str, int] = {}
        self.by_surname: defaultdict[str, list[str]] = defaultdict(list)
        given: defaultdict[str, set[str]] = defaultdict(set)
        for name in filter(is_full, counts):
            given[surname(name)].add(parts(name)[0])
        self._given = {first for found in given.values() for first in found}
        clusters: defaultdict[str, list[list[str]]] = defaultdict(list)
        for name in sorted(
            counts, key=lambda n: (-_strength(n)[0], -_strength(n)[1], -counts[n], n)
        ):
            if not is_full(name):
                continue
            same = clusters[surname(name)]
            fitting = [c for c in same if all(compatible(n, name) for n in c)]
            # A nickname is evidence only where nobody else of the archive has the surname.
            if len(fitting) == 1 and (_alone(given[surname(name)]) or _close(fitting[0][0], name)):
                fitting[0].append(name)
            else:
                clusters[surname(name)].append([name])
        for last, found in clusters.items():
            for cluster in found:
                self._articles[cluster[0]] = sum(counts[name] for name in cluster)
                self.by_surname[last].append(cluster[0])
                self._of |= {_exact(name): cluster[0] for name in cluster}

    def find(self, name: str) -> str:
        """Return the name that stands for the one person of `name`; nothing where none is."""
        known = self._of.get(_exact(name), "")
        return known if known or is_full(name) else self._owner(name)

    def _owner(self, name: str) -> str:
        """Return the one person who goes by a surname alone; nothing where that isn't clear."""
        same = self.by_surname.get(surname(name), [])
        a_given_name = key(name) in self._given and gender_of_name(key(name))
        if not same or generation(name) or a_given_name:
            return ""
        main = max(same, key=lambda other: self._articles[other])
        others = sum(self._articles[other] for other in same if other != main)
        return main if self._articles[main] >= DOMINANT * others else ""

    def candidates(self, name: str) -> list[str]:
        """Return whom a surname alone may mean, where it may mean several."""
        unclear = not is_full(name) and not self._owner(name)
        return self.by_surname.get(surname(name), []) if unclear else []


def _exact(name: str) -> tuple[str, ...]:
    return tuple(key(name).split())


def _alone(given: Collection[str]) -> bool:
    """Whether the given names that go with one surname can all be one person's."""
    return all(same_given(a, b) for a, b in combinations(sorted(given), 2))


def _close(one: str, other: str) -> bool:
    """Whether two compatible names have the same given name or its initial, not a nickname."""
    a, b = parts(one)[0], parts(other)[0]
    return a == b or 1 in (len(a), len(b))


def _strength(name: str) -> tuple[bool, int]:
    """Rank names by how well they tell people apart: a given name before an initial."""
    words = parts(name)
    return len(words[0]) > 1 if words else False, sum(len(w) > 1 for w in words)


class _Bodies:
    """The organisations of an archive: an acronym led to the one name that it can stand for."""

    def __init__(self, mentions: Iterable[Mention], people: _People) -> None:
        self._people = people
        full: defaultdict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            for short in acronym(mention.name):
                full[short].add(key(mention.name))
        self._full = {short: min(names) for short, names in full.items() if len(names) == 1}

    def find(self, name: str) -> str:
        """Return what all names of the organisation share."""
        owned = _OWNED.fullmatch(name)
        if owned:
            return f"{self._people.find(owned['owner']) or key(owned['owner'])} {owned['noun']}"
        folded = key(name)
        short = name.removeprefix("The ").removeprefix("the ").replace(".", "")
        return self._full.get(folded.replace(" ", ""), folded) if short.isupper() else folded


def _finish(drafts: list[Draft], people: _People, unused: Sequence[str]) -> Links:
    """Name and number the speakers."""
    drafts.sort(key=lambda d: (_ORDER.index(d.kind), d.name, d.places[0]))
    speakers: list[Speaker] = []
    speaker_of: dict[tuple[str, str], str] = {}
    id_of: dict[str, str] = {}
    taken: set[str] = set()
    for draft in drafts:
        speaker_id = next(i for i in _ids(draft) if i not in taken)
        taken.add(speaker_id)
        aliases = sorted({*draft.names, *draft.aliases} - {draft.name})
        speakers.append(
            Speaker(id=speaker_id, name=draft.name, kind=draft.kind, aliases=tuple(aliases))
        )
        speaker_of |= dict.fromkeys(draft.places, speaker_id)
        id_of |= dict.fromkeys(draft.names, speaker_id) if draft.kind == "person" else {}
    ambiguous = {}
    for speaker in speakers:
        if speaker.kind == "person":
            others = {id_of[n] for n in people.candidates(speaker.name) if n in id_of}
            if others - {speaker.id}:
                ambiguous[speaker.id] = tuple(sorted(others - {speaker.id}))
    return Links(
        speakers=tuple(sorted(speakers, key=lambda speaker: speaker.id)),
        speaker_of=speaker_of,
        ambiguous=ambiguous,
        unused=tuple(unused),
    )


def _ids(draft: Draft) -> Iterator[str]:
    """Yield ids to try: the name as a slug, with the article's hash for what is local, numbered."""
    folded = unicodedata.normalize("NFKD", draft.name.lower())
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    slug = re.sub(r"[^\w]+", "-", re.sub(r"['’]", "", letters)).strip("-")[:60] or "speaker"
    if draft.kind in _LOCAL:
        slug += "-" + hashlib.sha256(draft.places[0][0].encode()).hexdigest()[:8]
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1
