"""What an update of a large archive costs beside building the new articles alone.

`python tests/speed/updates.py --archive FOLDER` copies the archive, adds to it the examples'
articles and variants of them, 100 in all, and builds the same 100 into an archive of their own.
Archives of `synthetic.py` will do: `scale.py --work` keeps them. One article is added before, not
measured: the first update of an archive of an older version tells who is who anew.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path

from index import build
from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from index.options import BuildOptions
from index.store import Reader

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles.jsonl"
COUNT = 100


def main() -> None:
    """Measure, print, and write as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("bench-archive/updates.json"))
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="updates-", dir=options.archive.parent))
    try:
        write_articles(work / "new.jsonl")
        shutil.copytree(options.archive, work / "large")
        with closing(Reader(work / "large")) as reader:
            before, meta = reader.totals(), reader.meta
        embedder, spacy = SentenceEmbedder(), SpacyParser()
        choice = BuildOptions(finder=meta["finder"])  # type: ignore[arg-type]
        found: dict[str, object] = {"articles": before.articles, "passages": before.passages}
        build(EXAMPLES, work / "warm", choice, embedder=embedder, parser=spacy)
        write_articles(work / "first.jsonl", "first", 1)
        build(work / "first.jsonl", work / "large", choice, embedder=embedder, parser=spacy)
        for name in ("alone", "large"):
            began, cpu = time.monotonic(), time.process_time()
            report = build(work / "new.jsonl", work / name, choice, embedder=embedder, parser=spacy)
            found[f"{name}: seconds passed, CPU"] = [
                round(time.monotonic() - began, 1),
                round(time.process_time() - cpu, 1),
            ]
            found[f"{name}: added"] = report.added
    finally:
        shutil.rmtree(work)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))


def write_articles(path: Path, name: str = "new", count: int = COUNT) -> None:
    """Write 100 articles: the examples, then the same with a sentence before them."""
    lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
    articles = []
    for number in range(count):
        article = json.loads(lines[number % len(lines)])
        article["id"] = f"{name}-{number}"
        if number >= len(lines):
            article["text"] = f"Edition {number}. {article['text']}"
        articles.append(json.dumps(article))
    path.write_text("\n".join(articles), encoding="utf-8")


if __name__ == "__main__":
    main()
