"""Copies of one agency's text are told from articles that merely are of one matter."""

from __future__ import annotations

import pytest

from index.copies import bands, find_story, sign

WIRE = (
    "Mayor Ilse Brandvold denied on Tuesday that the Port Ansel bridge was unsafe. She said the "
    "inspectors had found two loose bolts and no cracks. Harbour master Teo Marchetti, who asked "
    "for the inspection in March, called the report incomplete and said divers ought to look at "
    "the piers before the autumn storms. The council meets again on Friday to hear both of them."
)
SAME_MATTER = (
    "Port Ansel's council will meet on Friday over the bridge that its harbour master believes to "
    "be unsafe. Teo Marchetti asked for an inspection in March and has said since that nobody "
    "looked at the piers. Ilse Brandvold, the mayor, has dismissed his fears more than once, and "
    "told this newspaper that two loose bolts were all that the inspectors could find in a week."
)


def story(text: str, published: str | None, *others: tuple[str, str | None, int]) -> int | None:
    return find_story(sign(text), published, [(sign(t), day, n) for t, day, n in others])


def test_a_copy_under_another_headline_and_a_little_shortened_shares_the_story() -> None:
    shortened = "PORT ANSEL (Wire) - " + WIRE[: WIRE.index("The council")]
    assert story(shortened, "2031-03-05", (WIRE, "2031-03-04", 7)) == 7
    assert set(bands(sign(shortened))) & set(bands(sign(WIRE)))


def test_another_article_on_the_same_matter_is_no_copy() -> None:
    assert story(SAME_MATTER, "2031-03-05", (WIRE, "2031-03-04", 7)) is None


@pytest.mark.parametrize(("day", "found"), [("2031-03-30", 7), (None, 7), ("2032-03-04", None)])
def test_the_same_words_a_year_later_are_no_copy(day: str | None, found: int | None) -> None:
    assert story(WIRE, day, (WIRE, "2031-03-04", 7)) == found


def test_of_several_the_most_similar_one_decides() -> None:
    changed = WIRE.replace("two loose bolts", "three loose bolts").replace("Friday", "Monday")
    assert story(WIRE, None, (changed, None, 1), (WIRE, None, 2)) == 2


@pytest.mark.parametrize("text", ["", "One.", "Äpfel und Birnen", "!!! ???"])
def test_texts_of_few_words_are_copies_only_of_themselves(text: str) -> None:
    assert story(text, None, (text, None, 1)) == 1
    assert story(text, None, (WIRE, None, 1)) is None
