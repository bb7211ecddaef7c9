"""A conversation as HTML: questions, answers, refusals, failures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from rag import Answer, Citation, Scope
from rag.records import Abstention

from ..exports import FORMATS
from ..turns import Turn
from ..wording import name_speaker, write_count, write_filters, write_imprint

_ABSTENTIONS: Mapping[Abstention, str] = {
    "empty-archive": "The archive is empty",
    "no-such-speaker": "No such speaker in this archive",
    "nothing-on-topic": "Nothing on record about this",
    "nobody-said-it": "Nobody on record says so",
    "outside-dates": "Nothing on record in these dates",
}

_REFERENCE = re.compile(r"\[(\d{1,3})\]")
_IMPRINT = re.compile(r" \([^()]*\)$")


def render_conversation(
    turns: Sequence[Turn], *, holdings: Scope, examples: Iterable[str] = ()
) -> Markup:
    """Render all turns; before the first, what to do, with `examples` to click on."""
    if turns:
        last = len(turns) - 1
        body = Markup("").join(
            _turn(number, turn, last=number == last) for number, turn in enumerate(turns)
        )
    else:
        body = _welcome(examples) if holdings.articles else _EMPTY
    return Markup('<div role="log" aria-label="Conversation">{}</div>').format(body)


_EMPTY = Markup(
    '<section class="welcome"><h2>This archive is empty</h2>'
    "<p>Give it articles in the Archive tab, or from a shell:</p>"
    "<pre><code>onrecord build FOLDER --archive archive</code></pre>"
    "<p>The folder may hold plain text, Markdown, JSON and JSON Lines. This page shows them as "
    "soon as they are built.</p></section>"
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
        '<ul class="chips" aria-label="Example questions">{}</ul>'
        '<p class="keys"><kbd>/</kbd> to the question · <kbd>Enter</kbd> asks · '
        "<kbd>↑</kbd> <kbd>↓</kbd> from source to source · <kbd>Esc</kbd> back</p></section>"
    ).format(chips)


_STALE = Markup(
    '<p class="stale">Sources of this answer have changed or gone since. Ask again for what the '
    "archive says now.</p>"
)


def _turn(number: int, turn: Turn, *, last: bool) -> Markup:
    answer = turn.answer
    if answer is not None:
        lines = _lines(number, turn, answer.citations)
        reply = _abstention(answer, lines) if answer.abstained else _reply(lines)
        reply += _STALE if turn.stale else ""
        reply += _actions(number, turn, answer) if turn.shown is None else ""
    elif turn.failure:
        reply = Markup('<div class="failure" role="alert"><p>{}</p></div>').format(turn.failure)
    else:
        reply = Markup('<p class="searching">{}</p>').format(turn.stage)
    filters = write_filters(turn.options)
    return Markup(
        '<section class="turn" data-link="{}"{}{}><h2 dir="auto">{}</h2>{}{}</section>'
    ).format(
        turn.link,
        Markup("") if turn.shown is None else Markup(' aria-busy="true"'),
        Markup(' data-arrive="start"') if last else "",
        turn.question,
        Markup('<p class="limits">Only {}</p>').format(" · ".join(filters)) if filters else "",
        reply,
    )


def _reply(lines: Markup) -> Markup:
    return Markup('<div class="answer">{}</div>').format(lines)


def _abstention(answer: Answer, lines: Markup) -> Markup:
    return Markup('<div class="abstention"><h3>{}</h3>{}</div>').format(
        _ABSTENTIONS[answer.abstention] if answer.abstention else "", lines
    )


def _lines(number: int, turn: Turn, citations: Sequence[Citation]) -> Markup:
    return Markup("").join(
        Markup('<p dir="auto"{}>{}</p>').format(
            Markup(' class="statement"') if _REFERENCE.search(line) else "",
            _referenced(line, number, citations),
        )
        for line in turn.lines
    )


def _referenced(line: str, turn: int, citations: Sequence[Citation]) -> Markup:
    """Render a line: its speaker stands out, its imprint steps back, its references lead on."""
    known = {citation.number: citation for citation in citations}
    pieces, at = [], 0
    for match in _REFERENCE.finditer(line):
        citation = known.get(int(match[1]))
        if citation is not None:
            name = name_speaker(citation) if at == 0 else ""
            words = line[at : match.start()].rstrip()
            pieces.append(_worded(words, name, _reference(turn, citation)))
            at = match.end()
    return Markup("").join([*pieces, escape(line[at:])])


def _worded(words: str, name: str, reference: Markup) -> Markup:
    """Render words with their reference, which stays on one line with the last of them."""
    imprint = _IMPRINT.search(words)
    parts = [(words[: imprint.start()], ""), (imprint[0], "imprint")] if imprint else [(words, "")]
    before, _, last = parts[-1][0].rpartition(" ")
    parts[-1] = (before + " ", parts[-1][1])
    pieces = [_styled(part, style) for part, style in parts]
    if name and words.startswith(name):
        pieces[0] = Markup("<b>{}</b>{}").format(name, parts[0][0].removeprefix(name))
    return Markup('{}<span class="together">{} {}</span>').format(
        Markup("").join(pieces), _styled(last, parts[-1][1]), reference
    )


def _styled(words: str, style: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(style, words) if style else escape(words)


def _reference(turn: int, citation: Citation) -> Markup:
    return Markup(
        '<button type="button" class="reference" data-event="open" data-turn="{0}" '
        'data-number="{1}" aria-label="[{1}] {2}" title="{2}">[{1}]</button>'
    ).format(
        turn,
        citation.number,
        " · ".join([name_speaker(citation), *write_imprint(citation.article)]),
    )


def _actions(number: int, turn: Turn, answer: Answer) -> Markup:
    """Render what can be done with an answer: see its sources, link to it, keep it, judge it."""
    sources = write_count(len(answer.citations), "source")
    choices = Markup("").join(
        Markup(
            '<button type="button" data-event="export" data-turn="{}" data-text="{}">{}</button>'
        ).format(number, ending, name)
        for ending, (name, _) in FORMATS.items()
    )
    return Markup(
        '<div class="actions"><button type="button" data-event="show" data-turn="{0}">{1}</button>'
        '<button type="button" data-link>Copy link</button>'
        '<details class="menu"><summary>Export</summary><div class="choices">{2}</div></details>'
        "{3}</div>{4}"
    ).format(number, sources, choices, _thumbs(number, turn), _reason(number, turn))


_THUMBS = {
    "up": ("A good answer", "M7 10v11H3V10zm0 0 4-8c1.7 0 3 1 3 3v4h6l-2 12H7"),
    "down": ("A bad answer", "M7 14V3H3v11zm0 0 4 8c1.7 0 3-1 3-3v-4h6L18 3H7"),
}


def _thumbs(number: int, turn: Turn) -> Markup:
    return Markup("").join(
        Markup(
            '<button type="button" class="thumb" data-event="judge" data-turn="{}" data-text="{}" '
            'aria-pressed="{}" aria-label="{}" title="{}"><svg viewBox="0 0 24 24" '
            'aria-hidden="true"><path d="{}"/></svg></button>'
        ).format(number, rating, "true" if turn.rating == rating else "false", name, name, drawing)
        for rating, (name, drawing) in _THUMBS.items()
    )


def _reason(number: int, turn: Turn) -> Markup:
    if not turn.rating:
        return Markup("")
    if turn.noted:
        return Markup('<p class="reason" role="status">{}</p>').format(turn.noted)
    asked = "What was good?" if turn.rating == "up" else "What was wrong?"
    return Markup(
        '<form class="reason" data-event="judge" data-turn="{0}" data-text="{1}">'
        '<label for="reason-{0}">{2}</label>'
        '<input id="reason-{0}" name="reason" maxlength="500" autocomplete="off" '
        'placeholder="optional"><button type="submit">Send</button></form>'
    ).format(number, turn.rating, asked)
