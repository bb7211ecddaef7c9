"""Who fits a description, by how articles name their sources: "Berg's lawyer, Jo Lee, said"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from index.records import Attribution, Hit, Speaker

ENOUGH, WITH_HEAD = 0.6, 0.5
"""Least share of a description's words that must stand in a source's own description, and least
where its head is among them, as "lawyer" is of "the mayor's lawyer"."""

ARTICLES = 12
MOST = 3

_WORD = re.compile(r"\w{2,}")
_SIDE = re.compile(r"\b(?:side|camp|team|people|aides|allies|campaign|office)$", re.IGNORECASE)
_EMPTY = frozenset(
    "the of for from at in on to and an own former ex then who used run first last side camp team "
    "people aides allies head this that those his her their its second one".split()
)
_STEM = 5
"""Letters by which words are compared: Israel and Israeli, adviser and advisor."""


def resolve(
    described: str,
    hits: Iterable[Hit],
    attributions_of: Callable[[str], Sequence[Attribution]],
    speaker_of: Mapping[str, Speaker],
) -> tuple[Speaker, ...]:
    """Return the speakers who fit a description best in the articles found, most likely first.

    Args:
        hits: Best first; the articles of the first `ARTICLES` are read.
        attributions_of: Returns an article's attributions by its id.
        speaker_of: Speakers by id.
    """
    wanted = _stems(described)
    if not wanted:
        return ()
    aside = _SIDE.search(described) is not None
    articles = dict.fromkeys(hit.article for hit in hits)
    shares: dict[str, float] = {}
    for article in list(articles)[:ARTICLES]:
        known: dict[str, set[str]] = defaultdict(set)
        for stated in attributions_of(article.id):
            if stated.speaker_id in speaker_of:
                source = " ".join(article.quote(span) for span in stated.source)
                known[str(stated.speaker_id)].update(_stems(source))
        for speaker_id, words in known.items():
            name = _stems(speaker_of[speaker_id].name)
            if aside and speaker_of[speaker_id].kind == "person" and set(name) & set(wanted):
                continue  # "Berg's side" is not Berg
            share = _share(wanted, {*words, *name})
            shares[speaker_id] = max(share, shares.get(speaker_id, 0.0))
    best = max(shares.values(), default=0.0)
    fitting = [speaker_of[i] for i, share in shares.items() if share == best] if best else []
    people = [speaker for speaker in fitting if speaker.kind == "person"]
    return tuple((people or fitting)[:MOST])


def _share(wanted: Sequence[str], words: Collection[str]) -> float:
    matched = sum(word in words for word in wanted)
    share = matched / len(wanted)
    enough = WITH_HEAD if wanted[-1] in words else ENOUGH
    return share if share >= enough and matched >= min(2, len(wanted)) else 0.0


def _stems(text: str) -> list[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return [word[:_STEM] for word in words if word not in _EMPTY]
