"""How many threads numerical libraries take: one for a question, their share for a build.

Handing a few kilobytes to a second core takes longer than the product itself, and the cores that
wait for it burn time that others need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from threadpoolctl import ThreadpoolController

_LIBRARIES = ("faiss", "numpy", "scipy", "spacy", "torch")
"""Each brings a pool of threads of its own, once it is loaded."""


@contextmanager
def limit_threads(most: int) -> Iterator[None]:
    """Have each product computed by so many threads at most; safe between threads.

    Pools that all threads share are narrowed by the first to come, and restored by it.
    """
    pools = _pools(tuple(name in sys.modules for name in _LIBRARIES))
    with pools.limit(limits=most):
        yield


@contextmanager
def one_thread() -> Iterator[None]:
    """Have numerical libraries compute in the calling thread alone."""
    with limit_threads(1):
        yield


@contextmanager
def share_cores(among: int) -> Iterator[None]:
    """Have each of so many threads that work side by side compute with its share of the cores."""
    with limit_threads(max(1, (os.cpu_count() or 1) // among)):
        yield


@lru_cache(maxsize=1)
def _pools(_loaded: tuple[bool, ...]) -> ThreadpoolController:
    """Return the pools of what is loaded; found anew when more is."""
    return ThreadpoolController()
