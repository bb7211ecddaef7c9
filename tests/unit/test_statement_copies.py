"""One statement of several copies of a text is one statement, and says where else it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.records import Article, Attribution, Passage, Span, Speaker
from rag.copies import fold
from rag.records import Evidence
from rag.writers.quoting import state

BERG = Speaker(id="berg", name="Otto Berg", kind="person")
HOLM = Speaker(id="holm", name="Petra Holm", kind="person")
SAID = "“The weir is safe and it will stand for a hundred years,”"
BROKEN = SAID.replace("safe and", "safe,\nand")
TEXTS = {
    "post": f"{SAID} said Otto Berg.\n\n“It leaks,” Petra Holm said.",
    "gazette": f"HALDEN (Wire)\n\n{BROKEN} said Otto Berg.",
    "echo": "“The weir is safe and it will stand for a thousand years,” said Otto Berg.",
    "herald": "Otto Berg was asked about the weir and its hundred years.",
}
ARTICLES = {i: Article(id=i, text=text, outlet=f"The {i}") for i, text in TEXTS.items()}


def copies_of(article_id: str) -> list[str]:
    return [other for other in TEXTS if other != article_id]


def stated(article_id: str, speaker: Speaker = BERG) -> Attribution:
    text = TEXTS[article_id]
    first = text.index("“It leaks" if speaker is HOLM else "“The weir")
    content = Span(first, text.index("”", first) + 1)
    return Attribution(
        id=f"{article_id}#{speaker.id}", article_id=article_id, source=(), cue=(), kind="direct",
        content=(content,), speaker_id=speaker.id,
    )  # fmt: skip


def attributions_of(article_id: str) -> list[Attribution]:
    found = [] if article_id == "herald" else [stated(article_id)]
    return [*found, stated("post", HOLM)] if article_id == "post" else found


def piece(article_id: str, speaker: Speaker = BERG, number: int = 1) -> Evidence:
    found = stated(article_id, speaker)
    whole = Span(0, len(TEXTS[article_id]))
    return Evidence(
        number=number, article=ARTICLES[article_id], span=found.content[0], attribution=found,
        passage=Passage(id=f"{article_id}#p", article_id=article_id, span=whole),
        speaker=speaker, score=1.0 - number / 10,
    )  # fmt: skip


def folded(*pieces: Evidence, most: int = 3) -> list[Evidence]:
    return fold(pieces, copies_of, ARTICLES.__getitem__, attributions_of, most)


def test_a_statement_tells_where_else_it_stands_and_in_which_words() -> None:
    [only] = folded(piece("post"))
    assert [(copy.article.id, copy.same) for copy in only.copies] == [
        ("gazette", True),
        ("echo", False),
    ]
    quoted = [copy.article.quote(copy.span) for copy in only.copies]
    assert quoted == [
        "The weir is safe,\nand it will stand for a hundred years",
        "“The weir is safe and it will stand for a thousand years,”",
    ]


def test_what_a_copy_says_again_takes_no_place() -> None:
    pieces = [piece("post"), piece("gazette", number=2), piece("echo", number=3)]
    found = folded(*pieces, piece("post", HOLM, number=4), most=2)
    assert [one.number for one in found] == [1, 4]


def test_another_ones_words_in_a_copy_are_no_repetition() -> None:
    leaks = replace(piece("gazette", number=2), speaker=HOLM)
    assert [one.number for one in folded(piece("post"), leaks)] == [1, 2]


def test_articles_that_are_no_copies_are_left_as_they_are() -> None:
    pieces = [piece("post"), piece("gazette", number=2)]
    assert fold(pieces, lambda _: (), ARTICLES.__getitem__, attributions_of, 3) == pieces


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (("gazette", "echo"), "(The post, also in 1 other article, worded otherwise in 1) [1]"),
        (("gazette", "gazette"), "(The post, also in 2 other articles) [1]"),
        (("echo",), "(The post, worded otherwise in 1) [1]"),
        ((), "(The post) [1]"),
    ],
)
def test_an_answer_says_in_how_many_others(kept: tuple[str, ...], told: str) -> None:
    [found] = folded(piece("post"))
    by_id = {copy.article.id: copy for copy in found.copies}
    claim = state(replace(found, copies=tuple(by_id[name] for name in kept)))
    assert claim is not None
    assert claim.text.endswith(told)
