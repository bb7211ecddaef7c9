"""Ask an archive of news articles who said what, and get verbatim, cited answers back.

from rag import Assistant
answer = Assistant.open("archive").ask("Who denied the allegations?")
print(answer.text)
"""

import index as _index

if getattr(_index, "__distribution__", None) != "onrecord":
    _found = getattr(_index, "__file__", None) or list(_index.__path__)
    raise ImportError(
        f"'import index' found {_found}, not the package that onrecord installs; "
        "rename that module or take its folder off sys.path",
        name="index",
    )

from index import Archive, build, rebuild, relink, remove
from index.embedding import Embedder
from index.errors import (
    ArchiveError,
    ArchiveFormatError,
    ArchiveLockedError,
    ArchiveNotFoundError,
    DocumentError,
    ModelError,
    OnRecordError,
)
from index.options import BuildOptions, Limits
from index.records import Article, Attribution, Hit, Passage, Query, Span, Speaker
from index.reports import BuildReport, Progress
from index.upkeep import CheckReport, check
from index.watching import watch

from .assistant import Assistant
from .options import AskOptions
from .records import Answer, Citation, Claim, Copy, Draft, Evidence, Message, Question, Scope
from .writers import QuotingWriter, Writer

__all__ = [
    "Answer",
    "Archive",
    "ArchiveError",
    "ArchiveFormatError",
    "ArchiveLockedError",
    "ArchiveNotFoundError",
    "Article",
    "AskOptions",
    "Assistant",
    "Attribution",
    "BuildOptions",
    "BuildReport",
    "CheckReport",
    "Citation",
    "Claim",
    "Copy",
    "DocumentError",
    "Draft",
    "Embedder",
    "Evidence",
    "Hit",
    "Limits",
    "Message",
    "ModelError",
    "OnRecordError",
    "Passage",
    "Progress",
    "Query",
    "Question",
    "QuotingWriter",
    "Scope",
    "Span",
    "Speaker",
    "Writer",
    "build",
    "check",
    "rebuild",
    "relink",
    "remove",
    "watch",
]
