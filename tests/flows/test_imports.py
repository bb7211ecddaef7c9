"""What importing the package does to an application."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rag

HEAVY = [
    "faiss",
    "gradio",
    "sentence_transformers",
    "spacy",
    "tantivy",
    "tiktoken",
    "torch",
    "transformers",
]


def run(script: str, *first: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a new process, with `first` before our packages on its path."""
    path = [*map(str, first), str(Path(rag.__file__).parents[1])]
    return subprocess.run(
        [sys.executable, "-P", "-W", "error", "-c", script],  # -P: not from the folder we are in
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("package", ["rag", "index", "index.build"])
def test_importing_loads_no_heavy_library(package: str) -> None:
    script = f"import json, sys, {package}; print(json.dumps(sorted(sys.modules)))"
    done = run(script)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert package in loaded
    assert loaded.isdisjoint(HEAVY), loaded & set(HEAVY)


@pytest.mark.parametrize("foreign", ["index.py", "index/__init__.py"])
def test_another_index_package_on_the_path_is_named(tmp_path: Path, foreign: str) -> None:
    path = tmp_path / foreign
    path.parent.mkdir(exist_ok=True)
    path.write_text("pages = 12\n")
    done = run("import rag", tmp_path)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"ImportError: 'import index' found {path}, not the package that")
    assert last.endswith("rename that module or take its folder off sys.path")
