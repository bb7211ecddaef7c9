"""Every error that this project raises on purpose.

* OnRecordError
    * DocumentError: a document can't be read as articles
    * ArchiveError: an archive on disk can't be used
        * ArchiveNotFoundError: there is none at the path given
        * ArchiveFormatError: it was written in a format, or by a model, that this one isn't
        * ArchiveLockedError: another process is writing to it
    * ModelError: a model, or its data, is missing from this machine or isn't the one expected

A caller's mistake (a negative limit, an empty question) is a ValueError or TypeError instead.
"""

from pathlib import Path


class OnRecordError(Exception):
    """Base of all errors below; catch this one in an application."""


class DocumentError(OnRecordError):
    """A document can't be read as articles.

    Attributes:
        path: The file.
        line: Its line, from 1, or None where the whole file is meant.
        reason: What is wrong and what to do, without the place.
    """

    def __init__(self, reason: str, *, path: Path | str, line: int | None = None) -> None:
        place = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{place}: {reason}")
        self.path = Path(path)
        self.line = line
        self.reason = reason


class ArchiveError(OnRecordError):
    """An archive on disk can't be used."""

    def __init__(self, reason: str, *, path: Path | str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = Path(path)
        self.reason = reason


class ArchiveNotFoundError(ArchiveError):
    """There is no archive at the path given."""


class ArchiveFormatError(ArchiveError):
    """The archive was written in another format, or by another model, than the one at hand."""


class ArchiveLockedError(ArchiveError):
    """Another process is writing to the archive."""


class ModelError(OnRecordError):
    """A model, or its data, is missing from this machine or isn't the one expected."""
