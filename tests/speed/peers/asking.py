"""Questions asked of other projects' retrievers: `PYTHON tests/speed/peers/asking.py NAME FOLDER`.

For `retrieval.py --peers PYTHON`, which runs it under a Python that has them installed; the project
itself doesn't. The folder holds passages (`passages.jsonl`), their vectors in the same order
(`vectors.npy`), questions (`questions.jsonl`) and the name of the model that encoded the passages
(`model.txt`). What each retriever finds, and the time it takes, goes to `NAME.json` in it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

MOST = 10
"""Passages wanted of each retriever."""

WARM = (
    "Who said the bridge would open in spring?",
    "What did the minister say about the price of bread?",
    "Did the mayor deny that she had read the report?",
    "Who has criticised the plan for the new harbour?",
    "Which team won the regatta last week?",
)
"""Asked before the clock runs."""

Ask = Callable[[Any], list[str]]
"""A question in, passage ids out, best first."""


class Passages(NamedTuple):
    """What is searched: ids, texts with their articles' titles, and vectors, (n, d)."""

    ids: list[str]
    texts: list[str]
    vectors: np.ndarray  # type: ignore[type-arg]


def llamaindex(passages: Passages, model: str) -> Ask:
    """Ask LlamaIndex's vector store by its default retriever: dense alone."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    embedder = HuggingFaceEmbedding(model_name=model, device="cpu")
    nodes = [
        TextNode(id_=i, text=text, embedding=vector.tolist())
        for i, text, vector in zip(*passages, strict=True)
    ]
    index = VectorStoreIndex(nodes, embed_model=embedder)
    retriever = index.as_retriever(similarity_top_k=MOST)
    return lambda question: [found.node.node_id for found in retriever.retrieve(question)]


def haystack(passages: Passages, model: str) -> Ask:
    """Ask Haystack's hybrid pipeline: BM25 and vectors, joined by reciprocal rank fusion."""
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersTextEmbedder,
    )

    store = InMemoryDocumentStore()
    store.write_documents(
        [
            Document(id=i, content=text, embedding=vector.tolist())
            for i, text, vector in zip(*passages, strict=True)
        ]
    )
    cpu = ComponentDevice.from_str("cpu")
    pipeline = Pipeline()
    pipeline.add_component(
        "embedder", SentenceTransformersTextEmbedder(model=model, device=cpu, progress_bar=False)
    )
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=MOST))
    pipeline.add_component("lexical", InMemoryBM25Retriever(store, top_k=MOST))
    pipeline.add_component("both", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=MOST))
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("dense", "both")
    pipeline.connect("lexical", "both")

    def ask(question: str) -> list[str]:
        found = pipeline.run({"embedder": {"text": question}, "lexical": {"query": question}})
        return [document.id for document in found["both"]["documents"]]

    return ask


def txtai(passages: Passages, model: str) -> Ask:
    """Ask txtai's hybrid index: BM25 and vectors, as it weighs them."""
    from txtai import Embeddings

    encoder = Embeddings(path=model, gpu=False)
    known = dict(zip(passages.texts, passages.vectors, strict=True))

    def transform(texts: list[str]) -> np.ndarray:  # type: ignore[type-arg]
        if all(text in known for text in texts):
            return np.stack([known[text] for text in texts])
        return np.stack(encoder.batchtransform(texts))

    index = Embeddings(method="external", transform=transform, hybrid=True)
    index.index(zip(passages.ids, passages.texts, strict=True))
    known.clear()  # what is encoded from now on are questions
    return lambda question: [found for found, _ in index.search(question, MOST)]


PEERS = {"llamaindex": llamaindex, "haystack": haystack, "txtai": txtai}


def measure(ask: Ask, warm: Sequence[object], questions: Sequence[object]) -> dict[str, list[Any]]:
    """Ask each question once; return the passages found, and the time each took.

    Returns:
        "found": passage ids a question, best first; "clock" and "CPU": milliseconds a question.
    """
    for question in warm:
        ask(question)
    found, passed, worked = [], [], []
    for question in questions:
        began, cpu = time.perf_counter(), time.process_time()
        found.append(ask(question))
        worked.append(1000 * (time.process_time() - cpu))
        passed.append(1000 * (time.perf_counter() - began))
    return {"found": found, "clock": passed, "CPU": worked}


def read_lines(path: Path) -> list[Any]:
    """Read a `.jsonl` file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def main() -> None:
    """Ask one of them; write what came of it."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    rows = read_lines(folder / "passages.jsonl")
    passages = Passages(
        [row["id"] for row in rows], [row["text"] for row in rows], np.load(folder / "vectors.npy")
    )
    questions = [row["text"] for row in read_lines(folder / "questions.jsonl")]
    ask = PEERS[name](passages, (folder / "model.txt").read_text(encoding="utf-8"))
    seen = measure(ask, WARM, questions)
    (folder / f"{name}.json").write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()
