"""An answer with one citation, and what the page's HTML marks of it."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

from rag import Answer, Article, Attribution, Citation, Passage, Question, Scope, Span, Speaker
from ui.markup.conversation import render_conversation
from ui.turns import Turn

TEXT = """The ferry to Ostrov is safe, the harbour master said.

"I sail on it myself," said Wil Tarrant. "My children sail on it,

and so does my mother."

Nobody else would speak."""


ARTICLE = Article(
    id="ferry",
    text=TEXT,
    title="Ferry is safe",
    outlet="Ostrov Post",
    author="Ada Brook",
    published=date(2031, 5, 9),
    url="https://post.example/ferry?a=1&b=2",
)
TARRANT = Speaker(id="tarrant", name="Wil Tarrant", kind="person")
SCOPE = Scope(1204, date(2030, 1, 2), date(2031, 5, 9))


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


QUOTE = (
    at('"I sail on it myself,"'),
    at('"My children sail on it,\n\nand so does my mother."'),
)


STATEMENT = Attribution(
    id="a",
    article_id="ferry",
    source=(at("Wil Tarrant"),),
    cue=(at("said Wil"),),
    content=QUOTE,
    kind="direct",
    speaker_id="tarrant",
)
MASTER = Attribution(
    id="b",
    article_id="ferry",
    source=(at("the harbour master"),),
    cue=(at("said."),),
    content=(at("The ferry to Ostrov is safe"),),
    kind="indirect",
    stance="confirms",
)


def cite(article: Article = ARTICLE, **changes: object) -> Citation:
    citation = Citation(
        number=1,
        article=article,
        passage=Passage(id="p", article_id="ferry", span=Span(0, 96)),
        span=Span(QUOTE[0].start, QUOTE[1].end),
        highlights=QUOTE,
        attribution=STATEMENT,
        speaker=TARRANT,
    )
    return replace(citation, **changes)  # type: ignore[arg-type]


def answer(text: str = "Wil Tarrant said it. [1]", **changes: object) -> Answer:
    made = Answer(
        question=Question(text="Is it safe?", kind="what-said", topic="safe"),
        text=text,
        citations=(cite(),),
        evidence=(),
        scope=SCOPE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def show(result: Answer) -> str:
    return render_conversation((Turn(question="Is it safe?", answer=result),), holdings=SCOPE)


def marked(rendered: str) -> list[str]:
    return [
        html.unescape(words)
        for words in re.findall(r"<mark[^>]*>(.*?)</mark>", rendered, re.DOTALL)
    ]
