"""What was asked for last, kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """The most recently used values, loaded many at once; safe to share between threads.

    `functools.lru_cache` loads them one by one, which costs several times as much.

    Args:
        size: Most values kept.
        load: Returns the value of each key, in order.
    """

    def __init__(self, size: int, load: Callable[[Sequence[K]], Iterable[V]]) -> None:
        self._size = size
        self._load = load
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, keys: Sequence[K]) -> list[V]:
        """Return the value of each key, in order; raises what loading raises."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            found |= zip(missing, self._load(missing), strict=True)
        with self._lock:
            for key, value in found.items():
                self._kept[key] = value
                self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return [found[key] for key in keys]
