"""What a caller may choose about a build."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Choices of one build; the archive's manifest records them.

    Attributes:
        embedder: Folder or hub name of a sentence-transformers model; empty for the bundled one.
        passage_tokens: Most tokens in a passage, by tiktoken's `cl100k_base`; 16 to 8191.
        attributions: Whether to look for who said what; without, only passages are indexed.

    Raises:
        ValueError: `passage_tokens` is out of range.
    """

    embedder: str = ""
    passage_tokens: int = 200
    attributions: bool = True

    def __post_init__(self) -> None:
        if not 16 <= self.passage_tokens <= 8191:
            raise ValueError(f"passage_tokens must be 16 to 8191, not {self.passage_tokens}")
