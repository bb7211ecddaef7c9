"""Training on a few invented articles: the loss falls, and the weights are the same each time."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest
import torch

from index.attributions import checkpoint, corpus, train
from index.attributions.chunks import BUDGET
from index.attributions.network import OUTSIDE, Network
from index.language import SpacyParser

TEXTS = {
    "harbour": (
        """Mayor Ilse Brandvold said the harbour would reopen in May.

“We have waited long enough,” she told the council of Oxhaven.""",
        [
            ("Mayor Ilse Brandvold", "said", "the harbour would reopen in May"),
            ("she", "told", "“We have waited long enough,”"),
        ],
    ),
    "bridge": (
        "The bridge at Tarn is unsafe, according to an engineers’ report. Rowan Pell denied it.",
        [
            ("an engineers’ report", "according to", "The bridge at Tarn is unsafe"),
            ("Rowan Pell", "denied", "it"),
        ],
    ),
}


def row(name: str) -> dict[str, object]:
    """Return an annotated article, as a line of the training file has it."""
    text, attributions = TEXTS[name.partition("#")[0]]

    def spans(words: str) -> list[list[int]]:
        start = text.index(words)
        return [[start, start + len(words)]]

    return {
        "doc": name,
        "text": text,
        "attributions": [
            {"source": spans(source), "cue": spans(cue), "content": spans(content)}
            for source, cue, content in attributions
        ],
    }


@cache
def documents() -> list[corpus.Document]:
    parser = SpacyParser()
    return [corpus.document([row(name)], parser.parse(TEXTS[name][0])) for name in TEXTS]


def measure(network: Network) -> float:
    """Return the loss over all the articles, without dropout."""
    pieces = checkpoint.wordpieces()
    batch = [one for item in documents() for one in corpus.examples(item, pieces, BUDGET)]
    with torch.no_grad():
        cue, span = train.loss(network.eval(), batch)
    return float(cue + span)


@cache
def trained() -> Network:
    *_, network = train.train(documents(), epochs=25, seed=3)
    return network


def test_training_lowers_the_loss_to_a_fifth() -> None:
    torch.manual_seed(3)
    assert measure(trained()) < measure(checkpoint.pretrained()) / 5


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    found = []
    for run, seed in enumerate((5, 5, 6)):
        *_, network = train.train(documents(), epochs=2, seed=seed)
        found.append(checkpoint.save(network, tmp_path / f"{run}.safetensors"))
    assert found[0] == found[1] != found[2]
    assert (tmp_path / "0.safetensors").read_bytes() == (tmp_path / "1.safetensors").read_bytes()


def test_what_was_saved_is_loaded_again_in_half_precision(tmp_path: Path) -> None:
    *_, network = train.train(documents(), epochs=1)
    path = tmp_path / "tagger.safetensors"
    loaded = checkpoint.load(path, checkpoint.save(network, path))
    for name, value in network.named_parameters():
        half = value.half().float() if value.requires_grad else value
        assert torch.equal(loaded.get_parameter(name), half), name


def test_weights_take_at_most_40_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "tagger.safetensors"
    checkpoint.save(checkpoint.pretrained(), path)
    assert path.stat().st_size <= 40_000_000


def test_annotators_of_one_article_share_its_weight(tmp_path: Path) -> None:
    """Two annotators find the harbour's cues, one of them only one cue: it counts half."""
    second = row("harbour#b")
    second["attributions"] = second["attributions"][:1]  # type: ignore[index]
    path = tmp_path / "train.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for line in (row("harbour#a"), second, row("bridge#a")):
            file.write(json.dumps(line) + "\n")
    harbour, bridge = corpus.read([path], SpacyParser())
    tokens = harbour.parse.tokens
    assert {tokens[head].text: share for head, share in harbour.cues.items()} == {
        "said": 1.0,
        "told": 0.5,
    }
    assert [one.weight for one in harbour.annotations] == [0.5, 0.5, 0.5]
    assert [one.weight for one in bridge.annotations] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("text", "cue", "head"),
    [
        ("Ilse Brandvold was adamant that ferries run.", "was adamant", "adamant"),
        ("Rowan Pell had been told that it leaks.", "had been told", "told"),
        ("Ferries run, according to Pell.", "according to", "according"),
    ],
)
def test_the_head_of_a_cue_is_its_lexical_word(text: str, cue: str, head: str) -> None:
    tokens = SpacyParser().parse(text).tokens
    start = text.index(cue)
    places = frozenset(
        place for place, token in enumerate(tokens) if start <= token.start < start + len(cue)
    )
    assert tokens[corpus.cue_head(tokens, places)].text == head


def test_tags_begin_and_end_with_each_run_of_a_role() -> None:
    """The direct quotation of the harbour: its cue's tags, role by role."""
    item = documents()[0]
    (example,) = corpus.examples(item, checkpoint.wordpieces(), BUDGET)
    tokens = item.parse.tokens
    _, _, tags, _ = example.spans[1]
    named = [
        (tokens[place].text, (tag - 1) // 4, "BIES"[(tag - 1) % 4])
        for place, tag in enumerate(tags)
        if tag != OUTSIDE
    ]
    content = ["“", "We", "have", "waited", "long", "enough", ",", "”"]
    parts = "B" + "I" * 6 + "E"
    assert named == [
        *((word, 2, part) for word, part in zip(content, parts, strict=True)),
        ("she", 0, "S"),
        ("told", 1, "S"),
    ]
