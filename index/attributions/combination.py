"""Bring together what the network and the rules find: what is outermost, and what is inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from . import description, nesting, stance
from .choice import Found
from .quotations import Quotation
from .rules import ASKED, TURN, Draft
from .tree import Tree

SURE = 0.7
"""Least probability of what rules find, source and all, where the network finds nothing."""
IN_UNCLOSED = 0.5
"""The same within a quotation that is never closed."""
_ASIDE = frozenset(("parenthesis", "quote"))
_BULLETS = frozenset(("-", "–", "—", "•", "·", "*", "▪", "■", "●"))
_LOOSE = frozenset((
    "object", "passive", "relative", "infinitive", "of", "for", "about", "with", "in", "at"
))  # fmt: skip
"""Frames in which a verb that no stance is known of mostly reports nothing."""


def outermost(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts that stand in no other one; what an interviewer asks isn't said."""
    said = [draft for draft in drafts if draft.frame != ASKED]
    around = nesting.find(
        [nesting.Part(frozenset(draft.cue), frozenset(draft.content)) for draft in said]
    )
    return [draft for draft, outer in zip(said, around, strict=True) if outer is None]


def combine(
    tree: Tree, marks: Iterable[Quotation], found: Iterable[Found], drafts: Sequence[Draft]
) -> list[description.Draft]:
    """Return what a network found to be outermost with what rules know better.

    They know the turns of a transcript, inside which the rest becomes what is nested; who speaks,
    where the network found no source; and a few cues so sure that they stand alone, above all
    within a quotation that was never closed, where a network takes "said" for what is said.
    """
    turns = [draft for draft in drafts if draft.frame in {TURN, ASKED}]
    edges = {place: number for number, draft in enumerate(turns) for place in draft.content}
    edges |= {place: -1 for draft in turns for place in (*draft.source, *draft.cue)}
    known = {place: draft for draft in drafts for place in draft.cue}
    outer: list[description.Draft] = [turn for turn in turns if turn.frame == TURN]
    outer += [_name_source(_trim(tree, one), known) for one in found if _stands(tree, one, edges)]
    taken = {place for one in outer for place in (*one.cue, *one.content)}
    unclosed = set(tree.words(mark.span for mark in marks if not mark.closed))
    for draft in outermost(drafts):
        least = IN_UNCLOSED if draft.head in unclosed and draft.frame in _ASIDE else SURE
        is_sure = draft.probability >= least and draft.source
        if is_sure and taken.isdisjoint((*draft.cue, *draft.content)):
            outer.append(draft)
    return outer


def _stands(tree: Tree, one: Found, edges: Mapping[int, int]) -> bool:
    """Tell one that isn't a second reading of a turn, runs over no turn's edge, and has words."""
    around = {edges.get(place) for place in (*one.cue, *one.content)}
    if -1 in around or len(around) > 1:
        return False
    only = tree.tokens[one.content[0]] if len(one.content) == 1 else None
    return only is None or only.tag not in {"WDT", "WP"} or tree.tokens[one.head].pos != "NOUN"


def _trim(tree: Tree, one: Found) -> Found:
    """Leave the bullet of a list out of the content."""
    first = tree.tokens[one.content[0]].text
    return replace(one, content=one.content[1:]) if first in _BULLETS and one.content[1:] else one


def _name_source(one: Found, known: Mapping[int, Draft]) -> Found:
    draft = known.get(one.head)
    if one.source or draft is None:
        return one
    taken = {*one.cue, *one.content}
    return replace(one, source=tuple(place for place in draft.source if place not in taken))


def inner(
    tree: Tree,
    marks: Sequence[Quotation],
    outer: Sequence[description.Draft],
    candidates: Iterable[Draft],
) -> list[Draft]:
    """Return the candidates that stand inside what an outer one says, cut to what it says.

    Annotators of what is outermost count being seen, known or remembered as well; inside another's
    words only what is said, written, thought or wanted is kept. A quotation needs a speaker that
    stands outside of it.
    """
    depths = tree.depths(mark.span for mark in marks)
    cues = {place for one in outer for place in one.cue}
    around: dict[int, frozenset[int]] = {}
    for one in sorted(outer, key=lambda one: -len(one.content)):
        around |= dict.fromkeys(one.content, frozenset(one.content))
    found = []
    for draft in candidates:
        holder = around.get(draft.head, frozenset())
        content = tuple(place for place in draft.content if place in holder)
        if (
            draft.frame != ASKED
            and holder.issuperset(draft.cue)
            and cues.isdisjoint(draft.cue)
            and 2 * len(content) >= len(draft.content)
            and _is_report(tree, draft, cues)
            and (draft.frame != "quote" or depths[draft.head] < depths[content[0]])
        ):
            found.append(replace(draft, content=content))
    return found


def _is_report(tree: Tree, draft: Draft, cues: AbstractSet[int]) -> bool:
    """Tell a report from a thing seen, and from the rest of the outer cue: "refused [to say]"."""
    token = tree.tokens[draft.head]
    if (
        token.dep == "xcomp"
        and token.head in cues
        and tree.child(token.head, "dobj", "auxpass") is None
    ):
        return False
    is_told = draft.frame == "object" and tree.child(draft.head, "auxpass") is not None
    lemma = tree.lemma(draft.head)
    is_known = not {lemma, f"{lemma}+{draft.frame}"}.isdisjoint(stance.load())
    return draft.frame not in _LOOSE or is_told or is_known
