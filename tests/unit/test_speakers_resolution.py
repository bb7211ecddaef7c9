"""Whom a source names, as far as its own article tells."""

from __future__ import annotations

import re

import pytest

from index.language import SpacyParser
from index.records import Article, Attribution, AttributionKind, Mention, Span
from index.speakers import resolve

_MARK = re.compile(r"\[(?P<words>[^\]]*)\]")


def _attribution(number: int, source: Span | None, content: Span, text: str) -> Attribution:
    first = text[content.start]
    kind: AttributionKind = "direct" if first in "“\"'" else "indirect"
    return Attribution(
        id=f"q{number}",
        article_id="a",
        source=() if source is None else (source,),
        cue=(),
        content=(content,),
        kind=kind,
    )


def _speakers(marked: str, author: str = "") -> list[tuple[str, str]]:
    """Resolve the sources in brackets; each one's content is the rest of its sentence's quotation.

    The content is the quotation that ends before the source in its paragraph, else all that follows
    the source in its sentence.
    """
    text, sources = "", []
    last = 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        sources.append(Span(len(text), len(text) + len(match["words"])))
        text += match["words"]
        last = match.end()
    text += marked[last:]
    attributions = []
    for number, source in enumerate(sources):
        start = text.rfind("\n", 0, source.start) + 1
        before = list(re.finditer(r"“[^”]*”", text[start : source.start]))
        if before and text[start + before[-1].end() : source.start].strip(" said") == "":
            content = Span(start + before[-1].start(), start + before[-1].end())
        else:
            end = re.search(r"[.!?](?=\s|$)|”", text[source.end :])
            assert end is not None
            content = Span(source.end + 1, source.end + end.end())
        attributions.append(_attribution(number, source, content, text))
    article = Article(id="a", text=text, author=author)
    mentions = resolve(article, SpacyParser().parse(text), attributions)
    assert [m.attribution_id for m in mentions] == [a.id for a in attributions]
    return [(m.name, m.kind) for m in mentions]


def _names(marked: str) -> list[str]:
    return [name for name, _ in _speakers(marked)]


def test_a_pronoun_is_the_person_who_spoke_before() -> None:
    text = (
        "Margaret Ellery, the mayor of Harrowgate, met Thomas Quill on Monday.\n\n"
        "“The bridge will open in May,” [Ellery] said.\n\n"
        "“It took too long,” [she] said. [Mr. Quill] said that the price had doubled. "
        "[He] said that he would vote against it."
    )
    assert _names(text) == ["Margaret Ellery", "Margaret Ellery", "Thomas Quill", "Thomas Quill"]


def test_nobody_names_himself_in_his_own_words() -> None:
    text = (
        "Councillor Peter Marsh spoke first. “Robert Dunne has never read the budget,” [he] said."
    )
    assert _names(text) == ["Peter Marsh"]


def test_two_people_of_one_surname_stay_apart() -> None:
    text = (
        "Helen Draycott and her brother, Simon Draycott, both run for the council.\n\n"
        "[Ms. Draycott] said that the park should stay. [Mr. Draycott] said that it should go."
    )
    assert _names(text) == ["Helen Draycott", "Simon Draycott"]


def test_a_title_and_a_surname_are_the_person_named_in_full() -> None:
    text = (
        "Senator Alice Fenwick opposed the bill. [Sen. Fenwick] said that it was costly. "
        "[Fenwick] said that she had read it."
    )
    assert _names(text) == ["Alice Fenwick", "Alice Fenwick"]


def test_a_role_is_the_person_introduced_in_it() -> None:
    text = (
        "Premier Howard Lyle met Governor Susan Tarr in Port Ashby.\n\n"
        "[The premier] said that the talks went well. [The governor] said that they did not."
    )
    assert _names(text) == ["Howard Lyle", "Susan Tarr"]


def test_an_apposition_names_the_person() -> None:
    text = (
        "[Daniel Brock, the police chief,] said that the street was safe. "
        "[A spokeswoman, Irene Vale,] said that it was closed."
    )
    assert _names(text) == ["Daniel Brock", "Irene Vale"]


def test_an_office_is_not_the_person() -> None:
    text = (
        "“The report is wrong,” [Premier Howard Lyle’s office] said.\n\n"
        "[Lyle] said that he was on holiday."
    )
    assert _speakers(text) == [
        ("Howard Lyle's office", "organisation"),
        ("Howard Lyle", "person"),
    ]


