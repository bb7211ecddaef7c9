"""Tie direct speech to the words that introduce it, by where they stand rather than by the parse.

A parser trained on single sentences loses a quotation of several; so the text is cut, paragraph by
paragraph, into what stands inside quotation marks and what outside, and each stretch outside is
searched for a cue that looks back ("...", he said) or forward (he said: "...").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from .quotations import Quotation
from .tree import Tree

Worth = Callable[[int], float]
"""How surely a word introduces direct speech, 0 to 1."""

_ENDS = frozenset((".", "!", "?", "…", "...", "...."))
_OPEN_ENDS = frozenset((",", "?", "!", "--", "—", "–", "-", "…", "..."))
_LEADS = frozenset((",", ":", "--", "—", "–", "("))
_LEAD_WORDS = frozenset(("that", "and", "but", "as", "because"))
_SURE = 0.6
"""Least worth of a cue that is taken before a surer one farther from the speech it leads to."""
_NEAREST = 12
"""Words between a quotation and an unknown verb that introduces it."""
_MARKS = frozenset(("“", "”", '"', "''", "``", "'", "‘", "’", "«", "»", "„"))


@dataclass(slots=True)
class Stretch:
    """A run of words of one paragraph, wholly inside or wholly outside quotation marks.

    Attributes:
        last: One past its last word.
        cue: The word that introduces it, if it is direct speech.
    """

    first: int
    last: int
    quoted: bool
    closed: bool = True
    cue: int | None = None


@dataclass(slots=True)
class Paragraph:
    """The stretches of a paragraph, in order."""

    stretches: list[Stretch] = field(default_factory=list)

    @property
    def all_quoted(self) -> bool:
        """Whether nothing in it stands outside quotation marks."""
        return all(stretch.quoted for stretch in self.stretches)


def find(
    text: str, tree: Tree, quotations: list[Quotation], worth: Worth
) -> dict[int, tuple[int, ...]]:
    """Return the words of direct speech by the cue word that introduces them."""
    paragraphs = cut(text, tree, quotations)
    for paragraph in paragraphs:
        _introduce(tree, paragraph, worth)
    for before, after in pairwise(paragraphs):
        _continue(tree, before, after, worth)
    for before, after in reversed(list(pairwise(paragraphs))):
        _reach_back(before, after)
    inner = cut_inner(tree, quotations)
    for quoted in inner:
        _introduce(tree, quoted, worth)
    return _speech(paragraphs) | _speech(inner)


def _speech(paragraphs: Iterable[Paragraph]) -> dict[int, tuple[int, ...]]:
    speech: dict[int, list[int]] = {}
    for paragraph in paragraphs:
        for stretch in paragraph.stretches:
            if stretch.cue is not None:
                speech.setdefault(stretch.cue, []).extend(range(stretch.first, stretch.last))
    return {cue: tuple(words) for cue, words in speech.items()}


def cut(text: str, tree: Tree, quotations: list[Quotation]) -> list[Paragraph]:
    """Cut a text into paragraphs at its line breaks, and these at outermost quotation marks."""
    outer = [quotation for quotation in quotations if quotation.depth == 0]
    paragraphs: list[Paragraph] = []
    inside, end, number = -1, 0, 0
    for place, token in enumerate(tree.tokens):
        while number < len(outer) and outer[number].span.end <= token.start:
            number += 1
        here = number if number < len(outer) and outer[number].span.start <= token.start else -1
        is_new = not paragraphs or "\n" in text[end : token.start]
        if is_new:
            paragraphs.append(Paragraph())
        if is_new or here != inside:
            closed = here < 0 or outer[here].closed
            paragraphs[-1].stretches.append(Stretch(place, place, here >= 0, closed))
        paragraphs[-1].stretches[-1].last = place + 1
        inside, end = here, token.end
    return paragraphs


def cut_inner(tree: Tree, quotations: list[Quotation]) -> list[Paragraph]:
    """Cut each quotation that has others in it at their marks, as a paragraph of its own."""
    found: list[Paragraph] = []
    outer, end = range(0), 0
    for quotation in quotations:
        words = tree.words([quotation.span])
        if quotation.depth == 0 and words:
            outer, end = range(words[0] + 1, words[-1] + 1), 0
        elif quotation.depth == 1 and words and words[0] in outer:
            if not end:
                found.append(Paragraph())
                end = outer.start
            elif found[-1].stretches[-1].last == outer.stop:
                found[-1].stretches.pop()
            pieces = (end, words[0]), (words[0], words[-1] + 1), (words[-1] + 1, outer.stop)
            end = words[-1] + 1
            found[-1].stretches += [
                Stretch(first, last, quoted=place == 1)
                for place, (first, last) in enumerate(pieces)
                if first < last
            ]
    return found


def _introduce(tree: Tree, paragraph: Paragraph, worth: Worth) -> None:
    """Find the cue of each quotation; a comma at its end binds it closer than one before it."""
    stretches = paragraph.stretches
    for wanted in ("comma", "any"):
        for number, stretch in enumerate(stretches):
            if stretch.quoted:
                continue
            if number and stretches[number - 1].cue is None:
                _look_back(tree, stretches, number, worth, wanted)
            if wanted == "comma" and number + 1 < len(stretches):
                _reach_forward(tree, stretches, number, worth)
    for before, after in pairwise(stretches):
        if before.quoted and after.quoted and after.cue is None:
            after.cue = before.cue


def _reach_forward(tree: Tree, stretches: list[Stretch], number: int, worth: Worth) -> None:
    """Give the speech after a stretch to the stretch, unless a comma ties it to the next one."""
    stretch, after = stretches[number], stretches[number + 1]
    if number + 2 < len(stretches):
        _look_back(tree, stretches, number + 2, worth, "comma")
    cue = stretches[number - 1].cue if number else None
    if after.cue is None and cue is not None and _is_bridge(tree, stretch, cue):
        after.cue = cue
    elif after.cue is None:
        after.cue = _look_forward(tree, stretch, worth)


def _look_back(
    tree: Tree, stretches: list[Stretch], number: int, worth: Worth, wanted: str
) -> None:
    """Give the speech before a stretch to the best cue of the stretch's first sentence."""
    stretch, before = stretches[number], stretches[number - 1]
    is_speech = number == 1 or _starts_speech(tree, stretches[number - 2])
    if is_speech and _tie(tree, before, stretch) in {"comma", wanted}:
        places = range(stretch.first, _sentence_end(tree, stretch))
        before.cue = _best(places, worth)
        if before.cue is None and _ends_in_comma(tree, before):
            before.cue = _verb_beside(tree, places)


