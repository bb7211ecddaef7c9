"""A question is computed in one thread, and whoever comes after it has as many as before."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info, threadpool_limits

from index.threads import one_thread, share_cores

assert np.dot(np.ones(2), np.ones(2)) == torch.ones(2).sum()  # both have their pools by now


@pytest.fixture(autouse=True)
def three_threads() -> Iterator[None]:
    with threadpool_limits(3):
        yield


def threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info()}


def test_all_pools_are_narrowed_and_restored() -> None:
    assert threads() == {3}
    with one_thread():
        assert threads() == {1}
    assert threads() == {3}


@pytest.mark.parametrize(("cores", "share"), [(1, 1), (2, 1), (4, 2), (None, 1)])
def test_two_who_work_side_by_side_share_the_cores(
    cores: int | None, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    with share_cores(among=2):
        assert threads() == {share}
    assert threads() == {3}


def test_within_another_it_changes_nothing() -> None:
    with one_thread():
        with one_thread():
            assert threads() == {1}
        assert threads() == {1}
    assert threads() == {3}


def test_an_error_restores_them_too() -> None:
    with pytest.raises(ValueError, match="no"), one_thread():
        raise ValueError("no")
    assert threads() == {3}


def test_several_at_once_leave_them_as_they_were() -> None:
    first_is_in, first_has_left = Barrier(2, timeout=30), Barrier(2, timeout=30)

    def stay() -> None:
        with one_thread():
            first_is_in.wait()
            first_has_left.wait()

    with ThreadPoolExecutor(1) as pool:
        with one_thread():
            other = pool.submit(stay)
            first_is_in.wait()
            assert threads() == {1}
        first_has_left.wait()
        other.result()
    assert threads() == {3}