def test_a_campaign_is_not_the_candidate() -> None:
    text = (
        "Martha Crane won the debate on Tuesday.\n\n"
        "[Her campaign] said that donations had doubled. "
        "[The Crane campaign] said that it would spend them. [Crane] said that she was proud."
    )
    assert _speakers(text) == [
        ("Martha Crane's campaign", "organisation"),
        ("Martha Crane's campaign", "organisation"),
        ("Martha Crane", "person"),
    ]


def test_i_in_a_quotation_is_whoever_speaks_it() -> None:
    text = "“We waited, and I thought that it was over,” Nora Beckett said."
    outer = Attribution(
        id="outer",
        article_id="a",
        source=(Span(text.index("Nora"), text.index("Nora") + len("Nora Beckett")),),
        cue=(),
        content=(Span(0, text.index("”") + 1),),
        kind="direct",
    )
    start = text.index("I thought")
    inner = Attribution(
        id="inner",
        article_id="a",
        source=(Span(start, start + 1),),
        cue=(Span(start + 2, start + 9),),
        content=(Span(start + 10, text.index(",”")),),
        kind="indirect",
        within="outer",
    )
    found = resolve(Article(id="a", text=text), SpacyParser().parse(text), [outer, inner])
    assert found == [
        Mention(attribution_id="outer", name="Nora Beckett", kind="person", gender="f"),
        Mention(attribution_id="inner", name="Nora Beckett", kind="person", gender="f"),
    ]


def test_my_wife_is_named_after_whoever_speaks() -> None:
    text = "“I slept badly. My wife said that it was over,” Otto Beckett said."
    outer = Attribution(
        id="outer",
        article_id="a",
        source=(Span(text.index("Otto"), text.index("Otto") + len("Otto Beckett")),),
        cue=(),
        content=(Span(0, text.index("”") + 1),),
        kind="direct",
    )
    start = text.index("My wife")
    inner = Attribution(
        id="inner",
        article_id="a",
        source=(Span(start, start + len("My wife")),),
        cue=(Span(start + 8, start + 12),),
        content=(Span(start + 13, text.index(",”")),),
        kind="indirect",
        within="outer",
    )
    found = resolve(Article(id="a", text=text), SpacyParser().parse(text), [outer, inner])
    assert [mention.name for mention in found] == ["Otto Beckett", "Otto Beckett's wife"]


def test_i_outside_quotations_is_the_author() -> None:
    text = "The town is small. [I] think that it will grow."
    assert _speakers(text, author="Lena Frost") == [("Lena Frost", "person")]
    assert _speakers(text) == [("author", "unnamed")]


def test_who_is_the_noun_before_it() -> None:
    text = "The vote was won by Oscar Pell, [who] said that he was glad."
    assert _names(text) == ["Oscar Pell"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Critics", ("Critics", "group")),
        ("A senior official", ("senior official", "unnamed")),
        ("Two people familiar with the talks", ("Two people familiar with the talks", "group")),
        ("A recent poll", ("recent poll", "document")),
    ],
)
def test_a_source_without_a_name_keeps_its_description(
    source: str, expected: tuple[str, str]
) -> None:
    assert _speakers(f"[{source}] said that the plan would fail.") == [expected]


def test_a_report_speaks_for_its_issuer() -> None:
    text = "[A Harbour News report] said that the pier was unsafe."
    assert _speakers(text) == [("Harbour News", "organisation")]


def test_an_acronym_is_the_organisation_named_in_full() -> None:
    text = (
        "The Northern Water Authority raised its prices. [The NWA] said that pipes were old. "
        "“We had no choice,” [it] said."
    )
    assert _names(text) == ["Northern Water Authority"] * 2


def test_somebody_in_the_lead_is_named_by_the_next_paragraph() -> None:
    text = (
        "A town councillor has resigned over claims that [he] denied at once.\n\n"
        "Walter Finch, a councillor since 2012, will leave in June."
    )
    assert _names(text) == ["Walter Finch"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ann Orr, who is the mayor of Norvane, said that it was late.", ("mayor of Norvane",)),
        ("Ann Orr, who was Lund's pollster, said that it was late.", ("former Lund's pollster",)),
        ("Ann Orr, who was late, said that it was dark.", ()),
    ],
)
def test_what_a_clause_says_that_somebody_is_is_a_role(text: str, roles: tuple[str, ...]) -> None:
    source, content = Span(0, len("Ann Orr")), Span(text.index("it was"), len(text) - 1)
    found = resolve(
        Article(id="a", text=text),
        SpacyParser().parse(text),
        [_attribution(0, source, content, text)],
    )
    assert [mention.roles for mention in found] == [roles]


