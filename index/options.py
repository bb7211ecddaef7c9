"""What a caller may choose about a build."""

from dataclasses import dataclass
from typing import Literal, get_args

Finder = Literal["tagger", "rules", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Choices of one build; the archive's manifest records them.

    Attributes:
        embedder: Folder or hub name of a sentence-transformers model; empty for the bundled one.
        passage_tokens: Most tokens in a passage, by tiktoken's `cl100k_base`; 16 to 8191.
        finder: What looks for who said what: "tagger", the neural network; "rules", several times
            as fast and less complete; "none", for passages only.

    Raises:
        ValueError: `passage_tokens` is out of range, or there is no such finder.
    """

    embedder: str = ""
    passage_tokens: int = 200
    finder: Finder = "tagger"

    def __post_init__(self) -> None:
        if self.finder not in get_args(Finder):
            raise ValueError(f"finder must be one of {get_args(Finder)}, not {self.finder!r}")
        if not 16 <= self.passage_tokens <= 8191:
            raise ValueError(f"passage_tokens must be 16 to 8191, not {self.passage_tokens}")
