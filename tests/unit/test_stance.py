"""What a cue does with its content, and whether it took place."""

from __future__ import annotations

from typing import get_args

import pytest

from index.attributions import find, stance
from index.language import SpacyParser
from index.records import Article, Attribution, Stance

PARSER = SpacyParser()


def _outermost(text: str) -> Attribution:
    found = find(Article(id="a1", text=text), PARSER.parse(text), "rules")
    return next(a for a in found if a.within is None)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Orr said the bridge was safe.", "says"),
        ("“It is safe,” Orr added.", "says"),
        ("Orr denied the allegations.", "denies"),
        ("Critics accused Orr of hiding the report.", "alleges"),
        ("Allegations that Orr took bribes were published.", "alleges"),
        ("Orr confirmed that the bridge was closed.", "confirms"),
        ("Orr acknowledged that the bridge was old.", "confirms"),
        ("Lund promised to resign.", "promises"),
        ("Orr agreed to resign.", "promises"),
        ("Lund warned that the bridge could fall.", "warns"),
        ("Lund asked whether the bridge was safe.", "asks"),
        ("Orr called for a new bridge.", "asks"),
        ("Lund criticised the council for its silence.", "criticises"),
        ("Lund criticized the council for its silence.", "criticises"),
        ("Lund praised the firefighters.", "praises"),
        ("Orr declined to comment.", "declines"),
        ("Lund could not be reached for comment.", "declines"),
        ("Lund did not respond to a request for comment.", "declines"),
        ("Lund thinks that the bridge is rotten.", "thinks"),
        ("A report by the fire service said the bridge was rotten.", "reports"),
        ("It rained all day, according to a study by the council.", "reports"),
        ("The council ordered an inquiry into the collapse.", "orders"),
        ("Orr told Lund to close the bridge.", "orders"),
        ("Orr said the report was wrong, a spokeswoman said.", "says"),
        ("A sign on the bridge says that it is closed.", "reports"),
        ("The evidence shows that the bridge was rotten, Orr said.", "says"),
        ("Lund pledged that the bridge would open.", "promises"),
        ("Lund recommended closing the bridge.", "asks"),
        ("Lund lambasted the council.", "criticises"),
        ("Lund hailed the decision.", "praises"),
        ("Orr intends to resign.", "thinks"),
        ("Orr is understood to favour a tunnel.", "thinks"),
        ("Orr left instructions that nobody was to cross.", "orders"),
        ("Orr refused to say whether the bridge was safe.", "declines"),
        ("Orr has yet to comment on the report.", "declines"),
        ("Neither Orr nor Lund responded to requests for comment.", "declines"),
        ("The council failed to respond to a request for comment.", "declines"),
        ("“No comment,” Orr said.", "declines"),
    ],
)
def test_the_cue_and_its_frame_tell_the_stance(text: str, stance: str) -> None:
    assert _outermost(text).stance == stance


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Orr said the bridge was safe.", "asserted"),
        ("Orr said the bridge was not safe.", "asserted"),
        ("Orr has denied the allegations.", "asserted"),
        ("Orr declined to comment.", "asserted"),
        ("Lund did not respond to a request for comment.", "asserted"),
        ("Orr did not say whether the bridge was safe.", "negated"),
        ("Orr never said the bridge was safe.", "negated"),
        ("Nobody said that the bridge was safe.", "negated"),
        ("Orr would not rule out a new bridge.", "negated"),
        ("If Orr says the bridge is safe, people will use it.", "hypothetical"),
        ("Orr might say that the bridge is safe.", "hypothetical"),
        ("Did Orr say that the bridge was safe?", "hypothetical"),
        ("Orr has yet to say whether the bridge is safe.", "negated"),
        ("Orr stopped short of saying that the bridge was safe.", "negated"),
        ("Orr avoided saying that the bridge was safe.", "negated"),
        ("Orr was unable to say when the bridge would open.", "negated"),
        ("Orr no longer says that the bridge is safe.", "negated"),
        ("Orr hardly mentioned the bridge.", "negated"),
        ("None of the engineers said that the bridge was safe.", "negated"),
        ("Neither Orr nor Lund said that the bridge was safe.", "negated"),
        ("Orr neither confirmed nor denied that the bridge was closed.", "negated"),
        ("Orr would neither confirm nor deny the report.", "negated"),
        ("There is no suggestion that Orr took bribes.", "negated"),
        ("Without saying that the bridge was safe, Orr left.", "negated"),
        ("Orr refused to say whether the bridge was safe.", "asserted"),
        ("Orr went on to say that the bridge was safe.", "asserted"),
        ("Few said that the bridge was safe.", "asserted"),
        ("Orr reportedly said that the bridge was safe.", "asserted"),
        ("Orr’d been warned by Lund that the bridge was old.", "asserted"),
        ("He'd warned that the bridge was old.", "asserted"),
        ("He'd warn that the bridge was old if anyone asked.", "hypothetical"),
        ("Orr may have said that the bridge was safe.", "hypothetical"),
        ("Unless Orr says that the bridge is safe, nobody will cross.", "hypothetical"),
        ("Did Orr promise that the bridge would open?", "hypothetical"),
    ],
)
def test_negation_and_modality_of_the_cue_tell_the_polarity(text: str, polarity: str) -> None:
    assert _outermost(text).polarity == polarity


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Lund said that Orr had denied saying that it was safe.", "negated"),
        ("Lund said that Orr could ask the council to pay.", "hypothetical"),
        ("Lund said that Orr hoped the council would pay.", "asserted"),
    ],
)
def test_polarity_inside_what_another_one_says(text: str, polarity: str) -> None:
    found = find(Article(id="a1", text=text), PARSER.parse(text), "rules")
    assert polarity in [a.polarity for a in found if a.within is not None]


def test_every_stance_has_words() -> None:
    assert set(stance.load().values()) == set(get_args(Stance))
