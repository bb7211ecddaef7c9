"""Answers and articles as HTML.

Whatever an article, a question or an answer says is plain text here: `Markup.format` escapes every
value that isn't itself Markup, and no function below makes Markup of anything but a literal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from index.records import Article, Span, Stance
from rag.records import Abstention, Answer, Citation, Scope

from .excerpts import cited_paragraphs, excerpt

_STANCES: Mapping[Stance, tuple[str, str]] = {
    "says": ("said", "say"),
    "denies": ("denied", "deny"),
    "alleges": ("alleged", "allege"),
    "confirms": ("confirmed", "confirm"),
    "promises": ("promised", "promise"),
    "warns": ("warned", "warn"),
    "asks": ("asked", "ask"),
    "criticises": ("criticised", "criticise"),
    "praises": ("praised", "praise"),
    "declines": ("declined", "decline"),
    "thinks": ("thought", "think"),
    "reports": ("reported", "report"),
    "orders": ("ordered", "order"),
}

_KINDS = {
    "direct": ("Direct quote", "The speaker's own words"),
    "indirect": ("Indirect", "The reporter's words for what was said"),
    "mixed": ("Partly quoted", "Partly the speaker's own words, partly the reporter's"),
}

_ABSTENTIONS: Mapping[Abstention, str] = {
    "empty-archive": "The archive is empty",
    "no-such-speaker": "No such speaker in this archive",
    "nothing-on-topic": "Nothing on record about this",
    "nobody-said-it": "Nobody on record says so",
    "outside-dates": "Nothing on record in these dates",
}

_REFERENCE = re.compile(r"\[(\d{1,3})\]")
_WEB_ADDRESS = re.compile(r"https?://([\w.-]+(?::\d+)?)(?:[/?#][^\s<>\"'\\]*)?", re.IGNORECASE)
_HEADLINE_LENGTH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation and what came of it.

    Attributes:
        answer: None while it is being looked for, and where that failed.
        failure: What went wrong and what to do, as sentences.
    """

    question: str
    answer: Answer | None = None
    failure: str = ""


def masthead(holdings: Scope, statements: int) -> Markup:
    """Render the page's heading with what the archive holds."""
    contents = Markup('<p class="holdings">{} · {}</p>').format(
        searched(holdings), _count(statements, "statement")
    )
    return Markup(
        '<div class="masthead"><h1>OnRecord</h1><p class="motto">Who said what, word for word</p>'
        "{}</div>"
    ).format(contents if holdings.articles else "")


def conversation(turns: Sequence[Turn], *, holdings: Scope, examples: Iterable[str] = ()) -> Markup:
    """Render all turns; before the first, what to do, with `examples` to click on."""
    if turns:
        last = len(turns) - 1
        body = Markup("").join(
            _turn(number, turn, last=number == last) for number, turn in enumerate(turns)
        )
    else:
        body = _welcome(examples) if holdings.articles else _EMPTY
    return Markup('<div role="log" aria-label="Conversation">{}</div>').format(body)


HINT = Markup(
    '<p class="hint">The sources of an answer appear here: who said it, where, and in which '
    "words.</p>"
)
LOST = Markup(
    '<p class="failure" role="alert">The server no longer holds this conversation. Ask the '
    "question again.</p>"
)
_EMPTY = Markup(
    '<section class="welcome"><h2>This archive is empty</h2>'
    "<p>Give it articles first, then start this page again:</p>"
    "<pre><code>onrecord build FOLDER --archive archive\n"
    "onrecord serve --archive archive</code></pre>"
    "<p>The folder may hold plain text, Markdown, JSON and JSON Lines.</p>"
    "</section>"
)


def _welcome(examples: Iterable[str]) -> Markup:
    chips = Markup("").join(
        Markup(
            '<li><button type="button" class="chip" data-event="ask" data-text="{0}">{0}'
            "</button></li>"
        ).format(example)
        for example in examples
    )
    return Markup(
        '<section class="welcome"><h2>Ask who said what</h2>'
        "<p>Every answer rests on words in the archive, and shows where they stand.</p>"
        '<ul class="chips" aria-label="Example questions">{}</ul></section>'
    ).format(chips)


def _turn(number: int, turn: Turn, *, last: bool) -> Markup:
    answer = turn.answer
    if answer is not None:
        reply = _abstention(number, answer) if answer.abstained else _reply(number, answer)
    elif turn.failure:
        reply = Markup('<div class="failure" role="alert"><p>{}</p></div>').format(turn.failure)
    else:
        reply = Markup('<p class="searching">Searching the archive</p>')
    return Markup('<section class="turn"{}><h2 dir="auto">{}</h2>{}</section>').format(
        Markup(' data-arrive="start"') if last else "", turn.question, reply
    )


def _reply(number: int, answer: Answer) -> Markup:
    return Markup('<div class="answer">{}</div>').format(_lines(number, answer))


def _abstention(number: int, answer: Answer) -> Markup:
    return Markup('<div class="abstention"><h3>{}</h3>{}</div>').format(
        _ABSTENTIONS[answer.abstention] if answer.abstention else "", _lines(number, answer)
    )


def _lines(number: int, answer: Answer) -> Markup:
    return Markup("").join(
        Markup('<p dir="auto"{}>{}</p>').format(
            Markup(' class="statement"') if _REFERENCE.search(line) else "",
            _referenced(line, number, answer.citations),
        )
        for line in answer.text.splitlines()
        if line.strip()
    )


