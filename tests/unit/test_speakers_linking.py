"""One speaker for one person across an archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from index.errors import ArchiveError
from index.records import Gender, Mention, Role, Speaker, SpeakerKind
from index.speakers import Corrections, Links, Origin, collect, read_corrections
from index.speakers import link as link_namings


def _archive(*rows: tuple[str, str, SpeakerKind]) -> list[tuple[str, Mention]]:
    return [
        (article, Mention(attribution_id=f"q{n}", name=name, kind=kind))
        for n, (article, name, kind) in enumerate(rows)
    ]


class Linked(NamedTuple):
    """Links, with the speaker of each mention, by article id and attribution id."""

    links: Links
    speaker_of: dict[tuple[str, str], str]
    speakers: tuple[Speaker, ...]
    ambiguous: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]


def link(
    mentions: Iterable[tuple[str, Mention]],
    corrections: Corrections | None = None,
    origins: Mapping[str, Origin] | None = None,
) -> Linked:
    given = list(mentions)
    links = link_namings(collect(given), corrections, origins)
    speaker_of = {
        (article, m.attribution_id): links.speaker_of[article, m.name, m.kind, m.members]
        for article, m in given
    }
    return Linked(links, speaker_of, links.speakers, links.ambiguous, links.unused)


def _people(*names: str) -> list[tuple[str, Mention]]:
    return _archive(*((f"a{n}", name, "person") for n, name in enumerate(names)))


def _ids(links: Linked) -> list[str]:
    return [links.speaker_of[place] for place in sorted(links.speaker_of)]


def test_one_person_under_several_names_is_one_speaker() -> None:
    links = link(_people("Michael Varley", "Mike Varley", "Michael J. Varley", "Varley"))
    (speaker,) = links.speakers
    assert _ids(links) == [speaker.id] * 4
    assert {speaker.name, *speaker.aliases} == {
        "Michael Varley",
        "Mike Varley",
        "Michael J. Varley",
        "Varley",
    }


def test_people_of_one_surname_are_never_merged() -> None:
    links = link(_people("Anna Thorne", "Edwin Thorne", "Edwin Thorne Jr.", "Thorne"))
    assert _ids(links) == ["anna-thorne", "edwin-thorne", "edwin-thorne-jr", "thorne"]
    assert links.ambiguous == {"thorne": ("anna-thorne", "edwin-thorne", "edwin-thorne-jr")}


def test_middle_initials_that_differ_keep_people_apart() -> None:
    links = link(_people("Carl A. Moss", "Carl B. Moss"))
    assert _ids(links) == ["carl-a-moss", "carl-b-moss"]


def test_a_nickname_is_no_evidence_where_others_have_the_surname() -> None:
    names = ("William Reeve", "Bill Reeve")
    assert _ids(link(_people(*names))) == ["william-reeve", "william-reeve"]
    crowded = link(_people(*names, "Clara Reeve"))
    assert _ids(crowded) == ["william-reeve", "bill-reeve", "clara-reeve"]


def test_a_surname_is_the_one_whom_nearly_all_articles_mean() -> None:
    links = link(_people(*["Paul Garrick"] * 10, "Rita Garrick", "Garrick"))
    assert links.speaker_of["a11", "q11"] == "paul-garrick"
    unclear = link(_people(*["Paul Garrick"] * 9, "Rita Garrick", "Garrick"))
    assert unclear.speaker_of["a10", "q10"] == "garrick"


def test_an_office_is_another_speaker_than_the_person() -> None:
    links = link(
        _archive(
            ("a", "Howard Lyle's office", "organisation"),
            ("b", "Lyle's office", "organisation"),
            ("b", "Howard Lyle", "person"),
        )
    )
    assert links.speaker_of["a", "q0"] == links.speaker_of["b", "q1"]
    assert links.speaker_of["b", "q2"] == "howard-lyle"
    assert links.speaker_of["a", "q0"] != "howard-lyle"


def test_an_acronym_is_the_one_organisation_that_it_fits() -> None:
    links = link(
        _archive(
            ("a", "Northern Water Authority", "organisation"),
            ("b", "NWA", "organisation"),
            ("c", "The Northern Water Authority", "organisation"),
        )
    )
    assert [s.id for s in links.speakers] == ["the-northern-water-authority"]


def test_an_unnamed_source_is_another_one_in_each_article() -> None:
    links = link(_archive(("a", "senior official", "unnamed"), ("b", "senior official", "unnamed")))
    assert len({*links.speaker_of.values()}) == 2


def test_a_group_is_the_same_in_every_article() -> None:
    links = link(_archive(("a", "Critics", "group"), ("b", "critics", "group")))
    assert len({*links.speaker_of.values()}) == 1


def test_the_order_of_the_mentions_changes_nothing() -> None:
    mentions = _people("Anna Thorne", "Mike Varley", "Michael Varley", "Thorne", "A. Thorne")
    assert link(mentions).links == link(reversed(mentions)).links


def test_corrections_merge_split_and_rename(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(
        """
        [[merge]]
        speakers = ["Jonathan Weir", "Jon Weyr"]
        [[split]]
        speaker = "Jane Holt"
        articles = ["a3"]
        name = "Jane Holt (judge)"
        [[rename]]
        speaker = "K. Lamb"
        name = "Kirsten Lamb"
        [[rename]]
        speaker = "Nobody Known"
        name = "Somebody"
        """,
        encoding="utf-8",
    )
    corrections = read_corrections(tmp_path)
    mentions = _people("Jonathan Weir", "Jon Weyr", "Jane Holt", "Jane Holt", "K. Lamb")
    links = link(mentions, corrections)
    assert {s.name for s in links.speakers} == {
        "Jonathan Weir",
        "Jane Holt",
        "Jane Holt (judge)",
        "Kirsten Lamb",
    }
    assert links.speaker_of["a1", "q1"] == "jonathan-weir"
    assert links.speaker_of["a3", "q3"] == "jane-holt-judge"
    assert links.unused == ("rename Nobody Known: no such speaker",)


def test_corrections_survive_a_rebuild_with_more_articles(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(
        '[[merge]]\nspeakers = ["Jonathan Weir", "Jon Weyr"]\n', encoding="utf-8"
    )
    mentions = _people("Jon Weyr", "Jonathan Weir", "Ada Weir", "Jonathan Weir")
    links = link(mentions, read_corrections(tmp_path))
    assert _ids(links) == ["jonathan-weir", "jonathan-weir", "ada-weir", "jonathan-weir"]


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert link(_people("Ada Weir"), read_corrections(tmp_path)) == link(_people("Ada Weir"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[merge]", "isn't TOML"),
        ('[[join]]\nspeakers = ["A", "B"]', "is no correction"),
        ('[[rename]]\nspeaker = "A"', "needs speaker"),
        ('[[merge]]\nspeakers = "A"', "needs speakers"),
    ],
)
def test_a_broken_file_is_an_error_that_names_it(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveError, match=reason) as caught:
        read_corrections(tmp_path)
    assert caught.value.path == tmp_path / "corrections.toml"


def test_a_description_that_ends_in_a_name_is_not_the_person() -> None:
    links = link(
        _archive(
            ("a", "Howard Lyle", "person"),
            ("b", "people close to Howard Lyle", "unnamed"),
            ("b", "Susan Tarr and Howard Lyle", "group"),
            ("c", "Lyle", "organisation"),
        )
    )
    assert list(links.speaker_of.values()).count("howard-lyle") == 1


def _person(name: str, *roles: str, gender: Gender = "", n: int = 0) -> Mention:
    return Mention(attribution_id=f"q{n}", name=name, kind="person", gender=gender, roles=roles)


def test_those_who_speak_together_are_speakers_each() -> None:
    both = Mention(
        attribution_id="q0",
        name="Ada Weir and Tarn Council",
        kind="group",
        members=(("Ada Weir", "person"), ("Tarn Council", "organisation")),
    )
    links = link([("a", both), ("b", _person("Ada Weir"))])
    found = {speaker.id: speaker for speaker in links.speakers}
    together = found[links.speaker_of["a", "q0"]]
    assert (together.name, together.kind) == ("Ada Weir and Tarn Council", "group")
    assert [found[i].name for i in together.members] == ["Ada Weir", "Tarn Council"]
    assert together.members[0] == links.speaker_of["b", "q0"]
    assert links.speaker_of.keys() == {("a", "q0"), ("b", "q0")}


def test_roles_have_their_dates_and_outlets() -> None:
    mentions = [
        ("a", _person("Otto Roe", "harbour board director")),
        ("b", _person("Otto Roe", "director of the Harbour Board", "father of two")),
        ("c", _person("Otto Roe", "harbour board director")),
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
        ("a", _person("Anna Thorne", "harbour board director")),
        ("b", _person("Edwin Thorne", "town councillor")),
        ("c", _person("Thorne", "director of the Harbour Board")),
        ("d", _person("Thorne", "a baker")),
    ]
    links = link(mentions)
    assert links.speaker_of["c", "q0"] == "anna-thorne"
    assert links.speaker_of["d", "q0"] == "thorne"
    assert links.ambiguous == {"thorne": ("anna-thorne", "edwin-thorne")}


def test_a_title_tells_which_of_two_a_surname_means() -> None:
    mentions = [
        ("a", _person("Anna Thorne", gender="f")),
        ("b", _person("Edwin Thorne", gender="m")),
        ("c", _person("Thorne", gender="m")),
    ]
    assert link(mentions).speaker_of["c", "q0"] == "edwin-thorne"


def test_company_and_outlet_tell_which_of_two_a_surname_means() -> None:
    mentions = [
        ("a", _person("Anna Thorne")),
        ("a", _person("Jo Lamb", n=1)),
        ("b", _person("Edwin Thorne")),
        ("c", _person("Thorne")),
        ("c", _person("Jo Lamb", n=1)),
    ]
    near = {"a": Origin(date(2021, 3, 1), "Tarn Post"), "c": Origin(date(2021, 3, 5), "Tarn Post")}
    assert link(mentions, None, near).speaker_of["c", "q0"] == "anna-thorne"
    later = near | {"c": Origin(date(2021, 9, 5), "Tarn Post")}
    assert link(mentions, None, later).speaker_of["c", "q0"] == "thorne"


def test_junior_is_the_same_only_where_a_role_says_so() -> None:
    mentions = [
        ("a", _person("Carl Moss", "deputy mayor of Tarn")),
        ("b", _person("Carl B. Moss Jr.", "deputy mayor of Tarn")),
        ("c", _person("Otto Roe", "deputy mayor of Tarn")),
        ("d", _person("Otto Roe Jr.")),
    ]
    assert _ids(link(mentions)) == ["carl-moss", "carl-moss", "otto-roe", "otto-roe-jr"]


def test_a_misspelt_given_name_is_the_same_only_where_a_role_says_so() -> None:
    mentions = [
        ("a", _person("Hillary Venn", "harbour board director")),
        ("b", _person("Hilary Venn", "harbour board director")),
        ("c", _person("Marten Dole", "sailor")),
        ("d", _person("Marton Dole", "baker")),
    ]
    assert len({*_ids(link(mentions))}) == 3


def test_whom_one_article_tells_apart_are_two() -> None:
    mentions = [
        ("a", _person("Carl Moss", "deputy mayor of Tarn")),
        ("a", _person("Carl Moss Jr.", "deputy mayor of Tarn", n=1)),
    ]
    assert len(link(mentions).speakers) == 2


def test_a_surname_of_two_words_is_the_person_named_in_full() -> None:
    links = link(_people("Rosa Velde Brandt", "Velde Brandt", "Ida Brandt"))
    assert _ids(links) == ["rosa-velde-brandt", "rosa-velde-brandt", "ida-brandt"]


def test_most_articles_say_whether_a_name_is_a_persons() -> None:
    links = link(
        _archive(
            ("a", "Chirper", "organisation"),
            ("b", "Chirper", "organisation"),
            ("c", "Chirper", "person"),
        )
    )
    assert [(s.id, s.kind) for s in links.speakers] == [("chirper", "organisation")]


def test_an_organisation_without_a_name_is_another_one_in_each_article() -> None:
    links = link(
        _archive(("a", "the company", "organisation"), ("b", "the company", "organisation"))
    )
    assert len(links.speakers) == 2


def test_an_article_whose_id_is_a_path_keeps_its_speakers() -> None:
    mention = Mention(attribution_id="2031/a.txt#a0", name="Ann Roe", kind="person")
    links = link([("2031/a.txt", mention)])
    assert links.speaker_of == {("2031/a.txt", "2031/a.txt#a0"): "ann-roe"}


def test_an_initial_before_a_middle_name_is_no_other_given_name() -> None:
    links = link(
        _archive(
            ("a", "C. Rick Weir", "person"),
            ("b", "Carmel Weir", "person"),
            ("c", "Rick Weir", "person"),
            ("d", "J. Tarr", "person"),
            ("e", "Jane Tarr", "person"),
        )
    )
    names = {speaker.id: speaker.name for speaker in links.speakers}
    led = [names[links.speaker_of[article, f"q{n}"]] for n, article in enumerate("abcde")]
    assert led == ["C. Rick Weir", "Carmel Weir", "C. Rick Weir", "Jane Tarr", "Jane Tarr"]
