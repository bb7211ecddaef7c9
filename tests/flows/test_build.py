"""Building an archive: what goes in, and what is rejected."""

from __future__ import annotations

from pathlib import Path

import pytest
from flows.stories import STORIES, Counting, counts, dump, jsonl, texts_of, write

from index import Archive, build
from index.build import Progress, find_statements
from index.embedding import SentenceEmbedder
from index.errors import ArchiveError, DocumentError
from index.options import BuildOptions

# What goes in


def test_every_article_is_in_the_archive_to_the_letter(archive: Archive) -> None:
    articles = {article.id: article for article in archive.articles()}
    assert list(articles) == ["2031/bridge.txt", "2031/ferry.md", "wire-1", "wire-2"]
    assert articles["2031/bridge.txt"].text.startswith("Mayor Ilse Brandvold denied on Tuesday")
    assert articles["2031/bridge.txt"].text.endswith("who had received the report.\n")
    ferry = articles["2031/ferry.md"]
    assert (ferry.outlet, ferry.author) == ("Velmora Courier", "Oona Feld")
    assert ferry.published is not None
    assert ferry.published.isoformat() == "2031-03-09"


def test_one_speaker_is_known_by_all_articles_that_quote_him(archive: Archive) -> None:
    marchetti = [s for s in archive.speakers.values() if s.name == "Teo Marchetti"]
    assert len(marchetti) == 1
    quoted_in = {
        article.id
        for article in archive.articles()
        for attribution in archive.attributions(article.id)
        if attribution.speaker_id == marchetti[0].id
    }
    assert quoted_in == {"2031/bridge.txt", "2031/ferry.md", "wire-1"}


def test_a_denial_is_attributed_to_who_denied(archive: Archive) -> None:
    article = archive.article("2031/bridge.txt")
    first = archive.attributions(article.id)[0]
    assert [article.quote(span) for span in first.cue] == ["denied"]
    assert first.stance == "denies"
    assert archive.speakers[first.speaker_id or ""].name == "Ilse Brandvold"
    assert article.quote(first.content[0]).endswith(
        "cracks in the Tarrow Bridge before it was closed"
    )


def test_a_first_build_reports_what_it_added(news: Path, folder: Path, counting: Counting) -> None:
    seen: list[Progress] = []
    report = build(news, folder, embedder=counting, progress=seen.append)
    assert counts(report) == (8, 0, 0)
    assert (report.archive, report.generation, report.rejected) == (folder, 1, ())
    assert report.passages == len(counting.texts) == 8
    assert [(p.read, p.built) for p in seen] == [(n + 1, n) for n in range(8)]
    assert [p.origin for p in seen] == [str(news / name) for name in STORIES]
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.totals.attributions == report.attributions >= 16
        assert archive.totals.passages == 8


def test_without_attributions_only_passages_are_indexed(
    news: Path, folder: Path, counting: Counting
) -> None:
    options = BuildOptions(finder="none")
    assert build(news, folder, options, embedder=counting).attributions == 0
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.totals[:4] == (8, 8, 0, 0)
        assert archive.search("harbour of Osk")[0].article.id == "1.txt"


def test_an_archive_finds_its_model_by_itself(news: Path, folder: Path) -> None:
    build([news / "1.txt", str(news / "2.txt")], folder)
    with Archive.open(folder) as archive:
        assert archive.search("Tarrow")[0].article.id == "2.txt"


def test_the_same_documents_make_the_same_records(
    documents: Path, tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    for name in ("one", "two"):
        build(documents, tmp_path / name, embedder=embedder)
    first = dump(tmp_path / "one")
    assert len(first) > 50
    assert dump(tmp_path / "two") == first


@pytest.mark.parametrize(
    "title", ["漢字" * 200, "Extraordinarily " * 400, "https://a.example/" + "b1/" * 300]
)
def test_a_very_long_title_leaves_room_for_the_passages(
    tmp_path: Path, folder: Path, counting: Counting, title: str
) -> None:
    sentences = "The harbour of Velmora will open in May, the mayor said. " * 10
    news = write(tmp_path / "news", {"a.jsonl": jsonl({"title": title, "text": sentences})})
    report = build(news, folder, embedder=counting)
    assert report.passages == 1
    assert counting.count(counting.texts[0]) <= counting.limit


# What is rejected


def test_bad_documents_are_reported_with_their_place_and_the_rest_is_built(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    news = write(
        tmp_path / "news",
        {
            "a.txt": STORIES["0.txt"],
            "b.txt": b"caf\xe9 \x81\xff\x00",
            "c.jsonl": jsonl({"id": "c1", "text": STORIES["1.txt"]})
            + '{"text": \n{"text": "  "}\n',
            "d.txt": "",
            "e.docx": "?",
            "f.jsonl": '{"text": "\\ud800 alone"}\n'
            + jsonl({"id": "f2", "text": STORIES["2.txt"]}),
        },
    )
    report = build(news, folder, embedder=counting)
    assert counts(report) == (3, 0, 0)
    assert list(texts_of(folder, counting)) == ["a.txt", "c1", "f2"]
    assert [(error.path.name, error.line) for error in report.rejected] == [
        ("b.txt", 1),
        ("c.jsonl", 2),
        ("c.jsonl", 3),
        ("d.txt", None),
        ("e.docx", None),
        ("f.jsonl", 1),
    ]
    assert all(error.reason for error in report.rejected)


def test_an_archive_of_nothing_can_be_opened_and_filled_later(
    tmp_path: Path, folder: Path, counting: Counting
) -> None:
    news = write(tmp_path / "news", {"a.txt": ""})
    report = build(news, folder, embedder=counting)
    assert (counts(report), len(report.rejected)) == ((0, 0, 0), 1)
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.search("harbour") == []
        assert archive.totals == (0, 0, 0, 0, None, None)
    write(news, {"a.txt": STORIES["1.txt"]})
    assert counts(build(news, folder, embedder=counting)) == (1, 0, 0)
    with Archive.open(folder, embedder=counting) as archive:
        assert archive.search("harbour")[0].article.id == "a.txt"


def test_a_missing_source_is_refused_before_anything_is_made(
    news: Path, folder: Path, counting: Counting
) -> None:
    with pytest.raises(DocumentError, match="no such file or folder"):
        build([news, news / "missing"], folder, embedder=counting)
    assert not folder.exists()


def test_an_archive_cant_be_made_where_a_file_is(news: Path, counting: Counting) -> None:
    with pytest.raises(ArchiveError, match="name another folder"):
        build(news, news / "1.txt", embedder=counting)


def test_statements_are_found_without_an_archive(documents: Path) -> None:
    sources = [documents / "2031/bridge.txt", documents / "wires.jsonl"]
    found = list(find_statements(sources, BuildOptions(finder="rules")))
    assert not any(isinstance(one, DocumentError) for one in found)
    names = [set(one[2].values()) for one in found if not isinstance(one, DocumentError)]
    assert {"Ilse Brandvold", "Teo Marchetti"} <= names[0]
    assert {"Ilse Brandvold", "Teo Marchetti"} <= names[1]
