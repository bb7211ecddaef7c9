"""Find who speaks in a transcript or an interview: "NAME: words", "Q: ...", "**A.** ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..records import Span
from .tree import Tree

_MARKUP = r"[*_\#>]{0,6}"
_EDGE = rf"(?:^[\"“]?|(?<=[.?!…”\"’'])(?=[^\S\n]))\s*{_MARKUP}"
"""Where a label may begin: at a line, or after a sentence where paragraphs were lost."""
_AFTER = rf"{_MARKUP}(?=\s|[\"“‘'])"
_ROLE = re.compile(
    rf"{_EDGE}(?P<name>(?:Q|A|Question|Answer|QUESTION|ANSWER)(?:[^\S\n]?\d{{1,3}})?){_MARKUP}"
    rf"(?P<mark>[:.)]|[^\S\n][-–—]){_AFTER}",
    re.MULTILINE,
)
_NAME = re.compile(
    rf"{_EDGE}(?P<name>[^\W\d_][^\n:*<>“”\"]{{0,40}}){_MARKUP}(?P<mark>:){_AFTER}", re.MULTILINE
)
_LINE = re.compile(r"[^\n]*\w[^\n]*")
_LONGEST_NAME = 6
"""Words before the colon; a longer run is the beginning of a sentence."""
_FEWEST = 2
"""Turns that make a transcript; a single one may be a heading or a place."""
_DENSE = 0.4
"""Share of the lines from first to last turn that begin one, if those between go on with it."""
_DESK = frozenset((
    "flash", "alert", "breaking", "urgent", "update", "updated", "correction", "exclusive", "photo",
    "photos", "picture", "pictures", "note", "watch", "listen", "related", "live", "read", "video",
    "gallery", "source", "sources", "caption", "credit", "contact", "tickets", "rating", "verdict",
    "score", "result", "results", "who", "what", "where", "when", "why", "how", "date", "time",
    "venue", "price", "pros", "cons", "for", "against", "yes", "no", "in", "out", "both",
    "summary", "tip", "review", "analysis", "opinion", "more",
))  # fmt: skip
"""What a desk prints before a line: none of it speaks."""
_PARTICLES = frozenset(("de", "van", "von", "der", "la", "le", "du", "of", "the", "and"))


class Turn(NamedTuple):
    """What one speaker says, until the next one; words of the parse.

    Attributes:
        mark: The colon or dash after the name; empty where it is no word of its own.
        asks: Whether it is an interviewer's question ("Q: ...").
    """

    name: tuple[int, ...]
    mark: tuple[int, ...]
    content: tuple[int, ...]
    asks: bool


def find(text: str, tree: Tree) -> list[Turn]:
    """Return the turns of a transcript; none for any other article."""
    roles = _roles(text)
    labels = sorted([*roles, *_names(text, roles)], key=re.Match.start)
    if len(labels) < _FEWEST:
        return []
    goes_on = _is_dense(text, labels)
    turns = []
    for place, label in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        if not goes_on or place + 1 == len(labels):
            line_end = text.find("\n", label.end())
            end = min(end, line_end) if line_end >= 0 else end
        turns.append(_turn(tree, label, end))
    turns = [turn for turn in turns if turn.content]
    return turns if len(turns) >= _FEWEST else []


def _roles(text: str) -> list[re.Match[str]]:
    """Return the labels of an interview: "Q:" anywhere, "Q." and "Q -" where a line begins."""
    labels = [
        label for label in _ROLE.finditer(text) if label["mark"] == ":" or _begins_line(text, label)
    ]
    return labels if any(label["name"][0] == "Q" for label in labels) else []


def _names(text: str, roles: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the labels that are names: in capitals, or such as come back when another one does."""
    taken = {role.end() for role in roles}
    labels = [
        label
        for label in _NAME.finditer(text)
        if label.end() not in taken and _is_name(label["name"]) and _is_said(text, label)
    ]
    times = Counter(label["name"] for label in labels if _begins_line(text, label))
    often = {name for name, count in times.items() if count > 1}
    if len(often) + bool(roles) < _FEWEST:
        often = set()
    capitals = any(map(str.isupper, times))
    for label in labels:
        if label["name"] in often or (capitals and label["name"].isupper()):
            yield label


def _begins_line(text: str, label: re.Match[str]) -> bool:
    return label.start() == 0 or text[label.start() - 1] == "\n"


def _is_said(text: str, label: re.Match[str]) -> bool:
    """Tell a sentence from an entry of a list: "Orr: 1,769 votes"."""
    line = text[label.end() :].partition("\n")[0].rstrip(" *_")
    is_open = line.endswith((".", "?", "!", "…", "”", '"', "’", "'", "—", "–", "-"))
    return is_open and any(map(str.islower, line))


def _is_name(name: str) -> bool:
    """Tell a speaker's name ("MAYOR ORR", "Ana Orr") from the beginning of a sentence."""
    words = name.split()
    return (
        len(words) <= _LONGEST_NAME
        and words[0].lower() not in _DESK
        and all(word[0].isupper() or not word[0].isalpha() or word in _PARTICLES for word in words)
    )


def _is_dense(text: str, labels: Sequence[re.Match[str]]) -> bool:
    first, last = labels[0].start(), labels[-1].start()
    lines = sum(1 for _ in _LINE.finditer(text, first, last)) + 1
    return len(labels) >= _DENSE * lines


def _turn(tree: Tree, label: re.Match[str], end: int) -> Turn:
    name = tree.words([Span(*label.span("name"))])
    colon = Span(*label.span("mark"))
    mark = [word for word in tree.words([colon]) if tree.tokens[word].start >= colon.start]
    if any(tree.tokens[word].end > colon.end for word in mark):
        mark = []
    content = [w for w in tree.words([Span(label.end(), end)]) if w not in {*name, *mark}]
    while content and not tree.tokens[content[0]].text.strip("*_#>"):
        content.pop(0)
    while content and not tree.tokens[content[-1]].text.strip("*_#>"):
        content.pop()
    asks = label.re is _ROLE and label["name"].startswith("Q")
    return Turn(tuple(name), tuple(mark), tuple(content), asks)
