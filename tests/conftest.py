"""What the tests share: the real models, loaded once, and a small archive of invented articles."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index import Archive, build
from index.embedding import SentenceEmbedder
from index.language import SpacyParser

os.environ["HF_HUB_OFFLINE"] = "1"

# The same examples each time, however slow the machine.
settings.register_profile("onrecord", deadline=None, derandomize=True)
settings.load_profile("onrecord")

DOCUMENTS = {
    "2031/bridge.txt": """ date 2031-03-04 Mayor Ilse Brandvold denied on Tuesday that she had \
been told of cracks in the Tarrow Bridge before it was closed.

"I never saw that report," Brandvold said. "Had I seen it, I would have closed the bridge the \
same day."

Engineers wrote in the report that two of the bridge's nine piers "may not outlast another \
winter", the Port Ansel Herald reported last week.

Councillor Teo Marchetti said the mayor should resign. He called the closure a disgrace.

The mayor's office declined to comment on who had received the report.
""",
    "2031/ferry.md": """---
title: Ferry to run until the bridge opens again
date: 2031-03-09
outlet: Velmora Courier
author: Oona Feld
url: https://courier.example/ferry
---
A ferry will cross the Tarrow every twenty minutes, the transport authority promised on Sunday.

“We will carry everybody who needs to cross, and we will do it free of charge,” said Hanne \
Osterlund, who heads the authority. “Nobody should lose a job because of two piers.”

According to shopkeepers on the east bank, trade has fallen by half since the bridge was closed. \
Teo Marchetti, a councillor, warned that the ferry could not replace the bridge for long.

Marchetti told the Courier that Osterlund had said the boats were “older than the bridge itself”.
""",
    "wires.jsonl": "\n".join(
        json.dumps(article, ensure_ascii=False)
        for article in (
            {
                "id": "wire-1",
                "title": "Brandvold will not stand again",
                "published": "2031-03-20",
                "outlet": "Ansel Wire",
                "url": "https://wire.example/1",
                "text": "Ilse Brandvold, the mayor of Velmora, said on Thursday that she would not "
                "stand for a third term.\n\nBrandvold said she wanted to spend more time with her "
                "orchard. “I leave a town that is poorer by one bridge and richer by one lesson,” "
                "she told reporters outside the town hall.\n\nTeo Marchetti praised her decision. "
                "“It was the right thing to do,” he said.",
            },
            {
                "id": "wire-2",
                "title": "Apples do well after a mild winter",
                "published": "2031-09-02",
                "outlet": "Ansel Wire",
                "url": "https://wire.example/2",
                "text": "Growers in the Osk valley expect the largest harvest of apples in ten "
                "years.\n\n“The blossom was never touched by frost,” said Per Lindqvist, who grows "
                "apples near Osk. Lindqvist said cider makers had already bought half of the crop."
                "\n\nThe valley’s growers’ union asked the ministry for cheaper cold stores.",
            },
        )
    ),
}
"""The documents of the shared archive, by their place in the source."""


@pytest.fixture(scope="session")
def embedder() -> SentenceEmbedder:
    """Return the bundled embedder."""
    return SentenceEmbedder()


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """Return the bundled parser."""
    return SpacyParser()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of four invented articles, from three outlets, in three formats."""
    folder = tmp_path_factory.mktemp("documents")
    for place, content in DOCUMENTS.items():
        path = folder / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def archive(
    documents: Path,
    embedder: SentenceEmbedder,
    parser: SpacyParser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Archive]:
    """Yield the archive built from `documents`, opened; it isn't to be built into."""
    folder = tmp_path_factory.mktemp("archive")
    build(documents, folder, embedder=embedder, parser=parser)
    with Archive.open(folder, embedder=embedder) as opened:
        yield opened
