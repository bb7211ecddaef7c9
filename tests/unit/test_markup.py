"""What the page's HTML says, marks and never lets through."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest

from rag import (
    Answer,
    Article,
    AskOptions,
    Attribution,
    Citation,
    Passage,
    Question,
    Scope,
    Span,
    Speaker,
)
from ui.markup.cards import render_cards
from ui.markup.conversation import render_conversation
from ui.markup.earlier import render_earlier
from ui.markup.excerpts import excerpt
from ui.markup.masthead import render_masthead
from ui.markup.reader import mark_voices, render_article, render_citation
from ui.turns import Turn
from ui.wording import write_scope

TEXT = """The ferry to Ostrov is safe, the harbour master said.

"I sail on it myself," said Wil Tarrant. "My children sail on it,

and so does my mother."

Nobody else would speak."""

HOSTILE = """<script>alert(1)</script><img src=x onerror="alert(2)">'"&${alert(3)}{{x}}"""

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


def test_the_marked_words_are_exactly_the_highlights() -> None:
    """A highlight that runs over a blank line is marked in each of its paragraphs."""
    expected = [
        '"I sail on it myself,"',
        '"My children sail on it,',
        'and so does my mother."',
    ]
    assert marked(render_citation(0, cite())) == expected
    assert marked(render_cards(0, answer())) == expected


def test_an_excerpt_loses_no_word_of_its_span_and_adds_none() -> None:
    plain = re.sub(r"<[^>]+>", " ", excerpt(ARTICLE, Span(0, len(TEXT)), QUOTE))
    assert html.unescape(plain).split() == TEXT.split()


def test_overlapping_and_unsorted_highlights_mark_each_word_once() -> None:
    spans = (at("is safe, the harbour"), at("ferry to Ostrov is safe"))
    assert marked(excerpt(ARTICLE, Span(0, 54), spans)) == [
        "ferry to Ostrov is safe, the harbour",
    ]


def test_highlights_outside_the_span_mark_nothing() -> None:
    assert marked(excerpt(ARTICLE, Span(0, 54), QUOTE)) == []


def test_a_card_leaves_out_the_paragraphs_that_are_not_cited() -> None:
    rendered = render_cards(0, answer())
    assert "said Wil Tarrant" in rendered
    assert "harbour master" not in re.sub(r'<p class="headline".*', "", rendered, flags=re.DOTALL)
    assert "Nobody else" not in rendered


def test_a_card_reaches_beyond_its_passage_where_the_citation_does() -> None:
    short = cite(passage=Passage(id="p", article_id="ferry", span=Span(0, 54)))
    rendered = render_cards(0, answer(citations=(short,)))
    assert marked(rendered)[-1] == 'and so does my mother."'


def test_only_the_first_mark_of_an_article_is_where_the_page_arrives() -> None:
    rendered = render_citation(0, cite())
    assert re.findall(r"<mark[^>]*>", rendered) == ['<mark data-arrive="center">', *["<mark>"] * 2]


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


def test_only_numbers_with_a_citation_become_buttons() -> None:
    rendered = show(answer("As in [1], not in [2] or [12345]."))
    assert re.findall(r'<button[^>]*data-number="(\d+)"', rendered) == ["1"]
    assert "not in [2] or [12345]." in rendered
    assert 'aria-label="[1] Wil Tarrant · Ostrov Post · 9 May 2031"' in rendered


def test_an_answer_is_plain_text_one_paragraph_a_line() -> None:
    rendered = show(answer("# Not a *heading*\n\n[x](https://x.example) [1]"))
    assert '<p dir="auto"># Not a *heading*</p>' in rendered
    assert (
        '<p dir="auto" class="statement"> <span class="together">[x](https://x.example) <button'
        in rendered
    )


def test_the_speaker_stands_out_and_the_imprint_steps_back() -> None:
    rendered = show(answer("Wil Tarrant said: “No” (really) (Osk Gazette, 9 May 2031) [1]"))
    assert (
        '<b>Wil Tarrant</b> said: “No” (really)<span class="imprint"> (Osk Gazette, 9 May </span>'
        '<span class="together"><span class="imprint">2031)</span> <button'
    ) in rendered
    assert "<b>" not in show(answer("As Wil Tarrant said: “No” [1]"))


