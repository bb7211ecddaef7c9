"""Whom a name means where it might mean several, told by roles, titles and company."""

from __future__ import annotations

from datetime import date

from unit.linkage import ids, link, person

from index.records import Role
from index.speakers import Origin


def test_roles_have_their_dates_and_outlets() -> None:
    mentions = [
        ("a", person("Otto Roe", "harbour board director")),
        ("b", person("Otto Roe", "director of the Harbour Board", "father of two")),
        ("c", person("Otto Roe", "harbour board director")),
    ]
    origins = {
        "a": Origin(date(2021, 3, 1), "Tarn Post"),
        "b": Origin(date(2021, 1, 9), "Quay News"),
        "c": Origin(None, ""),
    }
    (speaker,) = link(mentions, None, origins).speakers
    assert speaker.roles == (
        Role(
            name="harbour board director",
            articles=3,
            first=date(2021, 1, 9),
            last=date(2021, 3, 1),
            outlets=("Quay News", "Tarn Post"),
        ),
        Role(
            name="father of two",
            articles=1,
            first=date(2021, 1, 9),
            last=date(2021, 1, 9),
            outlets=("Quay News",),
        ),
    )


def test_a_role_tells_which_of_two_a_surname_means() -> None:
    mentions = [
        ("a", person("Anna Thorne", "harbour board director")),
        ("b", person("Edwin Thorne", "town councillor")),
        ("c", person("Thorne", "director of the Harbour Board")),
        ("d", person("Thorne", "a baker")),
    ]
    links = link(mentions)
    assert links.speaker_of["c", "q0"] == "anna-thorne"
    assert links.speaker_of["d", "q0"] == "thorne"
    assert links.ambiguous == {"thorne": ("anna-thorne", "edwin-thorne")}


def test_a_title_tells_which_of_two_a_surname_means() -> None:
    mentions = [
        ("a", person("Anna Thorne", gender="f")),
        ("b", person("Edwin Thorne", gender="m")),
        ("c", person("Thorne", gender="m")),
    ]
    assert link(mentions).speaker_of["c", "q0"] == "edwin-thorne"


def test_company_and_outlet_tell_which_of_two_a_surname_means() -> None:
    mentions = [
        ("a", person("Anna Thorne")),
        ("a", person("Jo Lamb", n=1)),
        ("b", person("Edwin Thorne")),
        ("c", person("Thorne")),
        ("c", person("Jo Lamb", n=1)),
    ]
    near = {"a": Origin(date(2021, 3, 1), "Tarn Post"), "c": Origin(date(2021, 3, 5), "Tarn Post")}
    assert link(mentions, None, near).speaker_of["c", "q0"] == "anna-thorne"
    later = near | {"c": Origin(date(2021, 9, 5), "Tarn Post")}
    assert link(mentions, None, later).speaker_of["c", "q0"] == "thorne"


def test_junior_is_the_same_only_where_a_role_says_so() -> None:
    mentions = [
        ("a", person("Carl Moss", "deputy mayor of Tarn")),
        ("b", person("Carl B. Moss Jr.", "deputy mayor of Tarn")),
        ("c", person("Otto Roe", "deputy mayor of Tarn")),
        ("d", person("Otto Roe Jr.")),
    ]
    assert ids(link(mentions)) == ["carl-moss", "carl-moss", "otto-roe", "otto-roe-jr"]


def test_a_misspelt_given_name_is_the_same_only_where_a_role_says_so() -> None:
    mentions = [
        ("a", person("Hillary Venn", "harbour board director")),
        ("b", person("Hilary Venn", "harbour board director")),
        ("c", person("Marten Dole", "sailor")),
        ("d", person("Marton Dole", "baker")),
    ]
    assert len({*ids(link(mentions))}) == 3


def test_whom_one_article_tells_apart_are_two() -> None:
    mentions = [
        ("a", person("Carl Moss", "deputy mayor of Tarn")),
        ("a", person("Carl Moss Jr.", "deputy mayor of Tarn", n=1)),
    ]
    assert len(link(mentions).speakers) == 2
