"""Words built per CPU-second, beside plain chunk-and-embed: `python tests/speed/throughput.py`.

Whole builds, with each finder of attributions and without any, and the same articles encoded with
the same model by sentence-transformers alone: no parse, no attributions, no index. With `--peers
PYTHON`, a Python that has LlamaIndex, txtai and Haystack, by these too. Each is a process of its
own, whose model is loaded and warm before the clock runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import get_args

from index import build, documents
from index.embedding import SentenceEmbedder, bundled_folder
from index.errors import DocumentError
from index.language import SpacyParser
from index.options import BuildOptions, Finder

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples" / "articles.jsonl"
PEERS = ("llamaindex", "txtai", "haystack")


def main() -> None:
    """Measure, print, and write as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=EXAMPLES)
    parser.add_argument("--most", type=int, default=10_000, help="most articles taken")
    parser.add_argument("--peers", type=Path, help="a Python that has the peers")
    parser.add_argument("--out", type=Path, default=Path("bench-archive/throughput.json"))
    parser.add_argument("--build", choices=get_args(Finder), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        print(json.dumps(measure(options.documents, options.build)))
        return
    work = Path(tempfile.mkdtemp(prefix="throughput-"))
    try:
        found = compare(options, work)
    finally:
        shutil.rmtree(work)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))


def compare(options: argparse.Namespace, work: Path) -> dict[str, object]:
    """Run all, one after another."""
    read = documents.read(options.documents)
    texts = [
        one.text
        for one in islice((one for one in read if not isinstance(one, DocumentError)), options.most)
    ]
    rows = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)]
    (work / "articles.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (work / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    words = sum(len(text.split()) for text in texts)
    python, peer = sys.executable, [HERE / "peers" / "building.py"]
    ours = [__file__, "--documents", work / "articles.jsonl", "--build"]
    model = [work / "texts.json", bundled_folder()]
    runs = {f"build, {finder}": [python, *ours, finder] for finder in get_args(Finder)}
    runs["plain"] = [python, *peer, "plain", *model]
    runs |= {one: [options.peers, *peer, one, *model] for one in PEERS if options.peers}
    found: dict[str, object] = {"articles": len(texts), "words": words}
    for name, command in runs.items():
        done = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE)
        seen = json.loads(done.stdout.splitlines()[-1])
        found[name] = seen | {"words per CPU-s": round(words / seen["CPU-s"])}
        print(name, found[name], file=sys.stderr, flush=True)
    return found


def measure(source: Path, finder: Finder) -> dict[str, object]:
    """Build an archive; return what that took and gave."""
    work = Path(tempfile.mkdtemp(prefix="throughput-"))
    options, embedder, parser = BuildOptions(finder=finder), SentenceEmbedder(), SpacyParser()
    build(EXAMPLES, work / "warm", options, embedder=embedder, parser=parser)
    cpu = time.process_time()
    report = build(source, work / "archive", options, embedder=embedder, parser=parser)
    spent = time.process_time() - cpu
    shutil.rmtree(work)
    peak = next(
        int(line.split()[1]) // 1024
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("VmHWM")
    )
    return {
        "CPU-s": spent,
        "chunks": report.passages,
        "attributions": report.attributions,
        "peak MB": peak,
    }


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
