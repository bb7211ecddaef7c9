"""What a question turns into on its way to an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from index.records import Article, Attribution, AttributionKind, Passage, Span, Speaker
from index.store import digest

QuestionKind = Literal["what-said", "who-said", "verify", "denial", "list", "time", "nested"]

Verdict = Literal["yes", "no"]

Abstention = Literal[
    "empty-archive",
    "no-such-speaker",
    "nothing-on-topic",
    "nobody-said-it",
    "outside-dates",
]
"""Why there is no answer: nothing is archived; the speaker asked about isn't in the archive; he
is, but says nothing of the topic; no speaker is asked about and nobody says it; it is said, but
not in the time asked about."""


class Message(NamedTuple):
    """One earlier turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A stand-alone question, understood.

    Attributes:
        text: As asked, or as completed from the conversation.
        speakers: Whom it asks about, most likely first; each entry is one person or body.
        strangers: Names that it asks about and that no speaker of the archive has.
        supposed: Who it supposes may have said it: "Was it Jo Lee who ...?"
        mentioned: Who else is named in it: those whom "Who told Jo Lee ...?" is not about.
        described: Whom it asks about without naming: "the mayor's lawyer"; or empty.
        topic: The words to search for: the question without its asking words and speakers.
        role: What it says of whom it wants named: "pollster" in "which pollster ...?"; or empty.
        since, until: First and last day that it asks about, inclusive.
        context: Words of earlier turns of the conversation to search with.
        firm: The dates were set by the caller, not read from the words: never look outside.
        around: The day about which it is probably answered, where it names no time: news is asked
            about when it is new.
    """

    text: str
    kind: QuestionKind
    topic: str
    context: str = ""
    speakers: tuple[Speaker, ...] = ()
    strangers: tuple[str, ...] = ()
    supposed: tuple[Speaker, ...] = ()
    mentioned: tuple[Speaker, ...] = ()
    described: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    firm: bool = False
    around: date | None = None


class Copy(NamedTuple):
    """Another article with the same text, and where it has a statement.

    Attributes:
        same: Whether in the same words.
    """

    article: Article
    span: Span
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A numbered piece that an answer may cite: an attribution, or a passage without one.

    Attributes:
        number: From 1, best first.
        span: The attribution from its first to its last word of content, or the passage.
        speaker: Whose words they are; None for a passage.
        score: Higher is better; comparable within one question only.
        beside: What the same speaker says right before and after it, in reading order.
        copies: Where copies of the article have it, once `rag.copies` has looked.
    """

    number: int
    article: Article
    passage: Passage
    span: Span
    attribution: Attribution | None
    speaker: Speaker | None
    score: float
    beside: tuple[Attribution, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def kind(self) -> AttributionKind | None:
        """Direct, indirect or mixed; None for a passage."""
        return self.attribution.kind if self.attribution else None

    @property
    def statements(self) -> tuple[Attribution, ...]:
        """The attribution and what is said beside it, the attribution first."""
        return (self.attribution, *self.beside) if self.attribution else ()


class Claim(NamedTuple):
    """One sentence or line of a draft.

    Attributes:
        text: Markdown-free; words between quotation marks must stand in a cited span; `[n]`
            refers to the evidence of that number.
        speaker: Whom the claim names as the speaker, exactly as in `text`; empty for none.
        reported: The part of `text` that gives the article's words without quotation marks; it
            too must stand in a cited article as it is.
    """

    text: str
    numbers: tuple[int, ...]
    speaker: str = ""
    reported: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a writer proposes; `rag.citations.check` alone makes an Answer of it."""

    claims: tuple[Claim, ...]
    verdict: Verdict | None = None
    abstention: Abstention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The place in an article that an answer rests on.

    Attributes:
        number: As `[n]` in the answer's text.
        span: The paragraphs in which the cited words stand; of long ones, the words alone.
        highlights: The cited words within `span`; what stands between them ("he said") isn't
            the speaker's.
        speaker: None where a passage without an attribution is cited.
        copies: Where copies of the article have the statement.
        superseded: The archive has a newer version of the article, or has it no more: so of an
            answer that was kept.
    """

    number: int
    article: Article
    passage: Passage
    span: Span
    highlights: tuple[Span, ...]
    attribution: Attribution | None
    speaker: Speaker | None
    copies: tuple[Copy, ...] = ()
    superseded: bool = False

    @property
    def quote(self) -> str:
        """The article's own words at `span`."""
        return self.article.quote(self.span)

    @property
    def version(self) -> str:
        """The article's digest, by which `Archive.version` finds it as it was cited."""
        return digest(self.article)


class Scope(NamedTuple):
    """What was searched: how many articles, published from when to when."""

    articles: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verified answer, or a typed refusal; "nothing found" is no error.

    Attributes:
        text: Plain text, one claim a line. Every quotation in it is verbatim in a cited span.
        citations: What `text` cites; where abstained, the nearest statements, shown as such.
        evidence: Of the 10 best passages, best first, whether cited or not.
        abstention: Why there is no answer; None where there is one.
        verdict: For a "did X say ...?" question that was answered.
        confidence: Probability that the archive answers the question, as `rag.abstention`
            estimates it; 0 where the archive is empty or the speaker unknown.
    """

    question: Question
    text: str
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    scope: Scope
    abstention: Abstention | None = None
    verdict: Verdict | None = None
    confidence: float = 0.0

    @property
    def abstained(self) -> bool:
        """Whether the archive holds no answer."""
        return self.abstention is not None
