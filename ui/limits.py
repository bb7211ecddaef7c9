"""How often one reader may do a thing."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

_MOST_READERS = 10_000


class RateLimit:
    """At most `most` calls a reader within `seconds`; safe to share between threads.

    Args:
        clock: Seconds, never going back.
    """

    def __init__(
        self, most: int, seconds: float = 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most = most
        self._seconds = seconds
        self._clock = clock
        self._calls: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, reader: str) -> float:
        """Count a call, and return 0; or count none, and return the seconds to wait."""
        now = self._clock()
        with self._lock:
            calls = self._calls.setdefault(reader, deque())
            self._calls.move_to_end(reader)
            while len(self._calls) > _MOST_READERS:
                self._calls.popitem(last=False)
            while calls and calls[0] <= now - self._seconds:
                calls.popleft()
            if len(calls) >= self.most:
                return calls[0] + self._seconds - now
            calls.append(now)
            return 0.0
