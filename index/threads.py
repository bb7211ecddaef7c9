"""One thread for a question: the products it takes are too small to share.

Handing a few kilobytes to a second core takes longer than the product itself, and the cores that
wait for it burn time that others' questions need.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from threadpoolctl import ThreadpoolController

_LIBRARIES = ("faiss", "numpy", "scipy", "spacy", "torch")
"""Each brings a pool of threads of its own, once it is loaded."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Have numerical libraries compute in the calling thread alone; safe between threads.

    Pools that all threads share are narrowed by the first to come, and restored by it.
    """
    pools = _pools(tuple(name in sys.modules for name in _LIBRARIES))
    with pools.limit(limits=1):
        yield


@lru_cache(maxsize=1)
def _pools(_loaded: tuple[bool, ...]) -> ThreadpoolController:
    """Return the pools of what is loaded; found anew when more is."""
    return ThreadpoolController()
