"""The weights by which pronouns are led to people come from documents with gold."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.errors import DocumentError
from index.language import SpacyParser
from index.speakers.ranking import NAMES
from index.speakers.training import Case, accuracy, collect, fit, read

TEXT = (
    "Margaret Ellery met Judith Crole on Monday.\n\n"
    "Margaret Ellery said that the pier was safe. She said that it was late."
)


def _row(**entity: object) -> str:
    she = TEXT.index("She")
    source = [[she, she + 3]]
    row = {
        "id": "d",
        "text": TEXT,
        "attributions": [{"source": source, "content": [[she + 9, len(TEXT)]]}],
        "entities": [{"mentions": source} | entity],
    }
    return json.dumps(row) + "\n"


@pytest.mark.parametrize(
    "entity",
    [
        {"names": ["Ellery"]},
        {"names": ["Margaret Ellery"]},
        {"mentions": [[0, 15], [TEXT.index("She"), TEXT.index("She") + 3]]},
    ],
)
def test_a_name_or_a_chain_tells_which_candidate_is_right(
    tmp_path: Path, entity: dict[str, object]
) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(_row(**entity), encoding="utf-8")
    cases = collect(read([file]), SpacyParser())
    if entity == {"names": ["Ellery"]}:
        assert cases == []  # no full name, so nobody is told
        return
    (case,) = cases
    assert (case.document, case.kind, len(case.candidates)) == ("d", "person", 2)
    assert case.candidates.shape == (2, len(NAMES))
    assert len(case.right) == 1


def test_weights_prefer_what_the_right_candidates_have() -> None:
    cases = [
        Case("d", "person", np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 1.0]]), (1,)),
        Case("e", "person", np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), (0,)),
    ]
    weights = fit(cases)
    assert weights[0] > 0 > weights[1]
    assert accuracy(cases, weights) == [True, True]
    assert fit(cases).tolist() == weights.tolist()


@pytest.mark.parametrize("line", ['{"id": "d"}', "not json", "[1]"])
def test_a_line_that_is_no_document_is_an_error_with_its_place(tmp_path: Path, line: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(_row(names=["Margaret Ellery"]) + line + "\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="no document with gold") as caught:
        list(read([file]))
    assert (caught.value.path, caught.value.line) == (file, 2)
