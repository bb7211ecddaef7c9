"""Nothing that anybody wrote becomes markup, and only web addresses become links."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from unit.answers import ARTICLE, SCOPE, STATEMENT, TARRANT, answer, cite, show

from rag import AskOptions, Span
from ui.markup.cards import render_cards
from ui.markup.conversation import render_conversation
from ui.markup.earlier import render_earlier
from ui.markup.reader import mark_voices, render_article, render_citation
from ui.turns import Turn

HOSTILE = """<script>alert(1)</script><img src=x onerror="alert(2)">'"&${alert(3)}{{x}}"""


@pytest.mark.parametrize(
    "rendered",
    [
        render_citation(
            0,
            cite(
                replace(
                    ARTICLE, text=HOSTILE * 9, title=HOSTILE, outlet=HOSTILE, author=HOSTILE,
                    url=f"https://x.example/{HOSTILE}",
                ),
                speaker=replace(TARRANT, name=HOSTILE),
            ),
        ),
        render_cards(
            0,
            answer(
                citations=(
                    cite(
                        replace(ARTICLE, text=HOSTILE * 9, title="", outlet=HOSTILE),
                        speaker=replace(TARRANT, name=HOSTILE),
                    ),
                )
            ),
        ),
        render_conversation(
            (
                Turn(
                    question=HOSTILE,
                    answer=answer(
                        f"{HOSTILE} [1] {HOSTILE}",
                        citations=(cite(speaker=replace(TARRANT, name=HOSTILE)),),
                    ),
                ),
                Turn(question=HOSTILE, failure=HOSTILE),
            ),
            holdings=SCOPE,
        ),
        render_conversation((), holdings=SCOPE, examples=(HOSTILE,)),
        render_conversation(
            (
                Turn(
                    question=HOSTILE, answer=answer(), link=HOSTILE, rating="up", noted=HOSTILE,
                    options=AskOptions(speaker=HOSTILE, outlet=HOSTILE),
                ),
                Turn(question="", stage=HOSTILE),
            ),
            holdings=SCOPE,
        ),
        render_article(
            replace(ARTICLE, text=HOSTILE * 9, url=""),
            voices=mark_voices(
                replace(ARTICLE, text=HOSTILE * 9),
                [replace(STATEMENT, content=(Span(30, 90),), source=(Span(0, 30),))],
                {"tarrant": replace(TARRANT, name=HOSTILE)},
            ),
        ),
        render_earlier(
            [{"id": HOSTILE, "time": HOSTILE, "name": HOSTILE, "turns": [{"question": HOSTILE}]}]
        ),
        render_cards(0, answer(), copies={"ferry": [replace(ARTICLE, title=HOSTILE)]}),
        show(answer(HOSTILE, citations=(), abstention="nobody-said-it")),
    ],
    ids=[
        "article", "cards", "conversation", "examples", "actions", "voices", "earlier", "copies",
        "abstention",
    ],
)  # fmt: skip
def test_no_untrusted_character_becomes_markup(rendered: str) -> None:
    """Every tag is one of ours, and no quotation mark ends an attribute."""
    assert "&lt;script&gt;" in rendered
    tags = re.findall(r"<[^>]*>", rendered)
    names = {re.split(r"[\s>]", tag[1:].removeprefix("/"))[0] for tag in tags}
    assert names <= {
        "article", "b", "blockquote", "button", "details", "div", "footer", "form", "h1", "h2",
        "h3", "header", "input", "kbd", "label", "li", "mark", "nav", "p", "path", "section",
        "small", "span", "summary", "svg", "ul",
    }  # fmt: skip
    for tag in tags:
        attributes = re.sub(r'^<[\w/]+|\s[\w-]+(="[^"]*")?|/?>$', "", tag)
        assert attributes == ""
        assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', tag))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://x.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        " https://x.example",
        "https://x.example/\njavascript:alert(1)",
        'https://x.example/"onmouseover="alert(1)',
        "//x.example",
        "ftp://x.example",
        "https://post.example@x.example/",
        "https://[oops",
        "",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert "<a " not in render_citation(0, cite(replace(ARTICLE, url=url)))


def test_a_link_says_its_host_and_gives_the_other_page_no_handle_on_ours() -> None:
    rendered = render_citation(0, cite())
    assert (
        '<a href="https://post.example/ferry?a=1&amp;b=2" target="_blank" '
        'rel="noopener noreferrer">Read it at post.example</a>'
    ) in rendered
