"""Questions to one article's parse: heads, phrases, paragraphs, quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ..records import Article, Parse, Span, Token

_QUOTATION = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|''(?:(?!'').)*(?:''|$)|«[^»]*(?:»|$)"
    r"|(?<!\w)‘(?:[^’]|’(?=\w))*(?:’|$)|(?<!\w)'(?:[^']|'(?=\w))*'(?!\w)",
    re.DOTALL,
)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_]{2,}(?:[ .'’-]{1,2}[^\W\d_]+){0,3})"
    r"(?:, [^—–\n]{1,30}?)?(?: \([^)\n]{1,30}\))?[ \xa0]+(?:—|–|--?)[ \xa0]"
)
_LONGEST_DATELINE = 90
"""Characters."""
_PARAGRAPH = re.compile(r"[^\n]+")
_HEADLINE_WORD = re.compile(
    r"(?<![\w’'])(?!(?:an?|and|as|at|but|by|for|from|if|in|into|n?or|of|off|on|over|per|than|the|to"
    r"|up|via|vs?|with)\b)[^\W\d_]+"
)
_SHORTEST_HEADLINE = 4
"""Such words; a shorter line may be a name, or a caption."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DESCENT = ("nsubj", "nsubjpass", "pobj", "dobj", "attr", "appos", "conj", "dep", "compound")


def _without_bracket(token: Token) -> Token:
    """Return "We" for the "W]e" of "[W]e"."""
    inside = "]" in token.text and len(token.text) > 1
    return token._replace(text=token.text.replace("]", "")) if inside else token


class Syntax:
    """One article's words with what hangs on what; tokens are named by their place in the parse."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.text = article.text
        self.tokens = tuple(map(_without_bracket, parse.tokens))
        self.entities = parse.entities
        self.children: list[list[int]] = [[] for _ in parse.tokens]
        for place, token in enumerate(parse.tokens):
            if token.head != place:
                self.children[token.head].append(place)
        self._starts = [token.start for token in parse.tokens]
        self.paragraphs = [Span(*m.span()) for m in _PARAGRAPH.finditer(article.text)]
        self._paragraph_starts = [span.start for span in self.paragraphs]
        self.quotations = [
            Span(paragraph.start + m.start(), paragraph.start + m.end())
            for paragraph in self.paragraphs
            for m in _QUOTATION.finditer(article.text[paragraph.start : paragraph.end])
            if m.end() - m.start() > 3
        ]
        self._datelines = self._find_datelines()
        self._headlines = {n for n, span in enumerate(self.paragraphs) if self._is_headline(span)}
        self._quotation_starts = [span.start for span in self.quotations]

    def _find_datelines(self) -> frozenset[int]:
        """Return the tokens of "PORT ASHBY (Coast Wire) -" and the like, at a paragraph's start."""
        found: set[int] = set()
        for start, end in self.paragraphs:
            match = _DATELINE.match(self.text, start, min(end, start + _LONGEST_DATELINE))
            if match and match["place"].isupper():
                found.update(
                    range(bisect_left(self._starts, start), bisect_left(self._starts, match.end()))
                )
        return frozenset(found)

    def _is_headline(self, span: Span) -> bool:
        words: list[str] = _HEADLINE_WORD.findall(self.text, span.start, span.end)
        return len(words) >= _SHORTEST_HEADLINE and all(word[0].isupper() for word in words)

    def in_headline(self, place: int) -> bool:
        """Whether nearly all words of a token's line have capitals, so that these tell nothing."""
        return self.paragraph(self.tokens[place].start) in self._headlines

    def inside(self, spans: Iterable[Span]) -> list[int]:
        """Return the tokens that overlap any of the spans, in order, those of a dateline left out.

        "PORT ASHBY (Coast Wire) - The mayor said": the place and the agency say nothing.
        """
        found: set[int] = set()
        for start, end in spans:
            first = max(0, bisect_right(self._starts, start) - 1)
            for place in range(first, bisect_left(self._starts, end)):
                if self.tokens[place].end > start and not self.in_dateline(place):
                    found.add(place)
        return sorted(found)

    def in_dateline(self, place: int) -> bool:
        """Whether a token stands in the place and agency that an article begins with."""
        return place in self._datelines

    def head(self, places: Sequence[int]) -> int | None:
        """Return the noun, name or pronoun that the phrase at `places` is about."""
        inside = set(places)
        tops = [p for p in places if self.tokens[p].head not in inside or self.tokens[p].head == p]
        # "[Harbour News’ Ann Roe] said", where the parser missed that the News owns Ann Roe
        tops.sort(key=self._is_object)
        for fitting in (NOMINAL, {"ADJ", "DET"}):
            for top in tops:
                if self.tokens[top].pos in fitting or self.tokens[top].tag == "WP":
                    return top
        for top in tops:
            for child in sorted(self.children[top], key=self._descent):
                if child in inside and self.tokens[child].pos in NOMINAL:
                    return child
        nominal = [p for p in places if self.tokens[p].pos in NOMINAL]
        # Names such as "Will" and "Early" are taken for other words.
        nominal = nominal or [p for p in places if self.tokens[p].text[:1].isupper()]
        return next((p for p in nominal if self.tokens[p].tag != "PRP$"), next(iter(nominal), None))

    def _is_object(self, place: int) -> bool:
        """Whether a token is anything but a name or noun that is a subject."""
        token = self.tokens[place]
        return token.dep not in SUBJECTS or token.pos not in {"NOUN", "PROPN"}

    def _descent(self, place: int) -> int:
        dep = self.tokens[place].dep
        return _DESCENT.index(dep) if dep in _DESCENT else len(_DESCENT)

    def subtree(self, place: int) -> list[int]:
        """Return a token and all that hangs on it, in order."""
        found, rest = [place], [place]
        while rest:
            below = self.children[rest.pop()]
            found += below
            rest += below
        return sorted(found)

    def child(self, place: int, *deps: str) -> int | None:
        """Return the first token that hangs on `place` by one of these labels."""
        return next((c for c in self.children[place] if self.tokens[c].dep in deps), None)

    def subject(self, verb: int) -> int | None:
        """Return the subject of a verb, or of the verb that it is chained to."""
        seen: set[int] = set()
        while verb not in seen:
            seen.add(verb)
            found = self.child(verb, "nsubj", "nsubjpass", "csubj")
            if found is not None:
                return found
            if self.tokens[verb].dep not in {"conj", "xcomp", "advcl", "aux", "ccomp", "prep"}:
                return None
            verb = self.tokens[verb].head
        return None

    def ancestors(self, place: int) -> Iterator[int]:
        """Yield what a token hangs on, upwards."""
        seen = {place}
        while (above := self.tokens[place].head) not in seen:
            seen.add(above)
            yield above
            place = above

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph at a character offset."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def quotation(self, offset: int) -> int | None:
        """Return the number of the quotation that a character stands in."""
        number = bisect_right(self._quotation_starts, offset) - 1
        inside = number >= 0 and offset < self.quotations[number].end
        return number if inside else None

    def quotations_in(self, span: Span) -> range:
        """Return the numbers of the quotations that share a character with a span."""
        first = max(0, bisect_right(self._quotation_starts, span.start) - 1)
        return range(first, bisect_left(self._quotation_starts, span.end))

    def same_entity(self, one: int, other: int) -> bool:
        """Whether two tokens stand in one named entity."""
        return self.tokens[one].entity == self.tokens[other].entity >= 0

    def print(self, first: int, last: int) -> str:
        """Return the article's words from one token to another, line ends as spaces."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[last].end].split())
