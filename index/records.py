"""What an archive holds. Every record is a span of an article: none holds copied text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

AttributionKind = Literal["direct", "indirect", "mixed", "written"]
"""Whether the content stands between quotation marks: all of it, none, or part; or is what the
author of an opinion piece says in it, without source and cue."""

SpeakerKind = Literal["person", "organisation", "group", "document", "unnamed"]

Gender = Literal["m", "f", ""]
"""Whether "he" or "she" may stand for someone; empty where nothing tells."""

Stance = Literal[
    "says", "denies", "alleges", "confirms", "promises", "warns", "asks", "criticises",
    "praises", "declines", "thinks", "reports", "orders",
]  # fmt: skip
"""What the cue does with the content; `declines` is a refusal to comment."""

Polarity = Literal["asserted", "negated", "hypothetical"]
"""Whether the act of speech took place: "said", "did not say", "if he says"."""


class Span(NamedTuple):
    """Half-open range of code points in an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as published.

    Attributes:
        id: The document's own id where it has one; see `index.documents` for the others.
        title: As given, or empty.
        text: Exactly as the document has it; every offset counts on it.
        origin: Where it was read: a file, or `file:line`.
        extra: Fields of the document that have no place above, as JSON values.
    """

    id: str
    text: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""
    origin: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def quote(self, span: Span) -> str:
        """Return the article's own words at `span`."""
        return self.text[span.start : span.end]


class Token(NamedTuple):
    """One word or mark of a parse, labelled as spaCy's English models do (Universal POS, ClearNLP).

    Attributes:
        head: Place of the syntactic head in `Parse.tokens`; a root is its own head.
        entity: Place of the entity it stands in, in `Parse.entities`; -1 where in none.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: int
    sentence: int


class Entity(NamedTuple):
    """A named entity: its tokens (half-open, in `Parse.tokens`) and its OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """What the parser says of an article's text.

    Attributes:
        sentences: In order, without overlap; white space at their ends is left out.
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences of one article, the unit of retrieval."""

    id: str
    article_id: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What articles say that somebody is ("FBI director", "Ann Roe's running mate").

    Attributes:
        name: As most of them print it.
        articles: How many say so, at least 1.
        first, last: Days on which the first and the last of them were published; None where
            none of them has a date.
        outlets: Which outlets say so, sorted.
    """

    name: str
    articles: int
    first: date | None = None
    last: date | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody or something that says things, under all the names that articles give.

    Attributes:
        aliases: Every other name that leads to this speaker, sorted.
        roles: The role that most articles give first.
        members: Ids of those who speak together under this name ("Ann Roe and Jo Doe"), as far
            as they have names; empty for one alone.
    """

    id: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said what, by whose words we know it.

    Attributes:
        source: Words that name the speaker ("Mr. Ke", "he"); empty where the article has none.
        cue: Words that say that something is said ("denied", "according to"); may be empty.
        content: What is said, in reading order; never empty. Quotation marks are part of it.
        speaker_id: Whom the source names, once resolved.
        within: Id of the attribution whose content this one stands in, if any.
    """

    id: str
    article_id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: AttributionKind
    stance: Stance = "says"
    polarity: Polarity = "asserted"
    speaker_id: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Whom an attribution's source names, as far as its own article tells.

    Attributes:
        name: The fullest name that the article gives ("Vincent Ke" for "he"), or the article's
            own description of an unnamed source ("a senior official").
        gender, roles: What the article tells of a person; roles as printed ("FBI director").
        members: Name and kind of each one of those named who speak together ("Roe and Doe").
    """

    attribution_id: str
    name: str
    kind: SpeakerKind
    gender: Gender = ""
    roles: tuple[str, ...] = ()
    members: tuple[tuple[str, SpeakerKind], ...] = ()


class Naming(NamedTuple):
    """All mentions of one name in one article.

    Attributes:
        members: As a mention has them; each member has a naming of its own, too.
        gender: The first that a mention tells.
        roles: All that the mentions tell.
        mentions: How many there are.
        speaker: Whom the name was led to when the archive was last published; None before.
    """

    article: str
    name: str
    kind: SpeakerKind
    members: tuple[tuple[str, SpeakerKind], ...] = ()
    gender: Gender = ""
    roles: tuple[str, ...] = ()
    mentions: int = 1
    speaker: str | None = None

    @property
    def place(self) -> Place:
        """What tells it from all others."""
        return self[:4]


Place = tuple[str, str, SpeakerKind, tuple[tuple[str, SpeakerKind], ...]]
"""A naming's article, name, kind and members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for. Speakers, dates and outlet are hard limits on the passages found.

    Attributes:
        speakers: Speaker ids: passages with a statement of any of them; empty for no limit.
        since, until: First and last day of publication, both inclusive.
        limit: Most hits returned, at least 1.
        topic: What `text` is about, without whom and when: what is found for `text` is compared
            with this too.
    """

    text: str
    speakers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    limit: int = 50
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage, or an attribution in it, that a search found.

    Attributes:
        span: The passage, or the attribution from its first to its last word.
        scores: One figure a signal ("dense", "lexical", ...), higher is better.
    """

    article: Article
    passage: Passage
    span: Span
    attribution: Attribution | None
    score: float
    scores: Mapping[str, float] = field(default_factory=dict, hash=False)
