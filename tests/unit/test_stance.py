"""What a cue does with its content, and whether it took place."""

from __future__ import annotations

import pytest

from index.attributions import find
from index.language import SpacyParser
from index.records import Article, Attribution

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
    ],
)
def test_negation_and_modality_of_the_cue_tell_the_polarity(text: str, polarity: str) -> None:
    assert _outermost(text).polarity == polarity
