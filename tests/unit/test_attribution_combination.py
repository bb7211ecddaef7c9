"""What the network and the rules find, brought together; what stands inside, found by rules."""

from __future__ import annotations

import pytest

from index.attributions import combination, cues, find, quotations, rules
from index.attributions.choice import Found
from index.attributions.tree import Tree, grow
from index.language import SpacyParser
from index.records import Article, Span

PARSER = SpacyParser()


def _read(text: str) -> tuple[Tree, list[rules.Draft]]:
    tree = grow(PARSER.parse(text))
    return tree, rules.find(text, tree, quotations.find(text), cues.load())


def _found(tree: Tree, source: str, cue: str, content: str) -> Found:
    """Return what a network would find: words of the text, by their text, each once."""
    texts = [token.text for token in tree.tokens]

    def places(words: str) -> tuple[int, ...]:
        wanted = words.split()
        for start in range(len(texts)):
            if wanted and texts[start : start + len(wanted)] == wanted:
                return tuple(range(start, start + len(wanted)))
        return ()

    head = places(cue)[0]
    return Found(head=head, chance=0.9, source=places(source), cue=(head,), content=places(content))


def _nested(text: str) -> list[tuple[str, str, str]]:
    """Return source, cue and content of everything that stands inside another one's content."""
    found = find(Article(id="a1", text=text), PARSER.parse(text), "rules")

    def words(spans: tuple[Span, ...]) -> str:
        return " … ".join(text[span.start : span.end] for span in spans)

    return [(words(a.source), words(a.cue), words(a.content)) for a in found if a.within]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "“He said, ‘I saw nothing. It was dark,’ ” Nallan told the court.",
            "He",
            "said",
            "‘I saw nothing. It was dark,’",
        ),
        ("“He told me, ‘I will not go,’” Orr said.", "He", "told", "‘I will not go,’"),
        (
            "‘She said to me: “Go home, Ned.” I went,’ said Ned Ash.",
            "She",
            "said",
            "“Go home, Ned.”",
        ),
        (
            "“‘It is over,’ she said. ‘We lost.’ And I cried,” Orr said.",
            "she",
            "said",
            "‘It is over,’ … ‘We lost.’",
        ),
        ("Lund said Orr had told him: “Go home.”", "Orr", "had told", "“Go home.”"),
        (
            "“I told the clerk at noon that somebody would fall,” Orr said.",
            "I",
            "told",
            "that somebody would fall",
        ),
        ("Lund denied claims he broke the law.", "", "claims", "he broke the law"),
        ("Orr said she had been told the same thing.", "", "had been told", "the same thing"),
        ("Orr said Lund had denied the report.", "Lund", "had denied", "the report"),
    ],
)
def test_who_speaks_inside_what_another_one_says(
    text: str, source: str, cue: str, content: str
) -> None:
    assert (source, cue, content) in _nested(text)


@pytest.mark.parametrize(
    "text",
    [
        "Orr said that she could still see the lines.",
        "“Everyone in the ground saw the push,” Orr said.",
        "Orr refused to say whether the bridge was safe.",
        "Orr promised to announce a date.",
        "Orr said that nobody would forget the flood.",
    ],
)
def test_a_thing_seen_or_only_meant_is_no_report_inside_another_one(text: str) -> None:
    assert _nested(text) == []


def test_the_networks_words_win_and_the_rules_name_a_missing_source() -> None:
    tree, drafts = _read("Orr said the bridge was safe.")
    given = _found(tree, "", "said", "the bridge")
    (one,) = combination.combine(tree, [], [given], drafts)
    assert one.content == given.content
    assert [tree.tokens[place].text for place in one.source] == ["Orr"]


def test_rules_add_what_is_sure_where_the_network_found_nothing() -> None:
    tree, drafts = _read("Critics accused Orr of theft. Orr has a plan to go.")
    sure = [draft for draft in drafts if draft.probability >= combination.SURE]
    assert [tree.tokens[draft.head].text for draft in sure] == ["accused"]
    assert combination.combine(tree, [], [], drafts) == sure
    other = _found(tree, "", "theft", "Orr of")
    assert combination.combine(tree, [], [other], drafts) == [other]


def test_a_turn_of_a_transcript_goes_before_what_runs_over_its_edge() -> None:
    tree, drafts = _read("ORR: Lund said no.\n\nLUND: I did not.")
    turns = [draft for draft in drafts if draft.frame == rules.TURN]
    inside = _found(tree, "Lund", "said", "no")
    over = _found(tree, "", "no", ". LUND :")
    assert combination.combine(tree, [], [inside, over], drafts) == [*turns, inside]


def test_a_noun_whose_content_is_only_a_pronoun_is_nothing() -> None:
    tree, drafts = _read("She sent a request that was turned down.")
    assert combination.combine(tree, [], [_found(tree, "", "request", "that")], drafts) == []
