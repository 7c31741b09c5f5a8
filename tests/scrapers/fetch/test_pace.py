from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from scrapers.fetch.pace import Pace, host_of


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now_s = 50.0

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now_s += seconds


def test_pause_runs_from_the_end_of_a_request() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    starts = []
    for host, pause_s in [("a", 2.0), ("a", 2.0), ("b", 2.0), ("a", 0.0), ("a", 5.0), ("b", 3.0)]:
        with pace.turn(host, pause_s):
            starts.append(clock.now_s)
            clock.now_s += 1.0
    assert starts == [50.0, 53.0, 54.0, 55.0, 61.0, 62.0]


def test_pause_after_a_failure_too() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    with pytest.raises(ZeroDivisionError), pace.turn("a", 2.0):
        raise ZeroDivisionError
    with pace.turn("a", 2.0):
        assert clock.now_s == 52.0


def test_one_at_a_time() -> None:
    pace, busy, most = Pace(), 0, 0

    def work(_: int) -> None:
        nonlocal busy, most
        with pace.turn("a", 0.001):
            busy += 1
            most = max(most, busy)
            time.sleep(0)  # any other thread may go on now
            busy -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert (busy, most) == (0, 1)


@pytest.mark.parametrize(("port", "key"), [(None, "x"), (80, "x"), (443, "x"), (8080, "x:8080")])
def test_what_shares_a_pace(port: int | None, key: str) -> None:
    assert host_of("x", port) == key
