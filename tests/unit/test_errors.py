"""One tree of errors, and its docstring shows all of it."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from index import errors
from index.errors import ArchiveError, DocumentError, OnRecordError

CLASSES = {
    name: found
    for name, found in vars(errors).items()
    if inspect.isclass(found) and issubclass(found, Exception)
}


def documented() -> dict[str, str]:
    """Return class name to parent's name, as the module's docstring indents them."""
    parents: list[str] = []
    tree = {}
    for indent, name in re.findall(r"^( *)\* (\w+)", errors.__doc__ or "", re.MULTILINE):
        depth = len(indent) // 4
        parents[depth:] = [name]
        tree[name] = parents[depth - 1] if depth else "Exception"
    return tree


def test_the_docstrings_tree_is_the_tree_of_the_classes() -> None:
    assert documented() == {name: found.__bases__[0].__name__ for name, found in CLASSES.items()}


def test_every_error_is_an_on_record_error() -> None:
    assert [name for name, found in CLASSES.items() if not issubclass(found, OnRecordError)] == []


@pytest.mark.parametrize(("line", "place"), [(17, "news.jsonl:17"), (None, "news.jsonl")])
def test_a_document_error_says_where_and_why(line: int | None, place: str) -> None:
    error = DocumentError("the JSON ends early", path="news.jsonl", line=line)
    assert str(error) == f"{place}: the JSON ends early"
    assert (error.path, error.line) == (Path("news.jsonl"), line)
    assert error.reason == "the JSON ends early"


@pytest.mark.parametrize(
    "kind", [found for found in CLASSES.values() if issubclass(found, ArchiveError)]
)
def test_an_archive_error_names_the_archive(kind: type[ArchiveError]) -> None:
    error = kind("it is locked; wait", path=Path("old/archive"))
    assert str(error) == "old/archive: it is locked; wait"
    assert (error.path, error.reason) == (Path("old/archive"), "it is locked; wait")
