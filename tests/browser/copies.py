"""An archive of one's own, to be changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from index import Archive
from index.language import SpacyParser
from rag import Assistant


def open_copy(assistant: Assistant, folder: Path, parser: SpacyParser) -> Assistant:
    """Copy an assistant's archive to a folder, and open it there."""
    shutil.copytree(assistant.archive.folder, folder, dirs_exist_ok=True)
    opened = Archive.open(folder, embedder=assistant.archive.embedder)
    return Assistant(opened, parser=parser)
