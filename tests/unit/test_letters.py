"""What readers write is the statement of whoever signs below it."""

from __future__ import annotations

import pytest

from index import attributions, speakers
from index.language import SpacyParser
from index.records import Article

PAGE = """The weir bridge is a disgrace.

LETTERS.

The council should mend the weir bridge before it builds another car park.

My boots have been wet since the second of May.

Petra M. Holm.

Halden, East Vale.

FACEBOOK.

Who walks over that bridge anyway? Nobody under ninety.

Otto van Berg, Lower Quell

Let them swim across, I say.

— JO LEE

Send your letters to the editor by Friday."""


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def letters(parser: SpacyParser, text: str) -> list[tuple[str, str]]:
    """Return who writes what, as an archive has it."""
    article = Article(id="a", text=text, outlet="Halden Post")
    parse = parser.parse(text)
    own = attributions.find_written(article, parse, (), ())
    names = {one.attribution_id: one.name for one in speakers.resolve(article, parse, own)}
    assert {one.kind for one in own} <= {"written"}
    return [(names[one.id], article.quote(span)) for one in own for span in one.content]


def test_each_letter_is_its_signers_and_what_nobody_signs_is_nobodys(parser: SpacyParser) -> None:
    assert letters(parser, PAGE) == [
        (
            "Petra M. Holm",
            "The council should mend the weir bridge before it builds another car park.",
        ),
        ("Petra M. Holm", "My boots have been wet since the second of May."),
        ("Otto van Berg", "Who walks over that bridge anyway? Nobody under ninety."),
        ("Jo Lee", "Let them swim across, I say."),
    ]


@pytest.mark.parametrize("heading", ["To the Editor:", "Letters to the editor", "READERS’ VIEWS"])
def test_a_heading_says_that_letters_follow(parser: SpacyParser, heading: str) -> None:
    text = f"{heading}\n\nWe miss the old bridge.\n\nPetra Holm"
    assert letters(parser, text) == [("Petra Holm", "We miss the old bridge.")]


@pytest.mark.parametrize(
    "text",
    [
        PAGE.replace("LETTERS.\n\n", "").replace("FACEBOOK.\n\n", ""),
        (
            "The bridge fell.\n\nIt was old.\n\nNobody was hurt.\n\nFACEBOOK\n\n"
            "Many hands built it.\n\nPetra Holm\n\nHolm was on it when it fell."
        ),
        "Facebook\n\nTwitter\n\nThe bridge fell on a Monday in May.\n\nGetty Images",
        "Letters\n\nThey wrote to the council.\n\nUnlike Halden, they got no answer.",
    ],
)
def test_a_name_on_a_line_of_its_own_signs_nothing_elsewhere(
    parser: SpacyParser, text: str
) -> None:
    assert letters(parser, text) == []