def test_below_a_time_of_day_a_live_report_begins_anew() -> None:
    text = (
        "The latest from the harbour.\n\nThe ferries stay in.\n\nNobody may land.\n\n2:45 p.m.\n\n"
        "[Norvane's harbour master] says the storm is over.\n\n[Ida Brandt] says the quay held."
    )
    assert _names(text) == ["Ida Brandt"] * 2


def test_who_is_introduced_in_another_role_is_not_the_one_in_the_lead() -> None:
    text = "[The mayor] says the storm is over.\n\n[Ida Brandt] says the quay held."
    assert _names(text) == ["mayor", "Ida Brandt"]
    text = "[Orr's lawyer] says the storm is over.\n\n[Senator Ida Brandt] says the quay held."
    assert _names(text) == ["Orr's lawyer", "Ida Brandt"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Larry King came by. [Mr. King] said that he was late.", "Larry King"),
        ("Barbara Boxer came by. [Ms. Boxer] said that she was late.", "Barbara Boxer"),
        ("Tennis great Billie Jean King came. [King] said that she was late.", "Billie Jean King"),
        (
            "Game over. Will Orr come down?\n\nBernie Orr lost. [Orr] said that he was late.",
            "Bernie Orr",
        ),
        ("Ann Orr lost. According to [Orr’s memoir], she was late.", "Ann Orr"),
        ("Ann Orr lost. [Her submission to the court] said that she was late.", "Ann Orr"),
    ],
)
def test_a_surname_that_is_a_title_and_a_book_of_hers_stand_for_her(text: str, name: str) -> None:
    assert _names(text) == [name]


LEAD = """[Norvane governor] endorses Lopez - but also has praise for others.

HALDEN - Ted Lopez, who badly needs a win, got the endorsement of Gov. Al Orr on Friday."""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Anti-Eel League met. [The Israeli newspaper Haaretz] noted that it was late.",
            "Haaretz",
        ),
        (
            "Paris's Muslim mayor rebuffs Trump.\n\n[The city's mayor] denied Donald Trump's.",
            "city's mayor",
        ),
        (LEAD, "Norvane governor"),
    ],
)  # fmt: skip
def test_a_source_is_none_who_is_named_beside_it(text: str, name: str) -> None:
    assert _names(text) == [name]


def test_an_acronym_that_the_parser_missed_is_the_body_and_not_its_host() -> None:
    text = (
        "The RT host Ed Lund works for RT. You can see RT on cable. RT's managers are in Moscow. "
        "When [RT] covered the war, [Lund] said that he was late."
    )
    assert _names(text)[1] == "Ed Lund"
    assert _names(text)[0] == "RT"


def test_a_quotation_without_a_source_goes_on_from_the_one_before() -> None:
    text = "“The roof leaks,” Paula Hurst said.\n\n“It has leaked for years.”"
    first, second = (Span(*m.span()) for m in re.finditer(r"“[^”]*”", text))
    source = Span(text.index("Paula"), text.index(" said"))
    attributions = [
        _attribution(0, source, first, text),
        _attribution(1, None, second, text),
    ]
    found = resolve(Article(id="a", text=text), SpacyParser().parse(text), attributions)
    assert [m.name for m in found] == ["Paula Hurst", "Paula Hurst"]


def test_an_indirect_statement_without_a_source_has_no_speaker() -> None:
    text = "There were calls for the pool to close."
    attribution = _attribution(0, None, Span(16, len(text) - 1), text)
    assert resolve(Article(id="a", text=text), SpacyParser().parse(text), [attribution]) == []


def test_the_order_of_the_attributions_changes_nothing() -> None:
    text = "“Yes,” Ruth Alder said. “No,” Hugh Sands said."
    attributions = [
        _attribution(0, Span(7, 17), Span(0, 6), text),
        _attribution(1, Span(30, 40), Span(24, 29), text),
    ]
    article, parse = Article(id="a", text=text), SpacyParser().parse(text)
    forth = resolve(article, parse, attributions)
    back = resolve(article, parse, attributions[::-1])
    assert forth == back[::-1]
    assert [m.name for m in forth] == ["Ruth Alder", "Hugh Sands"]
