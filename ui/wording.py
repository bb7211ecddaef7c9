"""How the page and its exports name things: days, counts, stances, speakers, articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from index.records import Article, Attribution, AttributionKind, Speaker, Stance
from rag import AskOptions, Citation, Scope

STANCES: Mapping[Stance, tuple[str, str]] = {
    "says": ("said", "say"),
    "denies": ("denied", "deny"),
    "alleges": ("alleged", "allege"),
    "confirms": ("confirmed", "confirm"),
    "promises": ("promised", "promise"),
    "warns": ("warned", "warn"),
    "asks": ("asked", "ask"),
    "criticises": ("criticised", "criticise"),
    "praises": ("praised", "praise"),
    "declines": ("declined", "decline"),
    "thinks": ("thought", "think"),
    "reports": ("reported", "report"),
    "orders": ("ordered", "order"),
}
"""Each stance as it is put in the past and after "did not"."""

KINDS: Mapping[AttributionKind, tuple[str, str]] = {
    "direct": ("Direct quote", "The speaker's own words"),
    "indirect": ("Indirect", "The reporter's words for what was said"),
    "mixed": ("Partly quoted", "Partly the speaker's own words, partly the reporter's"),
    "written": (
        "Opinion or letter",
        "What the author of an opinion piece or of a letter writes in it",
    ),
}
"""Each kind of attribution, and what that means."""

_HEADLINE_LENGTH = 90


def name_stance(attribution: Attribution) -> str:
    """Return what the speaker did, as in "denied" or "did not promise"."""
    if attribution.kind == "written":
        return "wrote"
    past, base = STANCES[attribution.stance]
    if attribution.polarity == "negated":
        return f"did not {base}"
    return past if attribution.polarity == "asserted" else f"{past}, hypothetically"


def name_speaker(citation: Citation) -> str:
    """Return the speaker's name, or for want of one the article's words for the speaker."""
    if citation.speaker is not None:
        return citation.speaker.name
    return name_source(citation.article, citation.attribution, None)


def name_source(article: Article, attribution: Attribution | None, speaker: Speaker | None) -> str:
    """Return who says an attribution; without one, the article does."""
    if speaker is not None:
        return speaker.name
    if attribution is None:
        return "The article itself"
    return " ".join(article.quote(span) for span in attribution.source) or "Speaker not named"


def describe_speaker(citation: Citation) -> str:
    """Return what the speaker is ("chief engineer"); or nothing.

    It is what the article has beside the name; for want of that, what most articles say.
    """
    if citation.speaker is None or citation.attribution is None:
        return ""
    usual = next((role.name for role in citation.speaker.roles), "")
    words = " ".join(citation.article.quote(span) for span in citation.attribution.source)
    before, name, after = " ".join(words.split()).partition(citation.speaker.name)
    if not name:
        return usual
    parts = (part.strip(" ,;:.()’'") for part in (before, after))
    return ", ".join(part for part in parts if len(part) > 2 and part.lower() != "the") or usual


def write_headline(article: Article) -> str:
    """Return the title, or for want of one the first words of the text."""
    if article.title:
        return article.title
    words = " ".join(article.text[: 4 * _HEADLINE_LENGTH].split())
    if len(words) <= _HEADLINE_LENGTH:
        return words
    return words[:_HEADLINE_LENGTH].rsplit(" ", 1)[0] + " …"


def write_imprint(article: Article) -> list[str]:
    """Return the article's outlet and day, or that they are not given."""
    return [
        article.outlet or "Outlet not given",
        write_day(article.published) if article.published else "no date",
    ]


def write_scope(scope: Scope) -> str:
    """Return what was searched, as in "12 articles, 3 May 2021 to 9 June 2022"."""
    articles = write_count(scope.articles, "article")
    if scope.first is None or scope.last is None:
        return articles
    if scope.first == scope.last:
        return f"{articles}, {write_day(scope.first)}"
    return f"{articles}, {write_day(scope.first)} to {write_day(scope.last)}"


def write_filters(options: AskOptions) -> list[str]:
    """Return the filters of a question that are set, as in "since 3 May 2021"."""
    return [
        words
        for words in (
            options.speaker or "",
            options.outlet or "",
            f"since {write_day(options.since)}" if options.since else "",
            f"until {write_day(options.until)}" if options.until else "",
        )
        if words
    ]


def write_day(day: date) -> str:
    """Return a day as in "3 May 2021"."""
    return f"{day.day} {day:%B %Y}"


def write_month(month: str) -> str:
    """Return a month such as "2031-03" as in "March 2031"."""
    return f"{date(int(month[:4]), int(month[5:]), 1):%B %Y}"


def write_count(number: int, thing: str) -> str:
    """Return a number of things as in "1,204 articles"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
