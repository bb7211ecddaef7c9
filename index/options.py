"""What a caller may choose about a build."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

Finder = Literal["tagger", "rules", "none"]
FieldName = Literal["articles", "id", "title", "text", "published", "outlet", "author", "url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a document may cost; one that would cost more is reported, and the rest is read.

    Attributes:
        characters: Most characters of an article, and of a line or record of several.
        document_bytes: Most bytes of a document that is held in memory whole: a web page, PDF,
            Word document, message or feed.
        unpacked_ratio: Most times its own size that a packed file may unpack to, all that is
            packed within it counted; 64 MiB are always allowed.
        depth: Most packed files inside one another.
        pages: Most pages of a PDF.
        seconds: Most seconds that a PDF may take.

    Raises:
        ValueError: A limit is under one.
    """

    characters: int = 4 * 2**20
    document_bytes: int = 64 * 2**20
    unpacked_ratio: int = 200
    depth: int = 3
    pages: int = 2000
    seconds: int = 60

    def __post_init__(self) -> None:
        for one in fields(self):
            if getattr(self, one.name) < 1:
                raise ValueError(f"{one.name} must be at least 1, not {getattr(self, one.name)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Choices of one build; the archive's manifest records them.

    Attributes:
        embedder: Folder or hub name of a sentence-transformers model; empty for the bundled one.
        passage_tokens: Most tokens in a passage, by tiktoken's `cl100k_base`; 16 to 8191.
        finder: What looks for who said what: "tagger", the neural network; "rules", several times
            as fast and less complete; "none", for passages only.
        prune: Remove the articles that came from the sources given and are no longer there; one
            that merely can't be read any more stays.
        limits: What a document may cost.
        field_map: Where JSON and tables have the fields of an article, by their names here; a
            dot leads into an object ("content.body"). `articles` is the list in a JSON object
            that holds them. The manifest records none of the last three.

    Raises:
        ValueError: `passage_tokens` is out of range, or there is no such finder or field.
    """

    embedder: str = ""
    passage_tokens: int = 200
    finder: Finder = "tagger"
    prune: bool = False
    limits: Limits = Limits()
    field_map: Mapping[FieldName, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.finder not in get_args(Finder):
            raise ValueError(f"finder must be one of {get_args(Finder)}, not {self.finder!r}")
        if not 16 <= self.passage_tokens <= 8191:
            raise ValueError(f"passage_tokens must be 16 to 8191, not {self.passage_tokens}")
        for name in self.field_map:
            if name not in get_args(FieldName):
                raise ValueError(
                    f"no field is called {name!r}; use {', '.join(get_args(FieldName))}"
                )
