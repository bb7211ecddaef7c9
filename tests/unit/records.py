"""Three articles as the store is given them, and how they get in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np

from index.records import Article, Attribution, Mention, Naming, Passage, Place, Span, Speaker
from index.store import Row, Writer
from index.token_vectors import TokenVectors

META = {"embedder": "", "dimension": "4"}

BRIDGE = Article(
    id="bridge",
    text="Ilse Brandvold said no. “Never,” she said.",
    title="Bridge closed",
    outlet="Port Ansel Herald",
    author="Oona Feld",
    published=date(2031, 3, 4),
    url="https://herald.example/bridge",
    origin="/news/bridge.txt",
    extra={"section": "town", "tags": ["bridge", {"n": 2}], "words": 7},
)
FERRY = Article(
    id="ferry",
    text="The ferry runs, Teo Marchetti said.",
    outlet="Velmora Courier",
    published=date(2031, 3, 9),
)
UNDATED = Article(id="undated", text="Apples do well.")

SAID = Attribution(
    id="bridge#a0",
    article_id="bridge",
    source=(Span(0, 14),),
    cue=(Span(15, 19),),
    content=(Span(20, 22),),
    kind="indirect",
    stance="denies",
)
NEVER = Attribution(
    id="bridge#a1",
    article_id="bridge",
    source=(Span(33, 36),),
    cue=(Span(37, 41),),
    content=(Span(24, 32), Span(41, 42)),
    kind="direct",
    polarity="negated",
    within="bridge#a0",
)
RUNS = Attribution(
    id="ferry#a0",
    article_id="ferry",
    source=(),
    cue=(),
    content=(Span(0, 14),),
    kind="indirect",
)
BRANDVOLD = Speaker(id="s1", name="Ilse Brandvold", kind="person", aliases=("Brandvold", "mayor"))
MARCHETTI = Speaker(id="s2", name="Teo Marchetti", kind="person")
NAMED = Mention(attribution_id="bridge#a0", name="Ilse Brandvold", kind="person")
AGAIN = Mention(attribution_id="bridge#a1", name="Ilse Brandvold", kind="person")
NAMING = Naming("bridge", "Ilse Brandvold", "person")
SPEAKER_OF: Mapping[Place, str] = {NAMING.place: "s1"}


def row(
    article: Article,
    span: tuple[int, int],
    seed: int = 0,
    attributions: Sequence[tuple[Attribution, Mention | None]] = (),
) -> Row:
    random = np.random.default_rng(seed)
    tokens = TokenVectors(
        random.integers(0, 256, (3, 32)).astype(np.uint8),
        random.integers(0, 30_000, 3).astype(np.int32),
        random.integers(-9, 90, 3).astype(np.int32),
    )
    passage = Passage(
        id=f"{article.id}#{span[0]}-{span[1]}", article_id=article.id, span=Span(*span)
    )
    return Row(passage, random.normal(size=4).astype(np.float32), tokens, attributions)


BRIDGE_ROWS = [
    row(BRIDGE, (0, 23), 1, [(SAID, NAMED)]),
    row(BRIDGE, (24, 42), 2, [(NEVER, AGAIN)]),
]
FERRY_ROWS = [row(FERRY, (0, 35), 3, [(RUNS, None)])]
UNDATED_ROWS = [row(UNDATED, (0, 15), 4)]
BATCH = [(BRIDGE, BRIDGE_ROWS), (FERRY, FERRY_ROWS), (UNDATED, UNDATED_ROWS)]


def add(
    folder: Path,
    batch: Sequence[tuple[Article, Sequence[Row]]],
    speakers: Sequence[Speaker] = (BRANDVOLD, MARCHETTI),
    speaker_of: Mapping[Place, str] = SPEAKER_OF,
) -> int:
    """Add and publish; return the generation."""
    with closing(Writer(folder, META)) as writer:
        writer.add(batch)
        return publish(writer, speakers, speaker_of)


def publish(
    writer: Writer, speakers: Sequence[Speaker] = (), speaker_of: Mapping[Place, str] | None = None
) -> int:
    """Publish speakers in the place of all before; return the generation."""
    with writer.publishing() as register:
        register.write(speakers, (speaker_of or {}).items())
    return writer.generation - 1
