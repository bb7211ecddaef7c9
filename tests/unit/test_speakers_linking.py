"""One speaker for one person across an archive."""

from __future__ import annotations

from unit.linkage import ids, link, mentioned, people, person

from index.records import Mention


def test_one_person_under_several_names_is_one_speaker() -> None:
    links = link(people("Michael Varley", "Mike Varley", "Michael J. Varley", "Varley"))
    (speaker,) = links.speakers
    assert ids(links) == [speaker.id] * 4
    assert {speaker.name, *speaker.aliases} == {
        "Michael Varley",
        "Mike Varley",
        "Michael J. Varley",
        "Varley",
    }


def test_people_of_one_surname_are_never_merged() -> None:
    links = link(people("Anna Thorne", "Edwin Thorne", "Edwin Thorne Jr.", "Thorne"))
    assert ids(links) == ["anna-thorne", "edwin-thorne", "edwin-thorne-jr", "thorne"]
    assert links.ambiguous == {"thorne": ("anna-thorne", "edwin-thorne", "edwin-thorne-jr")}


def test_middle_initials_that_differ_keep_people_apart() -> None:
    links = link(people("Carl A. Moss", "Carl B. Moss"))
    assert ids(links) == ["carl-a-moss", "carl-b-moss"]


def test_a_nickname_is_no_evidence_where_others_have_the_surname() -> None:
    names = ("William Reeve", "Bill Reeve")
    assert ids(link(people(*names))) == ["william-reeve", "william-reeve"]
    crowded = link(people(*names, "Clara Reeve"))
    assert ids(crowded) == ["william-reeve", "bill-reeve", "clara-reeve"]


def test_a_surname_is_the_one_whom_nearly_all_articles_mean() -> None:
    links = link(people(*["Paul Garrick"] * 10, "Rita Garrick", "Garrick"))
    assert links.speaker_of["a11", "q11"] == "paul-garrick"
    unclear = link(people(*["Paul Garrick"] * 9, "Rita Garrick", "Garrick"))
    assert unclear.speaker_of["a10", "q10"] == "garrick"


def test_an_office_is_another_speaker_than_the_person() -> None:
    links = link(
        mentioned(
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
        mentioned(
            ("a", "Northern Water Authority", "organisation"),
            ("b", "NWA", "organisation"),
            ("c", "The Northern Water Authority", "organisation"),
        )
    )
    assert [s.id for s in links.speakers] == ["the-northern-water-authority"]


def test_an_unnamed_source_is_another_one_in_each_article() -> None:
    links = link(
        mentioned(("a", "senior official", "unnamed"), ("b", "senior official", "unnamed"))
    )
    assert len({*links.speaker_of.values()}) == 2


def test_a_group_is_the_same_in_every_article() -> None:
    links = link(mentioned(("a", "Critics", "group"), ("b", "critics", "group")))
    assert len({*links.speaker_of.values()}) == 1


def test_the_order_of_the_mentions_changes_nothing() -> None:
    mentions = people("Anna Thorne", "Mike Varley", "Michael Varley", "Thorne", "A. Thorne")
    assert link(mentions).links == link(reversed(mentions)).links


def test_a_description_that_ends_in_a_name_is_not_the_person() -> None:
    links = link(
        mentioned(
            ("a", "Howard Lyle", "person"),
            ("b", "people close to Howard Lyle", "unnamed"),
            ("b", "Susan Tarr and Howard Lyle", "group"),
            ("c", "Lyle", "organisation"),
        )
    )
    assert list(links.speaker_of.values()).count("howard-lyle") == 1


def test_those_who_speak_together_are_speakers_each() -> None:
    both = Mention(
        attribution_id="q0",
        name="Ada Weir and Tarn Council",
        kind="group",
        members=(("Ada Weir", "person"), ("Tarn Council", "organisation")),
    )
    links = link([("a", both), ("b", person("Ada Weir"))])
    found = {speaker.id: speaker for speaker in links.speakers}
    together = found[links.speaker_of["a", "q0"]]
    assert (together.name, together.kind) == ("Ada Weir and Tarn Council", "group")
    assert [found[i].name for i in together.members] == ["Ada Weir", "Tarn Council"]
    assert together.members[0] == links.speaker_of["b", "q0"]
    assert links.speaker_of.keys() == {("a", "q0"), ("b", "q0")}


def test_a_surname_of_two_words_is_the_person_named_in_full() -> None:
    links = link(people("Rosa Velde Brandt", "Velde Brandt", "Ida Brandt"))
    assert ids(links) == ["rosa-velde-brandt", "rosa-velde-brandt", "ida-brandt"]


def test_most_articles_say_whether_a_name_is_a_persons() -> None:
    links = link(
        mentioned(
            ("a", "Chirper", "organisation"),
            ("b", "Chirper", "organisation"),
            ("c", "Chirper", "person"),
        )
    )
    assert [(s.id, s.kind) for s in links.speakers] == [("chirper", "organisation")]


def test_an_organisation_without_a_name_is_another_one_in_each_article() -> None:
    links = link(
        mentioned(("a", "the company", "organisation"), ("b", "the company", "organisation"))
    )
    assert len(links.speakers) == 2


def test_an_article_whose_id_is_a_path_keeps_its_speakers() -> None:
    mention = Mention(attribution_id="2031/a.txt#a0", name="Ann Roe", kind="person")
    links = link([("2031/a.txt", mention)])
    assert links.speaker_of == {("2031/a.txt", "2031/a.txt#a0"): "ann-roe"}


def test_an_initial_before_a_middle_name_is_no_other_given_name() -> None:
    links = link(
        mentioned(
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
