"""Make attributions of the words that a finder chose: kind, stance, polarity, what is in what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ..records import Article, Attribution, AttributionKind
from . import nesting, stance
from .quotations import Quotation
from .tree import Tree


class Draft(Protocol):
    """An attribution in words of the parse, in reading order; `head` is the cue's main word."""

    @property
    def head(self) -> int: ...  # noqa: D102
    @property
    def source(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def cue(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def content(self) -> tuple[int, ...]: ...  # noqa: D102


def describe(
    article: Article, tree: Tree, marks: list[Quotation], drafts: Iterable[Draft]
) -> list[Attribution]:
    """Return the attributions in reading order of their cues.

    Ids are the article's own with a running number ("a1#a0"), the same for the same drafts;
    `speaker_id` is left to the resolver of speakers.
    """
    ordered = sorted(drafts, key=lambda draft: (draft.cue or (draft.head,), draft.content))
    around = nesting.find(
        [nesting.Part(frozenset(draft.cue), frozenset(draft.content)) for draft in ordered]
    )
    ids = [f"{article.id}#a{number}" for number in range(len(ordered))]
    depths = tree.depths(mark.span for mark in marks)
    found = []
    for own, draft, outer in zip(ids, ordered, around, strict=True):
        does, holds = stance.judge(tree, source=draft.source, cue=draft.cue, content=draft.content)
        found.append(
            Attribution(
                id=own,
                article_id=article.id,
                source=tree.spans(draft.source),
                cue=tree.spans(draft.cue),
                content=tree.spans(draft.content),
                kind=_kind(tree, depths, draft),
                stance=does,
                polarity=holds,
                within=None if outer is None else ids[outer],
            )
        )
    return found


def _kind(tree: Tree, depths: list[int], draft: Draft) -> AttributionKind:
    """Tell how much of the content is quoted, by marks that don't hold the cue as well."""
    inside = [
        depths[word] > depths[draft.head] for word in draft.content if not tree.is_punctuation(word)
    ]
    if not any(inside):
        return "indirect"
    return "direct" if all(inside) else "mixed"