def _starts_speech(tree: Tree, stretch: Stretch) -> bool:
    """Tell whether what follows a stretch begins a sentence, rather than standing inside one."""
    last = tree.tokens[stretch.last - 1].text.lower()
    return last in _ENDS | _LEADS | _LEAD_WORDS or stretch.quoted


def _tie(tree: Tree, speech: Stretch, after: Stretch) -> str:
    """Return how the sentence goes on after the closing mark: "comma", "any" way, or not at all."""
    words = [tree.tokens[w].text for w in range(speech.first, speech.last)]
    last = next((word for word in reversed(words) if word not in _MARKS), "")
    first = tree.tokens[after.first].text
    if last == "," or first == "," or first[0].islower():
        return "comma"
    return "any" if last in _OPEN_ENDS or last not in _ENDS else ""


def _ends_in_comma(tree: Tree, speech: Stretch) -> bool:
    words = (tree.tokens[word].text for word in range(speech.last - 1, speech.first - 1, -1))
    return next((word for word in words if word not in _MARKS), "") in {",", "?", "!"}


def _verb_beside(tree: Tree, places: range) -> int | None:
    """Return any verb that makes a clause with nothing but its subject: "...," [Orr thundered]."""
    for verb in places[:_NEAREST]:
        token = tree.tokens[verb]
        subject = tree.child(verb, "nsubj")
        if token.pos == "VERB" and token.tag in {"VBD", "VBZ"} and subject is not None:
            return verb if min(tree.left[subject], verb) == places.start else None
    return None


def _sentence_end(tree: Tree, stretch: Stretch) -> int:
    """Return the place of the mark that ends the stretch's first sentence, or its own end."""
    for place in range(stretch.first, stretch.last):
        if tree.tokens[place].text in _ENDS:
            return place
    return stretch.last


def _is_bridge(tree: Tree, stretch: Stretch, cue: int) -> bool:
    """Tell whether a stretch holds nothing but the cue's own clause: '..." he said. "...'."""
    end = _sentence_end(tree, stretch)
    return (
        stretch.first <= cue < end
        and all(tree.is_punctuation(place) for place in range(end, stretch.last))
        and (tree.is_punctuation(stretch.last - 1))
    )


def _look_forward(tree: Tree, stretch: Stretch, worth: Worth) -> int | None:
    """Return the cue, in the last sentence of a stretch, of the speech that follows it."""
    last = tree.tokens[stretch.last - 1]
    start = stretch.first
    for place in range(stretch.first, stretch.last):
        if tree.tokens[place].text in _ENDS:
            start = place + 1
    if start >= stretch.last:
        return None
    if last.text in _LEADS:
        backward = range(stretch.last - 1, start - 1, -1)
        return next((w for w in backward if worth(w) >= _SURE), _best(backward, worth))
    return _best(range(stretch.last - 1, stretch.last), worth)


def _best(places: range, worth: Worth) -> int | None:
    """Return the likeliest cue, the first of equals; none where all are worth nothing."""
    best = max(places, key=worth, default=None)
    return best if best is not None and worth(best) > 0 else None


def _reach_back(before: Paragraph, after: Paragraph) -> None:
    """Give speech that is left open at a paragraph's end to the cue that stands in the next one."""
    last, first = before.stretches[-1], after.stretches[0]
    if before.all_quoted and not last.closed and first.quoted:
        for stretch in before.stretches:
            stretch.cue = first.cue if stretch.cue is None else stretch.cue


def _continue(tree: Tree, before: Paragraph, after: Paragraph, worth: Worth) -> None:
    """Carry speech on over a paragraph's end."""
    last, first = before.stretches[-1], after.stretches[0]
    if not first.quoted or first.cue is not None:
        return
    if not last.quoted and tree.tokens[last.last - 1].text == ":":
        first.cue = _look_forward(tree, last, worth)
        return
    if not (after.all_quoted or not last.closed):
        return
    if last.quoted:
        cue = last.cue
    else:
        spoken = before.stretches[-2].cue if len(before.stretches) > 1 else None
        cue = spoken if spoken is not None and _is_bridge(tree, last, spoken) else None
    for stretch in after.stretches:
        if not stretch.quoted or stretch.cue is not None:
            break
        stretch.cue = cue