@pytest.mark.parametrize(
    ("stance", "polarity", "kind", "badges"),
    [
        ("denies", "asserted", "direct", ["denied", "Direct quote"]),
        ("says", "negated", "indirect", ["did not say", "Indirect"]),
        ("alleges", "hypothetical", "mixed", ["alleged, hypothetically", "Partly quoted"]),
    ],
)
def test_a_card_says_what_the_speaker_did_and_whose_words_they_are(
    stance: str, polarity: str, kind: str, badges: list[str]
) -> None:
    statement = cite().attribution
    assert statement is not None
    statement = replace(statement, stance=stance, polarity=polarity, kind=kind)  # type: ignore[arg-type]
    rendered = render_cards(0, answer(citations=(cite(attribution=statement),)))
    assert re.findall(r'<span class="badge[^>]*>([^<]*)', rendered) == badges


def test_a_speaker_who_is_not_resolved_is_called_what_the_article_calls_him() -> None:
    rendered = render_cards(0, answer(citations=(cite(speaker=None),)))
    assert '<h3 dir="auto">Wil Tarrant</h3>' in rendered


def test_words_that_nobody_says_are_the_articles_own() -> None:
    bare = cite(speaker=None, attribution=None)
    rendered = render_cards(0, answer(citations=(bare,)))
    assert '<h3 dir="auto">The article itself</h3><span class="badge">No speaker</span>' in rendered


def test_an_article_without_title_outlet_or_date_is_still_told_apart() -> None:
    bare = Article(id="x", text=f"{TEXT} {'word ' * 50}")
    rendered = render_cards(0, answer(citations=(cite(bare),)))
    assert (
        "The ferry to Ostrov is safe, the harbour master said. &#34;I sail on it myself,&#34; "
        "said Wil …"
    ) in rendered
    assert "Outlet not given · no date" in rendered


@pytest.mark.parametrize(
    ("abstention", "title"),
    [
        ("empty-archive", "The archive is empty"),
        ("no-such-speaker", "No such speaker in this archive"),
        ("nothing-on-topic", "Nothing on record about this"),
        ("nobody-said-it", "Nobody on record says so"),
        ("outside-dates", "Nothing on record in these dates"),
    ],
)
def test_an_abstention_is_a_result_with_its_reason_and_what_comes_nearest(
    abstention: str, title: str
) -> None:
    result = answer("None here. Searched: 9 articles.\nTarrant said no. [1]", abstention=abstention)
    rendered = show(result)
    assert (
        f'<div class="abstention"><h3>{title}</h3>'
        '<p dir="auto">None here. Searched: 9 articles.</p>'
        '<p dir="auto" class="statement">Tarrant said <span class="together">no. <button'
    ) in rendered
    assert 'role="alert"' not in rendered
    cards = render_cards(0, result)
    assert "<h2>Nearest statements</h2><p>None of these answers the question.</p>" in cards


def test_an_abstention_without_anything_near_promises_nothing() -> None:
    result = answer("None here.", citations=(), abstention="nobody-said-it")
    assert render_cards(0, result) == '<p class="hint">There is no statement to show.</p>'


def test_a_failure_is_announced_with_what_to_do() -> None:
    turn = Turn(question="Is it safe?", failure="The model is missing. Install it.")
    rendered = render_conversation((turn,), holdings=SCOPE)
    assert 'role="alert"><p>The model is missing. Install it.</p>' in rendered


def test_an_empty_archive_says_how_to_fill_it() -> None:
    rendered = render_conversation((), holdings=Scope(0, None, None), examples=("What?",))
    assert "onrecord build FOLDER" in rendered
    assert "What?" not in rendered
    assert "0 articles" not in render_masthead(Scope(0, None, None), 0)


def test_the_page_arrives_at_the_last_turn_only() -> None:
    turns = (Turn(question="One?", answer=answer()), Turn(question="Two?", stage="Searching"))
    rendered = render_conversation(turns, holdings=SCOPE)
    assert re.findall(r'data-arrive="start"><h2 dir="auto">([^<]*)', rendered) == ["Two?"]
    assert rendered.endswith('<p class="searching">Searching</p></section></div>')


def test_an_answer_that_comes_shows_its_first_statements_and_nothing_to_do_yet() -> None:
    turn = Turn(question="Is it safe?", answer=answer("Yes.\nTarrant: yes. [1]\nMore. [1]"))
    coming = render_conversation((replace(turn, shown=2),), holdings=SCOPE)
    assert 'aria-busy="true"' in coming
    assert re.findall(r'<p dir="auto"[^>]*>([^<]*)', coming) == ["Yes.", "Tarrant: "]
    assert coming.count('class="statement"') == 1
    assert "More." not in coming
    assert "Export" not in coming
    whole = render_conversation((turn,), holdings=SCOPE)
    assert "aria-busy" not in whole
    assert whole.count('class="statement"') == 2
    assert "Export" in whole


