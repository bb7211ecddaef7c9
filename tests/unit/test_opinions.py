"""What the author of an opinion piece writes is the author's statement; a report is nobody's."""

from __future__ import annotations

import pytest

from index import attributions, speakers
from index.language import SpacyParser
from index.records import Article

PIECE = (
    "I have walked over the weir bridge every day for forty years, and it has never been worse.\n\n"
    "The council should mend the bridge before it builds another car park for the market.\n\n"
    "“We will look at it next year, and at the bank as well, when money is there,” Mayor Otto Berg "
    "told my neighbour.\n\n"
    "My neighbours and I will not wait for him. We have a plan of our own, and the wood for it."
)
REPORT = (
    "The council will mend the weir bridge next spring, after eleven years of complaints.\n\n"
    "“I have walked over it every day, and I tell you: my shoes, my coat, my hat got wet,” said "
    "Petra Holm, who lives beside it."
)


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def written(parser: SpacyParser, text: str, **fields: str) -> list[str]:
    """Return what the author writes, as printed."""
    article = Article(id="a", text=text, **({"author": "Jo Lee", "outlet": "Post"} | fields))  # type: ignore[arg-type]
    parse = parser.parse(text)
    found = attributions.find(article, parse, "rules")
    own = attributions.find_written(article, parse, found, speakers.signers(article))
    assert all((one.source, one.cue, one.kind) == ((), (), "written") for one in own)
    return [article.quote(span) for one in own for span in one.content]


def test_the_paragraphs_of_one_who_says_i_are_the_authors_but_for_what_others_say(
    parser: SpacyParser,
) -> None:
    first, second, _, last = PIECE.split("\n\n")
    assert written(parser, PIECE) == [first, second, last]


def test_a_report_that_quotes_somebody_who_says_i_is_none(parser: SpacyParser) -> None:
    assert written(parser, REPORT) == []


@pytest.mark.parametrize("author", ["", "Halden Wire", "The Editors", "Post", "Staff", "Jo"])
def test_what_no_person_signs_is_nobodys(parser: SpacyParser, author: str) -> None:
    assert written(parser, PIECE, author=author) == []


PLAIN = "The council should mend the weir bridge before it builds another car park."


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "https://post.example/opinion/2031/bridge"},
        {"title": "Opinion: Mend the bridge"},
        {"title": "Mend the bridge | Commentary"},
    ],
)
def test_what_its_outlet_files_under_opinion_is_one(
    parser: SpacyParser, fields: dict[str, str]
) -> None:
    assert written(parser, PLAIN, **fields) == [PLAIN]
    assert written(parser, PLAIN) == []


def test_who_the_author_is_tells_it_and_isnt_what_he_says(parser: SpacyParser) -> None:
    for end in (
        "Jo Lee is a retired engineer who lives in Halden.",
        "Jo Lee, a retired engineer, lives in Halden.",
    ):
        text = f"{PLAIN}\n\n{end}\n\nFollow Jo Lee on every page of this paper and its pictures."
        assert written(parser, text) == [PLAIN]


def test_a_long_paragraph_is_cut_between_sentences(parser: SpacyParser) -> None:
    sentences = [
        f"I say for the {n}th time that my bridge needs wood and nails." for n in range(20)
    ]
    pieces = written(parser, " ".join(sentences))
    assert len(pieces) == 4
    assert " ".join(pieces) == " ".join(sentences)


@pytest.mark.parametrize(
    ("author", "name", "kind"),
    [
        ("Jo Lee", "Jo Lee", "person"),
        ("BY JO LEE, Halden Post", "Jo Lee", "person"),
        ("Jo Lee and Petra Holm", "Jo Lee and Petra Holm", "group"),
        ("Jo Lee, Otto Berg, and Petra Holm", "Jo Lee and Otto Berg and Petra Holm", "group"),
    ],
)
def test_those_who_sign_are_its_speakers(
    parser: SpacyParser, author: str, name: str, kind: str
) -> None:
    article = Article(id="a", text=PIECE, author=author, outlet="Post")
    own = attributions.find_written(article, parser.parse(PIECE), [], speakers.signers(article))
    mentions = speakers.sign(article, own)
    assert [(m.attribution_id, m.name, m.kind) for m in mentions] == [
        (one.id, name, kind) for one in own
    ]
    assert own