def _referenced(line: str, turn: int, citations: Sequence[Citation]) -> Markup:
    known = {citation.number: citation for citation in citations}
    pieces, at = [], 0
    for match in _REFERENCE.finditer(line):
        citation = known.get(int(match[1]))
        if citation is not None:
            pieces += [escape(line[at : match.start()]), _reference(turn, citation)]
            at = match.end()
    return Markup("").join([*pieces, escape(line[at:])])


def _reference(turn: int, citation: Citation) -> Markup:
    return Markup(
        '<button type="button" class="reference" data-event="open" data-turn="{0}" '
        'data-number="{1}" aria-label="[{1}] {2}" title="{2}">[{1}]</button>'
    ).format(turn, citation.number, " · ".join([_speaker(citation), *_imprint(citation.article)]))


def cards(turn: int, answer: Answer, *, opened: int | None = None) -> Markup:
    """Render one card a citation; `opened` is the one whose article was being read."""
    if not answer.citations:
        return Markup('<p class="hint">There is no statement to show.</p>')
    title = "Nearest statements" if answer.abstained else "Sources"
    note = "None of these answers the question." if answer.abstained else ""
    return Markup(
        '<section class="cards"><header><h2>{}</h2><p>{}</p></header>{}</section>'
    ).format(
        title,
        note,
        Markup("").join(
            _card(turn, citation, arrive=citation.number == opened) for citation in answer.citations
        ),
    )


def _card(turn: int, citation: Citation, *, arrive: bool) -> Markup:
    article = citation.article
    return Markup(
        '<article class="card"{}>{}<blockquote dir="auto">{}</blockquote>'
        '<footer><p class="headline" dir="auto">{}</p><p>{}</p>'
        '<button type="button" data-event="open" data-turn="{}" data-number="{}"{}>'
        'Read the article<span class="unseen"> of source {}</span></button></footer></article>'
    ).format(
        Markup(' data-arrive="nearest"') if arrive else "",
        _heading(citation),
        excerpt(article, cited_paragraphs(citation), citation.highlights),
        headline(article),
        " · ".join(_imprint(article)),
        turn,
        citation.number,
        Markup(" data-focus") if arrive else "",
        citation.number,
    )


def _heading(citation: Citation) -> Markup:
    return Markup('<header><span class="number">{}</span><h3 dir="auto">{}</h3>{}</header>').format(
        citation.number, _speaker(citation), _badges(citation)
    )


def _speaker(citation: Citation) -> str:
    if citation.speaker is not None:
        return citation.speaker.name
    if citation.attribution is not None:
        source = (citation.article.quote(span) for span in citation.attribution.source)
        return " ".join(source) or "Speaker not named"
    return "The article itself"


def _badges(citation: Citation) -> Markup:
    attribution = citation.attribution
    if attribution is None:
        return Markup('<span class="badge">No speaker</span>')
    past, base = _STANCES[attribution.stance]
    stance = {
        "asserted": past,
        "negated": f"did not {base}",
        "hypothetical": f"{past}, hypothetically",
    }[attribution.polarity]
    kind, meaning = _KINDS[attribution.kind]
    return Markup(
        '<span class="badge stance" data-stance="{}">{}</span>'
        '<span class="badge" title="{}">{}</span>'
    ).format(attribution.stance, stance, meaning, kind)


def article(turn: int, citation: Citation) -> Markup:
    """Render the whole article of a citation, with the cited words marked."""
    record = citation.article
    author = (record.author,) if record.author else ()
    return Markup(
        '<article class="article"><button type="button" class="back" data-event="back" '
        'data-turn="{}" data-number="{}" data-focus>Back to the sources</button>'
        '<header class="top"><h2 dir="auto">{}</h2><p>{}</p>{}</header>'
        '<div class="cited">{}</div><div class="body" dir="auto">{}</div></article>'
    ).format(
        turn,
        citation.number,
        record.title or "Article without a title",
        " · ".join([*_imprint(record), *author]),
        _link(record.url),
        _heading(citation),
        excerpt(record, Span(0, len(record.text)), citation.highlights, arrive=True),
    )


def headline(article: Article) -> str:
    """Return the title, or for want of one the first words of the text."""
    if article.title:
        return article.title
    words = " ".join(article.text[: 4 * _HEADLINE_LENGTH].split())
    if len(words) <= _HEADLINE_LENGTH:
        return words
    return words[:_HEADLINE_LENGTH].rsplit(" ", 1)[0] + " …"


def searched(scope: Scope) -> str:
    """Return what was searched, as in "12 articles, 3 May 2021 to 9 June 2022"."""
    articles = _count(scope.articles, "article")
    if scope.first is None or scope.last is None:
        return articles
    if scope.first == scope.last:
        return f"{articles}, {_day(scope.first)}"
    return f"{articles}, {_day(scope.first)} to {_day(scope.last)}"


def _imprint(article: Article) -> list[str]:
    return [
        article.outlet or "Outlet not given",
        _day(article.published) if article.published else "no date",
    ]


def _link(url: str) -> Markup:
    address = _WEB_ADDRESS.fullmatch(url)
    if address is None:
        return Markup("")
    return Markup(
        '<p><a href="{}" target="_blank" rel="noopener noreferrer">Read it at {}</a></p>'
    ).format(url, address[1])


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
