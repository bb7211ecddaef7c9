"""How often a reader may do a thing."""

from __future__ import annotations

from ui.limits import RateLimit


def test_the_call_over_the_limit_must_wait_until_the_first_is_old() -> None:
    now = [100.0]
    limit = RateLimit(2, 60, clock=lambda: now[0])
    assert limit.take("ann") == 0
    now[0] = 110
    assert limit.take("ann") == 0
    now[0] = 130
    assert limit.take("ann") == 30
    now[0] = 160
    assert limit.take("ann") == 0
    assert limit.take("ann") == 10


def test_each_reader_has_calls_of_his_own() -> None:
    limit = RateLimit(1, 60, clock=lambda: 0)
    assert [limit.take("ann"), limit.take("bo"), limit.take("ann")] == [0, 0, 60]
