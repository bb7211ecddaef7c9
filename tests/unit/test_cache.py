"""A cache gives what loading gives, loads what is new in one go, and forgets the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.cache import Cache


class Loader:
    """Doubles numbers; keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, keys: Sequence[int]) -> list[int]:
        self.asked.append(list(keys))
        return [2 * key for key in keys]


def test_what_is_new_is_loaded_at_once_and_in_order() -> None:
    loader = Loader()
    cache = Cache(10, loader)
    assert cache.get([3, 1]) == [6, 2]
    assert cache.get([1, 5, 3, 4, 5]) == [2, 10, 6, 8, 10]
    assert cache.get([4]) == [8]
    assert cache.get([]) == []
    assert loader.asked == [[3, 1], [5, 4]]


def test_what_was_not_asked_for_longest_is_forgotten() -> None:
    loader = Loader()
    cache = Cache(2, loader)
    for key in (1, 2, 1, 3, 1, 2):
        assert cache.get([key]) == [2 * key]
    assert loader.asked == [[1], [2], [3], [2]]


def test_more_than_it_keeps_may_be_asked_for() -> None:
    assert Cache(2, Loader()).get([1, 2, 3, 4, 1]) == [2, 4, 6, 8, 2]


def test_what_cannot_be_loaded_is_the_callers_to_know() -> None:
    known = {1: "one"}
    cache = Cache(4, lambda keys: [known[key] for key in keys])
    with pytest.raises(KeyError):
        cache.get([1, 2])
    assert cache.get([1]) == ["one"]


def test_threads_get_their_own_keys_values() -> None:
    cache = Cache(5, Loader())
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(cache.get, [[n % 9, n % 7] for n in range(500)]))
    assert found == [[2 * (n % 9), 2 * (n % 7)] for n in range(500)]
