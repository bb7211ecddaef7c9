"""The names that an application may rely on; a change here is a change for every user."""

from __future__ import annotations

import rag
from index import errors
from index.errors import OnRecordError

PUBLIC = """
Answer Archive ArchiveError ArchiveFormatError ArchiveLockedError ArchiveNotFoundError Article
AskOptions Assistant Attribution BuildOptions BuildReport CheckReport Citation Claim Copy
DocumentError Draft Embedder Evidence Hit Limits Message ModelError OnRecordError Passage
Progress Query Question QuotingWriter Scope Span Speaker Writer build check rebuild relink
remove watch
""".split()


def test_the_public_names_are_these_and_sorted() -> None:
    assert rag.__all__ == PUBLIC


def test_every_public_name_is_there() -> None:
    assert [name for name in PUBLIC if not hasattr(rag, name)] == []


def test_every_error_is_public() -> None:
    raised = {
        name
        for name, found in vars(errors).items()
        if isinstance(found, type) and issubclass(found, OnRecordError)
    }
    assert raised <= set(PUBLIC)
    assert all(getattr(rag, name) is getattr(errors, name) for name in raised)
