"""Fit the weights by which pronouns are led to people.

`python -m index.speakers.training FILE...` prints them for `index/speakers/ranking.py`.

A FILE has one document a line, as JSON::

    {"id": "d1", "text": "Ann Roe left. She said that it was late.",
     "attributions": [{"source": [[14, 17]], "content": [[23, 39]], "kind": "indirect"}],
     "entities": [{"mentions": [[0, 7], [14, 17]], "names": ["Ann Roe"]}]}

`attributions` say who speaks what words; `kind` may be left out. Each entity of `entities` is
somebody or something under all the `mentions` of a chain of coreference (offsets in code points),
or under some of them with the `names` that it goes by, either of which may be left out.

For each pronoun whose entity is told, the candidates are those that the reading of the article up
to there offers; a listwise softmax with an L2 penalty should give the right ones the probability.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..errors import DocumentError
from ..language import Parser, SpacyParser
from ..records import Article, Attribution, Span
from .antecedents import Found, pick_likeliest
from .discourse import Discourse
from .names import compatible, key
from .ranking import WEIGHTS, features, kind_of
from .referents import Referent
from .sources import Sources
from .syntax import Syntax

Floats = npt.NDArray[np.float64]
Document = Mapping[str, Any]

PENALTY = 1.0
"""L2 on every weight, against one pronoun's worth of gold."""

FOLDS = 8
_STEPS, _RATE = 3000, 0.02


class Case(NamedTuple):
    """One pronoun whose entity is told.

    Attributes:
        kind: Which of the `WEIGHTS` it goes by.
        candidates: Features, (n, f).
        right: Places of the candidates that it stands for, at least one.
    """

    document: str
    kind: str
    candidates: Floats
    right: tuple[int, ...]


def read(paths: Iterable[Path]) -> Iterator[Document]:
    """Yield the documents of files.

    Raises:
        DocumentError: A line isn't of the format above.
    """
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                document = json.loads(line)
                document["id"], document["text"], document["attributions"], document["entities"]
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                reason = f"this is no document with gold ({error!r})"
                raise DocumentError(reason, path=path, line=number) from error
            yield document


def collect(documents: Iterable[Document], parser: Parser) -> list[Case]:
    """Return the cases of documents with gold."""
    return [case for document in documents for case in _Reading(document, parser).cases]


class _Reading:
    """One document read with its gold at hand."""

    def __init__(self, document: Document, parser: Parser) -> None:
        self.cases: list[Case] = []
        self._id = document["id"]
        article = Article(id=self._id, text=document["text"])
        self._syntax = Syntax(article, parser.parse(article.text))
        self._entity: dict[int, int] = {}
        self._names: dict[int, Sequence[str]] = {}
        for number, entity in enumerate(document["entities"]):
            self._names[number] = entity.get("names", ())
            for span in sorted(entity.get("mentions", ()), key=lambda s: s[0] - s[1]):
                head = self._syntax.head(self._syntax.inside([Span(*span)]))
                if head is not None:
                    self._entity[head] = number
        found = Sources(self._syntax, list(_attributions(document)))
        Discourse(self._syntax, found.all, found.speakers, self._pick)

    def _pick(self, place: int, pronoun: str, found: Found) -> int:
        """Return the right candidate and note the case; the likeliest one where none is told."""
        right = [n for n, (referent, _) in enumerate(found) if self._is_right(place, referent)]
        if not right:
            return pick_likeliest(place, pronoun, found)
        if len(found) > 1:  # else there was nobody to choose from
            figures = np.array([features(candidate) for _, candidate in found])
            self.cases.append(Case(self._id, kind_of(pronoun), figures, tuple(right)))
        return right[0]

    def _is_right(self, place: int, referent: Referent) -> bool:
        number = self._entity.get(place)
        if number is None:
            return False
        name = referent.person.name if referent.person else ""
        named = any(key(n) == key(name) or compatible(n, name) for n in self._names[number])
        return named or any(self._entity.get(other) == number for other in referent.places)


def _attributions(document: Document) -> Iterator[Attribution]:
    for number, row in enumerate(document["attributions"]):
        source, content = (tuple(Span(*s) for s in row[name]) for name in ("source", "content"))
        if content:
            yield Attribution(
                id=str(number),
                article_id=document["id"],
                source=source,
                cue=(),
                content=content,
                kind=row.get("kind", "indirect"),
            )


def fit(cases: Sequence[Case]) -> Floats:
    """Return a weight for each feature, by Adam from zero."""
    most = max(len(case.candidates) for case in cases)
    figures = np.zeros((len(cases), most, cases[0].candidates.shape[1]))
    right, there = np.zeros((2, len(cases), most), dtype=bool)
    for row, case in enumerate(cases):
        figures[row, : len(case.candidates)] = case.candidates
        there[row, : len(case.candidates)] = True
        right[row, list(case.right)] = True
    weights, first, second = np.zeros((3, figures.shape[2]))
    for step in range(1, _STEPS + 1):
        chances = _softmax(figures @ weights, there)
        wanted = chances * right
        wanted /= wanted.sum(axis=1, keepdims=True)
        gradient = np.einsum("rc,rcf->f", chances - wanted, figures) + 2 * PENALTY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        rate = _RATE * (1 - step / _STEPS)
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def _softmax(scores: Floats, there: npt.NDArray[np.bool_]) -> Floats:
    scores = np.where(there, scores, -np.inf)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def accuracy(cases: Iterable[Case], weights: Sequence[float] | Floats) -> list[bool]:
    """Say of each case whether the best candidate is a right one."""
    return [int(np.argmax(case.candidates @ np.asarray(weights))) in case.right for case in cases]


def cross_validate(cases: Sequence[Case]) -> float:
    """Return the share chosen right by weights fitted to other documents' cases."""
    documents = sorted({case.document for case in cases})
    fold = {document: place % FOLDS for place, document in enumerate(documents)}
    hits: list[bool] = []
    for held in range(min(FOLDS, len(documents))):
        rest = [case for case in cases if fold[case.document] != held]
        own = [case for case in cases if fold[case.document] == held]
        hits += accuracy(own, fit(rest)) if rest and own else []
    return sum(hits) / max(1, len(hits))


def main(paths: Sequence[Path]) -> None:
    """Print the weights for `index.speakers.ranking`, and how often they choose right."""
    cases = collect(read(paths), SpacyParser())
    for kind in WEIGHTS:
        own = [case for case in cases if case.kind == kind]
        if own:
            now = sum(accuracy(own, WEIGHTS[kind])) / len(own)
            folds = cross_validate(own)
            print(f"    # {len(own)} cases; right by folds {folds:.3f}, as shipped {now:.3f}")  # noqa: T201
            weights = ", ".join(f"{weight:.2f}" for weight in fit(own))
            print(f'    "{kind}": ({weights}),')  # noqa: T201


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
