"""What may be added to the archive from the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import Archive, Assistant
from ui.settings import Settings
from ui.views.keeping import Keeping, Shown
from ui.works import Works


@pytest.mark.parametrize(
    ("name", "size", "why"),
    [
        ("run.exe", 1, "run.exe is of no kind that can be read; these are: .atom, "),
        ("long.txt", 2 * 1024**2, "long.txt is too large; at most 1 MB can be uploaded"),
    ],
)
def test_an_upload_of_another_kind_or_size_is_refused_with_a_reason(
    archive: Archive, tmp_path: Path, name: str, size: int, why: str
) -> None:
    assistant = Assistant(archive)
    works = Works(assistant)
    file = tmp_path / name
    file.write_bytes(b"x" * size)
    keeping = Keeping(assistant, works, Settings(manage=True, upload_bytes=1024**2))
    _, _, *shown = keeping.add([str(file)], "")
    told = str(Shown(*shown).work).lower()
    assert "nothing was added" in told
    assert why.lower() in told
    assert works.last is None
    assert not (archive.folder / "uploads" / name).exists()
