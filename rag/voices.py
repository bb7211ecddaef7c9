"""Who fits a description, by how articles name their sources: "Berg's lawyer, Jo Lee, said"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from index.records import Attribution, Hit, Speaker
from index.speakers.lexicon import PEOPLE, TITLES

ENOUGH, WITH_HEAD = 0.6, 0.5
"""Least share of a description's words that must stand in a source's own description, and least
where its head is among them, as "lawyer" is of "the mayor's lawyer"."""

ARTICLES = 12
MOST = 3

_WORD = re.compile(r"\w{2,}")
_NAME = re.compile(r"\b[A-Z][\w-]+")
_SIDE = re.compile(r"\b(?:side|camp|team|people|aides|allies|campaign|office)$", re.IGNORECASE)
_LINK = re.compile(r" (?:of|for|from|at|in|on|to|who)\b")
_PEOPLE = ("person", "unnamed")
_EMPTY = frozenset(
    "the of for from at in on to and an own former ex then who used run first last side camp team "
    "people aides allies head this that those his her their its second one".split()
)
_STEM = 5
"""Letters by which words are compared: Israel and Israeli, adviser and advisor."""

_OFFICES = frozenset(office[:_STEM] for office in TITLES.values())


def resolve(
    described: str,
    hits: Sequence[Hit],
    attributions_of: Callable[[str], Sequence[Attribution]],
    speaker_of: Mapping[str, Speaker],
) -> tuple[Speaker, ...]:
    """Return the speakers who fit a description best in the articles found, most likely first.

    Args:
        hits: Best first; the articles of the first `ARTICLES` are read.
        attributions_of: Returns an article's attributions by its id.
        speaker_of: Speakers by id.
    """
    # "The lawyer who lost" is first looked for by all of it.
    descriptions = dict.fromkeys((described, described.split(" who ", maxsplit=1)[0]))
    found = (_fitting(one, hits, attributions_of, speaker_of) for one in descriptions)
    return next(filter(None, found), ())


def _fitting(
    described: str,
    hits: Sequence[Hit],
    attributions_of: Callable[[str], Sequence[Attribution]],
    speaker_of: Mapping[str, Speaker],
) -> tuple[Speaker, ...]:
    wanted = _stems(described)
    if not wanted:
        return ()
    proper = {word for name in _NAME.findall(described) for word in _stems(name)}
    aside = _SIDE.search(described) is not None
    articles = dict.fromkeys(hit.article for hit in hits)
    shares: dict[str, float] = {}
    person = _is_person(described)
    for article in list(articles)[:ARTICLES]:
        known: dict[str, set[str]] = defaultdict(set)
        for stated in attributions_of(article.id):
            one = speaker_of.get(stated.speaker_id or "")
            if one is not None and not one.members and (one.kind in _PEOPLE or not person):
                source = (article.quote(span) for span in stated.source)
                roles = (role.name for role in one.roles)
                known[one.id].update(_stems(" ".join((*source, *roles))))
        around = proper.intersection(_stems(article.text))
        for speaker_id, words in known.items():
            name = _stems(speaker_of[speaker_id].name)
            if aside and speaker_of[speaker_id].kind == "person" and set(name) & set(wanted):
                continue  # "Berg's side" is not Berg
            share = _share(wanted, {*words, *name}, around)
            shares[speaker_id] = max(share, shares.get(speaker_id, 0.0))
    best = max(shares.values(), default=0.0)
    fitting = [speaker_of[i] for i, share in shares.items() if share == best] if best else []
    people = [speaker for speaker in fitting if speaker.kind == "person"]
    return tuple((people or fitting)[:MOST])


def _is_person(described: str) -> bool:
    """Say whether a person is described: "the chair of the eel board", "Berg's lawyer"."""
    before = _LINK.split(described, maxsplit=1)[0].lower().split()
    return bool(before) and before[-1] in PEOPLE


def _share(wanted: Sequence[str], words: Collection[str], around: Collection[str]) -> float:
    """Return the share of a description that a source bears out; 0 where that is too little.

    Before an office, a name that only its article has counts half: "Norvane's governor" may be
    "Gov. Jo Lee" in an article about Norvane.
    """
    head = wanted[-1] in words
    found = [word in words for word in wanted]
    office = head and wanted[-1] in _OFFICES
    near = sum(word in around and word not in words for word in wanted) if office else 0
    share = (sum(found) + near / 2) / len(wanted)
    sure = sum(found) + near >= min(2, len(wanted))
    return share if share >= (WITH_HEAD if head else ENOUGH) and sure else 0.0


def _stems(text: str) -> list[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return [TITLES.get(word, word)[:_STEM] for word in words if word not in _EMPTY]
