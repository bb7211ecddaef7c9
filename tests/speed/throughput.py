"""Words built per CPU-second, beside plain chunk-and-embed: `python tests/speed/throughput.py`.

The baseline cuts the same articles into passages of the same words and encodes them with the same
model by sentence-transformers, and does nothing else: no parse, no attributions, no index.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from index import Archive, build, documents
from index.embedding import SentenceEmbedder, bundled_folder
from index.errors import DocumentError
from index.language import SpacyParser
from index.options import BuildOptions, Finder

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles.jsonl"
WORDS = 150
"""Words in a chunk of the baseline: as many as a passage of 200 tokens has."""


def main() -> None:
    """Measure, print, and write as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=EXAMPLES)
    parser.add_argument("--out", type=Path, default=Path("bench-archive/throughput.json"))
    options = parser.parse_args()
    texts = [
        one.text for one in documents.read(options.documents) if not isinstance(one, DocumentError)
    ]
    words = sum(len(text.split()) for text in texts)
    work = Path(tempfile.mkdtemp(prefix="throughput-"))
    embedder, spacy = SentenceEmbedder(), SpacyParser()
    build(EXAMPLES, work / "warm", embedder=embedder, parser=spacy)
    found: dict[str, object] = {"articles": len(texts), "words": words}

    def built(finder: Finder) -> Callable[[], object]:
        choice = BuildOptions(finder=finder)
        target = work / finder
        return lambda: build(options.documents, target, choice, embedder=embedder, parser=spacy)

    runs = {f"build, {finder}": built(finder) for finder in ("none", "rules", "tagger")}
    for name, run in {"chunk and embed": baseline(texts), **runs}.items():
        cpu = time.process_time()
        run()
        spent = time.process_time() - cpu
        found[name] = {"CPU-s": round(spent, 1), "words per CPU-s": round(words / spent)}
    with Archive.open(work / "tagger", embedder=embedder) as archive:
        found["attributions"] = archive.totals.attributions
    shutil.rmtree(work)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))


def baseline(texts: list[str]) -> Callable[[], object]:
    """Return what chunks and encodes, with a model that is loaded already."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bundled_folder()), device="cpu", local_files_only=True)

    def run() -> object:
        chunks = []
        for text in texts:
            words = text.split()
            chunks += [" ".join(words[n : n + WORDS]) for n in range(0, len(words), WORDS)]
        return model.encode(chunks, batch_size=32, show_progress_bar=False)

    return run


if __name__ == "__main__":
    main()
