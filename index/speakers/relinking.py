"""Who is who after a change, told only of those whom the change can touch."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from ..records import Naming, Place
from .corrections import Corrections
from .evidence import COMPANY, too_many
from .linking import Links, collect, is_local, link, stem
from .names import is_full, key
from .roles import Origin
from .tags import spread, tag

if TYPE_CHECKING:
    from ..store import Register

LINKING = "2"
"""Raised where `link` leads names together otherwise: the next build then leads all anew."""

MOST = 0.5
"""Share of the namings from which on all are looked at rather than some."""


def relink(register: Register, corrections: Corrections, *, anew: bool = False) -> tuple[str, ...]:
    """Bring the speakers up to date with an archive's articles; return the corrections unused.

    The speakers are the same as if all of them were led together anew by `link`, which is done
    where `anew` says so, where that was done by other rules before, and where the change touches
    much of the archive. See `_Change` for why looking at some is enough.
    """
    if register.note("linked") != LINKING:
        register.clear()
        register.set_note("linked", "")
        anew = True
    gone = register.drop()
    came = collect(register.mentions())
    register.put(
        ((one, key(one.name)) for one in came),
        ((mark, one.name) for one in came for mark in tag(one)),
    )
    register.set_note("linked", LINKING)
    frequent = register.frequent(too_many(register.companies()))
    before = set(json.loads(register.note("frequent") or "[]"))
    register.set_note("frequent", json.dumps(sorted(frequent)))
    origins = {i: Origin(*origin) for i, origin in register.outlets().items()}
    if not anew:
        change = _Change(register, corrections, origins, frequent)
        links = change.link([*gone, *came], register.of_names(register.beside(frequent ^ before)))
        if links is not None:
            register.write(links.speakers, _moves(change.touched, links), change.speakers)
            return links.unused
    namings = register.all()
    links = link(namings, corrections, origins)
    register.write(links.speakers, _moves(namings, links))
    return links.unused


def _moves(namings: Iterable[Naming], links: Links) -> Iterator[tuple[Place, str]]:
    """Yield the namings whose speaker is another now, and that speaker's id."""
    for one in namings:
        speaker = links.speaker_of[one.place]
        if speaker != one.speaker:
            yield one.place, speaker


class _Change:
    """The speakers whom a change of some articles can touch.

    Whom a name is led to depends on the names that share a tag with it, and on the company that
    these have in their articles, which is as it was unless the articles changed, or a name has
    become too frequent or is no longer. So all namings with a tag of a changed one are led anew,
    among all that share a tag with those. Any other is led to whom it was led to before.

    Speakers are made of all their namings: with one of a speaker's namings all others are led
    anew. So are the namings of those who have a claim to the same id, as the ids of one stem are
    given in order; and of those who speak together with a speaker, as they bear his id.

    Attributes:
        speakers: The ids of those who are made anew, or gone.
    """

    def __init__(
        self,
        register: Register,
        corrections: Corrections,
        origins: Mapping[str, Origin],
        frequent: AbstractSet[str],
    ) -> None:
        self._register = register
        self._corrections = corrections
        self._origins = origins
        self._frequent = frequent
        self._touched: dict[Place, Naming] = {}
        self.speakers: set[str] = set()

    @property
    def touched(self) -> Collection[Naming]:
        """The namings that are led anew."""
        return self._touched.values()

    def link(self, changed: Sequence[Naming], moved: Sequence[Naming]) -> Links | None:
        """Return the touched speakers, led together anew; None where they are most of all.

        Args:
            changed: What went and what came.
            moved: Those whose company changed.
        """
        self._touch(self._depending(changed, moved))
        self._complete({one.speaker for one in changed if one.speaker})
        self._complete(self._register.called(self._corrections.names))
        while len(self._touched) <= MOST * len(self._register):
            links = self._lead()
            given = self._register.of_names(links.by_given - {one[1] for one in self._touched})
            stems = {stem(speaker.id) for speaker in links.speakers}
            rivals = self._of_stems(stems) - self.speakers
            if not given and not rivals:
                return links
            tags = {mark for one in given for mark in tag(one) if mark[0] == "s"}
            self._touch(self._register.of_names(self._register.tagged(tags)))
            self._complete(rivals)
        return None

    def _depending(self, changed: Sequence[Naming], moved: Sequence[Naming]) -> list[Naming]:
        """Return the namings that may be led to others than they were."""
        register, by_hand = self._register, self._corrections.names
        tags = {mark for one in (*changed, *moved) for mark in tag(one) if mark[0] != "f"}
        tags |= {mark for name in by_hand for mark in tag(Naming("", name, "person"))}
        found = register.of_names(register.tagged(tags))
        beyond = spread((*found, *changed, *moved)) - tags
        found += register.of_names(register.tagged(beyond))
        # What is local in its article isn't touched by others, unless it can be a person's name.
        articles = {one.article for one in changed}
        people = {
            key(one.name)
            for one in (*found, *changed)
            if one.kind == "person" and is_full(one.name)
        }
        people |= {key(name) for name in by_hand}
        return [
            one
            for one in found
            if one.article in articles or not is_local(one) or key(one.name) in people
        ]

    def _touch(self, namings: Iterable[Naming]) -> None:
        """Have namings led anew, with all others of their speakers."""
        new = [one for one in namings if one.place not in self._touched]
        self._touched |= {one.place: one for one in new}
        self._complete({one.speaker for one in new if one.speaker})

    def _complete(self, speakers: Collection[str]) -> None:
        """Have speakers made anew, with those who have a claim to their ids or bear them."""
        new = set(speakers) - self.speakers
        while new:
            self.speakers |= new
            self._touched |= {one.place: one for one in self._register.of_speakers(new)}
            rivals = self._of_stems({stem(one) for one in new})
            new = (rivals | self._register.together(new)) - self.speakers

    def _of_stems(self, stems: Collection[str]) -> set[str]:
        return {one for one in self._register.numbered(stems) if stem(one) in stems}

    def _lead(self) -> Links:
        among = self._among()
        people = {one.article for one in among if one.kind == "person"}
        company = {
            article: names - self._frequent
            for article, names in self._register.company(people).items()
        }
        return link(
            self._touched.values(), self._corrections, self._origins, among=among, company=company
        )

    def _among(self) -> list[Naming]:
        """Return the namings that tell whose the touched ones are."""
        register, touched = self._register, self._touched.values()
        tags = {
            "f" + mark[1:] if mark[0] == "g" else mark
            for one in touched
            if one.kind in COMPANY or one.members or is_full(one.name)
            for mark in tag(one)
            if mark[0] != "f"
        }
        names = register.tagged(tags)
        people = [Naming("", name, "person") for name in names if is_full(name)]
        names |= register.tagged({mark for one in people for mark in tag(one) if mark[0] == "s"})
        members = {name for one in touched for name, _ in one.members}
        found = [*register.of_names(names, company=True), *register.of_names(members), *touched]
        return list({one.place: one for one in found}.values())
