"""Walk a parse: what stands under, over and beside a word. Words are places in `Parse.tokens`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..records import Parse, Span, Token
from .mending import SUBJECTS, mend

__all__ = ["SUBJECTS", "Tree", "grow"]


@dataclass(frozen=True, slots=True)
class Tree:
    """The dependency trees of an article, one a sentence.

    Attributes:
        children: The dependents of each word, in reading order.
        left, right: First and last word of each word's branch.
    """

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]

    def child(self, word: int, *relations: str) -> int | None:
        """Return the first dependent of `word` in one of the relations."""
        for kid in self.children[word]:
            if self.tokens[kid].dep in relations:
                return kid
        return None

    def marker(self, word: int, *relations: str) -> str:
        """Return the first such dependent in lower case, or an empty string."""
        kid = self.child(word, *relations)
        return "" if kid is None else self.tokens[kid].text.lower()

    def branch(self, word: int, *, without: Iterable[int] = ()) -> list[int]:
        """Return `word` and all that hangs on it, in order, less the branches in `without`."""
        skipped = set(without)
        found, waiting = [], [word]
        while waiting:
            here = waiting.pop()
            found.append(here)
            waiting += [kid for kid in self.children[here] if kid not in skipped]
        return sorted(found)

    def ancestors(self, word: int) -> Iterator[int]:
        """Yield the heads over `word`, nearest first."""
        while (head := self.tokens[word].head) != word:
            yield head
            word = head

    def text(self, words: Iterable[int]) -> str:
        """Return the words in lower case with single spaces."""
        return " ".join(self.tokens[word].text.lower() for word in words)

    def lemma(self, word: int) -> str:
        """Return the lemma in lower case: a headline's capitals confuse a lemmatiser."""
        return self.tokens[word].lemma.lower()

    def is_punctuation(self, word: int) -> bool:
        """Tell whether the word has neither letter nor digit."""
        return not any(map(str.isalnum, self.tokens[word].text))

    def words(self, spans: Iterable[Span]) -> list[int]:
        """Return the words that the spans touch, in order."""
        found: set[int] = set()
        for span in spans:
            place = bisect_right(self.tokens, span.start, key=lambda token: token.end)
            while place < len(self.tokens) and self.tokens[place].start < span.end:
                found.add(place)
                place += 1
        return sorted(found)

    def depths(self, spans: Iterable[Span]) -> list[int]:
        """Return for every word in how many of the spans it stands."""
        depths = [0] * len(self.tokens)
        for span in spans:
            for word in self.words([span]):
                depths[word] += 1
        return depths

    def top(self, words: Iterable[int]) -> int | None:
        """Return the first of the words whose head is none of them."""
        chosen = sorted(words)
        inside = set(chosen)
        tops = (w for w in chosen if self.tokens[w].head == w or self.tokens[w].head not in inside)
        return next(tops, None)

    def spans(self, words: Iterable[int]) -> tuple[Span, ...]:
        """Return the words as spans of the text, one a run of neighbours in one paragraph."""
        runs: list[list[int]] = []
        for word in sorted(set(words)):
            if runs and word == runs[-1][-1] + 1 and not self._is_apart(word):
                runs[-1].append(word)
            else:
                runs.append([word])
        return tuple(Span(self.tokens[run[0]].start, self.tokens[run[-1]].end) for run in runs)

    def _is_apart(self, word: int) -> bool:
        """Tell whether a word begins a sentence some way from the one before: a new paragraph."""
        before, token = self.tokens[word - 1], self.tokens[word]
        return token.sentence != before.sentence and token.start - before.end > 1


def grow(parse: Parse) -> Tree:
    """Return the trees of `parse`."""
    tokens = mend(parse.tokens)
    size = len(tokens)
    children: list[list[int]] = [[] for _ in range(size)]
    left, right = list(range(size)), list(range(size))
    for place, token in enumerate(tokens):
        if token.head == place:
            continue
        children[token.head].append(place)
        above, head = place, token.head
        while head != above and not left[head] <= place <= right[head]:
            left[head] = min(left[head], place)
            right[head] = max(right[head], place)
            above, head = head, tokens[head].head
    return Tree(tokens, tuple(map(tuple, children)), tuple(left), tuple(right))
