"""A turn shows its answer, its refusal or its failure, and what may be done about it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from unit.answers import SCOPE, answer, show

from rag import AskOptions, Scope
from ui.markup.cards import render_cards
from ui.markup.conversation import render_conversation
from ui.markup.masthead import render_masthead
from ui.turns import Turn
from ui.wording import write_scope


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
