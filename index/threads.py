"""One thread for a question: the products it takes are too small to share.

Handing a few kilobytes to a second core takes longer than the product itself, and the cores that
wait for it burn time that others' questions need.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

from threadpoolctl import ThreadpoolController

_LIBRARIES = ("faiss", "numpy", "scipy", "spacy", "torch")
"""Each brings a pool of threads of its own, once it is loaded."""


class _Shared:
    """The BLAS pools, which all threads share: the first to come narrows them, the last restores.

    How many threads OpenMP takes is each thread's own affair, so there is nothing to share.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._narrowed: Any = None

    def enter(self, pools: ThreadpoolController) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                self._narrowed = pools.limit(limits=1, user_api="blas")

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._narrowed.restore_original_limits()


_SHARED = _Shared()


@contextmanager
def one_thread() -> Iterator[None]:
    """Have numerical libraries compute in the calling thread alone; safe between threads."""
    pools = _pools(tuple(name in sys.modules for name in _LIBRARIES))
    _SHARED.enter(pools)
    try:
        with pools.limit(limits=1, user_api="openmp"):
            yield
    finally:
        _SHARED.leave()


@lru_cache(maxsize=1)
def _pools(_loaded: tuple[bool, ...]) -> ThreadpoolController:
    """Return the pools of what is loaded; found anew when more is."""
    return ThreadpoolController()
