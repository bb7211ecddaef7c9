"""Find who said what in an article: `find` is the only way in, whatever finder stands behind it.

Quotation marks and the parse's trees are read once; `rules` finds the attributions; `stance` and
`nesting` say what each does with its content and which stand inside another's.
"""

from __future__ import annotations

from ..records import Article, Attribution, AttributionKind, Parse
from . import cues, nesting, quotations, rules, stance
from .quotations import Quotation
from .tree import Tree, grow

__all__ = ["find"]


def find(article: Article, parse: Parse) -> list[Attribution]:
    """Return the attributions of `article`, in reading order of their cues.

    Ids are the article's own with a running number ("a1#a0"), the same for the same article and
    parse; `speaker_id` is left to the resolver of speakers.
    """
    tree = grow(parse)
    marks = quotations.find(article.text)
    drafts = rules.find(article.text, tree, marks, cues.load())
    drafts.sort(key=lambda draft: (draft.cue, draft.content))
    parts = [nesting.Part(frozenset(draft.cue), frozenset(draft.content)) for draft in drafts]
    around = nesting.find(parts)
    ids = [f"{article.id}#a{number}" for number in range(len(drafts))]
    within = [None if outer is None else ids[outer] for outer in around]
    depths = _depths(tree, marks)
    return [
        _attribution(article, tree, depths, draft, own)
        for draft, own in zip(drafts, zip(ids, within, strict=True), strict=True)
    ]


def _attribution(
    article: Article, tree: Tree, depths: list[int], draft: rules.Draft, ids: tuple[str, str | None]
) -> Attribution:
    does, holds = stance.judge(tree, source=draft.source, cue=draft.cue, content=draft.content)
    return Attribution(
        id=ids[0],
        article_id=article.id,
        source=tree.spans(draft.source),
        cue=tree.spans(draft.cue),
        content=tree.spans(draft.content),
        kind=_kind(tree, depths, draft),
        stance=does,
        polarity=holds,
        within=ids[1],
    )


def _depths(tree: Tree, marks: list[Quotation]) -> list[int]:
    """Return for each word how many quotations it stands in."""
    depths = [0] * len(tree.tokens)
    for mark in marks:
        for word in tree.words([mark.span]):
            depths[word] += 1
    return depths


def _kind(tree: Tree, depths: list[int], draft: rules.Draft) -> AttributionKind:
    """Tell how much of the content is quoted, by marks that don't hold the cue as well."""
    inside = [
        depths[word] > depths[draft.head] for word in draft.content if not tree.is_punctuation(word)
    ]
    if not any(inside):
        return "indirect"
    return "direct" if all(inside) else "mixed"
