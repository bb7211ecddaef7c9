"""Find who said what in an article: `find` is the only way in, whichever finder stands behind it.

Quotation marks and the parse's trees are read once. The tagger, a small neural network, finds
outermost attributions as a human annotator does; `rules` over the parse find those inside them, or
all of them where speed counts more. `combination` brings both together, and `description` says
what each does with its content.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from ..options import Finder
from ..records import Article, Attribution, Parse
from . import combination, cues, letters, opinions, quotations, rules
from .description import describe
from .english import is_english
from .tree import grow

if TYPE_CHECKING:
    from .tagger import Tagger

__all__ = ["find", "find_written", "is_english"]


def find(article: Article, parse: Parse, finder: Finder) -> list[Attribution]:
    """Return the attributions of `article`, in reading order of their cues; none but in English.

    Ids are the article's own with a running number ("a1#a0"), the same for the same article,
    parse and finder; `speaker_id` is left to the resolver of speakers.

    Raises:
        ModelError: The tagger's weights are missing or not those expected.
    """
    if finder == "none" or not is_english(parse.tokens):
        return []
    if finder == "tagger":
        return _tagger().find(article, parse)
    tree = grow(parse)
    marks = quotations.find(article.text)
    drafts = rules.find(article.text, tree, marks, cues.load())
    outer = combination.outermost(drafts)
    return describe(article, tree, marks, [*outer, *combination.inner(tree, marks, outer, drafts)])


def find_written(
    article: Article, parse: Parse, found: Sequence[Attribution], signers: Sequence[str]
) -> list[Attribution]:
    """Return what readers write in letters, or the author of an opinion piece; none of a report.

    None of them has a cue; a letter's source is its signature, the author's is left out.

    Args:
        found: What `find` found.
        signers: The people who sign the article; see `index.speakers`.
    """
    if not is_english(parse.tokens):
        return []
    return letters.find(article, parse.sentences) or opinions.find(article, parse, found, signers)


@cache
def _tagger() -> Tagger:
    from .tagger import Tagger

    return Tagger()
