"""Feeds: an article an entry; a summary is said to be one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from corpus import writers

from index import documents
from index.errors import DocumentError
from index.records import Article

CORPUS = Path(__file__).parents[1] / "corpus"


def test_the_content_of_an_entry_is_its_text_and_for_want_of_it_the_summary() -> None:
    full, short, error = documents.read(CORPUS / "feed.xml")
    assert full == Article(
        id="herald-88",
        title="Pool & baths shut",
        text="The council voted to shut the pool.\n\n“Nobody wanted it,” said Tom Bray.",
        outlet="Ostrey Herald",
        author="Oona Feld",
        published=date(2031, 4, 2),
        url="https://herald.example/pool",
        origin=f"{CORPUS / 'feed.xml'}#1",
    )
    assert isinstance(short, Article)
    assert short.text == "The ferry will run all night, Hanne Osterlund said."
    assert short.extra == {"summary_only": True}
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("entry 3: no text")


def test_an_atom_feed_is_read_too() -> None:
    assert list(documents.read(CORPUS / "atom.xml")) == [
        Article(
            id="tag:wire,1",
            title="Ferry late",
            text="Tom Bray denied it.",
            outlet="Wire",
            author="Ida Feld",
            published=date(2031, 4, 9),
            url="https://wire.example/1",
            origin=f"{CORPUS / 'atom.xml'}#1",
        )
    ]


def test_of_a_feed_that_breaks_off_what_is_whole_is_read(tmp_path: Path) -> None:
    item = "<title>Ferry</title><description>Ida left.</description>"
    path = tmp_path / "a.rss"
    path.write_bytes(writers.feed(item, item)[:-60])
    *articles, error = documents.read(path)
    assert isinstance(articles[0], Article)
    assert articles[0].text == "Ida left."
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("the feed is damaged")


def test_an_entity_that_leads_to_a_file_is_not_followed() -> None:
    [article] = documents.read(CORPUS / "outside.xml")
    assert isinstance(article, Article)
    assert article.text == "Ida said ."


def test_a_feed_of_more_tags_than_any_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(writers.feed("<a/>" * 500_000))
    [error] = documents.read(path)
    assert isinstance(error, DocumentError)
    assert error.reason.startswith("it has more than 500,000 tags")
