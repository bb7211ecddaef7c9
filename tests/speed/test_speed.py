"""How long each step takes; off unless asked for: `pytest tests/speed --benchmark-enable`.

Nothing here asserts a time. Each measures a step on real text and asserts what comes out of it.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from index import Archive, attributions, build, speakers
from index.embedding import SentenceEmbedder
from index.language import SpacyParser
from index.options import BuildOptions, Finder
from rag import Assistant

QUESTION = "What did Hanne Osterlund say about losing a job?"


def test_parse(benchmark: BenchmarkFixture, archive: Archive, parser: SpacyParser) -> None:
    """All articles of the small archive."""
    texts = [article.text for article in archive.articles()]
    parses = benchmark(lambda: [parser.parse(text) for text in texts])
    assert len(parses) == len(texts) == 4
    for text, parse in zip(texts, parses, strict=True):
        assert all(text[t.start : t.end] == t.text for t in parse.tokens)
        assert parse.sentences


@pytest.mark.parametrize("finder", ["tagger", "rules"])
def test_find_and_resolve(
    benchmark: BenchmarkFixture, archive: Archive, parser: SpacyParser, finder: Finder
) -> None:
    """Attributions and their speakers in one article, already parsed."""
    article = archive.article("wire-1")
    parse = parser.parse(article.text)

    def run() -> list[tuple[str, str]]:
        found = attributions.find(article, parse, finder)
        content = {a.id: article.quote(a.content[0]) for a in found}
        mentions = speakers.resolve(article, parse, found)
        return [(m.name, content[m.attribution_id]) for m in mentions]

    assert ("Ilse Brandvold", "that she would not stand for a third term") in benchmark(run)


def test_encode(benchmark: BenchmarkFixture, archive: Archive, embedder: SentenceEmbedder) -> None:
    """All articles of the small archive, each as one text."""
    texts = [article.text for article in archive.articles()]
    encodings = benchmark(embedder.encode, texts)
    assert [e.vector.shape for e in encodings] == [(embedder.dimension,)] * len(texts)
    assert all(e.tokens.shape == (len(e.ids), embedder.dimension) for e in encodings)


@pytest.mark.parametrize("finder", ["tagger", "rules"])
def test_build(
    benchmark: BenchmarkFixture,
    documents: Path,
    tmp_path: Path,
    parser: SpacyParser,
    embedder: SentenceEmbedder,
    finder: Finder,
) -> None:
    """Four articles into a new archive."""
    options, numbers = BuildOptions(finder=finder), count()

    def run() -> tuple[int, int]:
        folder = tmp_path / str(next(numbers))
        report = build(documents, folder, options, embedder=embedder, parser=parser)
        return report.added, report.generation

    built = benchmark.pedantic(run, rounds=3, warmup_rounds=1)  # type: ignore[no-untyped-call]
    assert built == (4, 1)


def test_search(benchmark: BenchmarkFixture, archive: Archive) -> None:
    assert benchmark(archive.search, QUESTION)[0].article.id == "2031/ferry.md"


def test_ask(benchmark: BenchmarkFixture, archive: Archive, parser: SpacyParser) -> None:
    answer = benchmark(Assistant(archive, parser=parser).ask, QUESTION)
    assert "“Nobody should lose a job because of two piers.”" in answer.text