def test_cards_name_the_question_only_where_there_are_several() -> None:
    assert '<p class="of"' not in render_cards(0, answer())
    assert '<p class="of" dir="auto">“Is it?”</p>' in render_cards(0, answer(), of="Is it?")


def test_going_back_arrives_at_the_card_that_was_left() -> None:
    second = cite(number=2)
    rendered = render_cards(3, answer(citations=(cite(), second)), opened=2)
    assert re.findall(r'data-turn="3" data-number="(\d)" data-focus', rendered) == ["2"]


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(1, date(2031, 5, 9), date(2031, 5, 9)), "1 article, 9 May 2031"),
        (Scope(2, None, None), "2 articles"),
        (SCOPE, "1,204 articles, 2 January 2030 to 9 May 2031"),
    ],
)
def test_a_scope_reads_as_a_count_and_its_days(scope: Scope, words: str) -> None:
    assert write_scope(scope) == words


def test_everybody_else_in_the_article_is_marked_by_name() -> None:
    rendered = render_citation(0, cite(), [STATEMENT, MASTER], {"tarrant": TARRANT})
    assert (
        '<span class="said" data-hue="0" title="the harbour master confirmed" '
        'data-who="the harbour master" data-named>The ferry to Ostrov is safe</span>'
    ) in rendered
    assert 'data-seek="the harbour master"' in rendered
    assert 'data-seek="Wil Tarrant"' not in rendered
    assert marked(rendered)[0] == '"I sail on it myself,"'


def test_of_statements_within_one_another_the_inner_is_marked_and_no_word_is_lost() -> None:
    inner = replace(MASTER, id="c", content=(at("Ostrov is"),), source=(at("Nobody"),))
    rendered = render_article(ARTICLE, voices=mark_voices(ARTICLE, [MASTER, inner], {}))
    said = re.findall(r'<span class="said" data-hue="(.)"[^>]*>([^<]*)', rendered)
    assert said == [("0", "The ferry to "), ("1", "Ostrov is"), ("0", " safe")]
    body = re.sub(r".*<div class=\"body\"[^>]*>|<[^>]+>", " ", rendered, flags=re.DOTALL)
    assert "".join(html.unescape(body).split()) == "".join(TEXT.split())


def test_a_speaker_is_named_once_a_paragraph_until_another_speaks() -> None:
    again = replace(MASTER, id="c", content=(at("the harbour master"),))
    rendered = render_article(ARTICLE, voices=mark_voices(ARTICLE, [MASTER, again], {}))
    assert rendered.count("data-who=") == 2
    assert rendered.count("data-named") == 1


def test_a_card_says_what_the_speaker_is() -> None:
    source = replace(STATEMENT, source=(at('said Wil Tarrant. "My children'),))
    rendered = render_cards(0, answer(citations=(cite(attribution=source),)))
    assert '<p class="role" dir="auto">said, &#34;My children</p>' in rendered


def test_a_card_says_in_how_many_other_articles_the_same_stands() -> None:
    copy = replace(ARTICLE, id="copy", title="Ferry safe", outlet="Osk Gazette")
    rendered = render_cards(0, answer(), copies={"ferry": [copy]})
    assert (
        '<details class="copies"><summary>Also in 1 other</summary><ul><li dir="auto">'
        "Ferry safe · Osk Gazette · 9 May 2031</li></ul></details>"
    ) in rendered
    assert "Also in" not in render_cards(0, answer())


def test_a_turn_shows_its_filters_and_what_it_lost() -> None:
    turn = Turn(
        question="Is it safe?", answer=answer(), stale=True,
        options=AskOptions(speaker="Wil Tarrant", since=date(2031, 5, 1)),
    )  # fmt: skip
    rendered = render_conversation((turn,), holdings=SCOPE)
    assert '<p class="limits">Only Wil Tarrant · since 1 May 2031</p>' in rendered
    assert "have changed or gone since" in rendered


def test_a_judged_answer_asks_why_and_then_thanks() -> None:
    turn = Turn(question="Is it safe?", answer=answer(), rating="down")
    rendered = render_conversation((turn,), holdings=SCOPE)
    assert 'data-text="down" aria-pressed="true"' in rendered
    assert "What was wrong?" in rendered
    noted = replace(turn, noted="Thank you.")
    rendered = render_conversation((noted,), holdings=SCOPE)
    assert '<p class="reason" role="status">Thank you.</p>' in rendered
    assert "<form" not in rendered
