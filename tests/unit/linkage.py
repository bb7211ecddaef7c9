"""Names as articles mention them, and whose they are once they are led together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from index.records import Gender, Mention, Speaker, SpeakerKind
from index.speakers import Corrections, Links, Origin, collect
from index.speakers import link as link_namings


def mentioned(*rows: tuple[str, str, SpeakerKind]) -> list[tuple[str, Mention]]:
    return [
        (article, Mention(attribution_id=f"q{n}", name=name, kind=kind))
        for n, (article, name, kind) in enumerate(rows)
    ]


def person(name: str, *roles: str, gender: Gender = "", n: int = 0) -> Mention:
    return Mention(attribution_id=f"q{n}", name=name, kind="person", gender=gender, roles=roles)


def people(*names: str) -> list[tuple[str, Mention]]:
    return mentioned(*((f"a{n}", name, "person") for n, name in enumerate(names)))


class Linked(NamedTuple):
    """Links, with the speaker of each mention, by article id and attribution id."""

    links: Links
    speaker_of: dict[tuple[str, str], str]
    speakers: tuple[Speaker, ...]
    ambiguous: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]


def link(
    mentions: Iterable[tuple[str, Mention]],
    corrections: Corrections | None = None,
    origins: Mapping[str, Origin] | None = None,
) -> Linked:
    given = list(mentions)
    links = link_namings(collect(given), corrections, origins)
    speaker_of = {
        (article, m.attribution_id): links.speaker_of[article, m.name, m.kind, m.members]
        for article, m in given
    }
    return Linked(links, speaker_of, links.speakers, links.ambiguous, links.unused)


def ids(links: Linked) -> list[str]:
    return [links.speaker_of[place] for place in sorted(links.speaker_of)]
