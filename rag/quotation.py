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
            start, end = line.span()
            while start < end and (article.text[start] in _MARKS or article.text[start].isspace()):
                start += 1
            while end > start and (
                article.text[end - 1] in '“”"«»' or article.text[end - 1].isspace()
            ):
                end -= 1
            if start < end:
                yield Span(start, end)
