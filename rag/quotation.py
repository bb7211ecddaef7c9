"""Quotation marks in answers: what stands between them is a promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.records import Article, Span

_MARKS = "“”\"«»‘’'"
_RUN = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_LINE = re.compile(r"[^\n]+")


def quoted_runs(text: str) -> list[str]:
    """Return what stands between double quotation marks, curly or straight."""
    return [curly or straight for curly, straight in _RUN.findall(text)]


def is_balanced(text: str) -> bool:
    """Say whether every double quotation mark of `text` has its partner."""
    rest = _RUN.sub("", text)
    return not any(mark in rest for mark in '“”"')


def own_words(article: Article, content: Iterable[Span]) -> Iterator[Span]:
    """Yield the words of a quotation, paragraph by paragraph, without their quotation marks."""
    for span in content:
        for line in _LINE.finditer(article.text, *span):
            run = _strip(article.text, *line.span())
            if run.start < run.end:
                yield run


def _strip(text: str, start: int, end: int) -> Span:
    """Leave out the marks at both ends; an apostrophe at the end is one where ‘ opened."""
    opened = ""
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        opened += text[start]
        start += 1
    closing = '“”"«»' + ("’" if "‘" in opened else "") + ("'" if "'" in opened else "")
    while end > start and (text[end - 1] in closing or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)
