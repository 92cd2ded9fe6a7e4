from __future__ import annotations

import pytest

from streams.ingest.pace import Pace


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def paced(rate, count, clock, work=0.0):
    pace = Pace(rate, clock, clock.sleep)
    for _ in range(count):
        pace.wait()
        clock.now += work
    return clock.now


def test_a_thousand_at_fifty_a_second_take_twenty_seconds():
    assert paced(50, 1_000, Clock()) == pytest.approx(20, abs=0.1)


def test_work_that_is_slower_than_the_rate_is_not_held_back():
    assert paced(50, 100, Clock(), work=0.1) == pytest.approx(10, abs=0.1)


def test_without_a_rate_nothing_waits():
    assert paced(None, 1_000, Clock()) == 0


def test_a_rest_is_not_made_up_for_by_a_burst():
    clock = Clock()
    pace = Pace(10, clock, clock.sleep)
    pace.wait()
    clock.now += 600
    began = clock.now
    for _ in range(100):
        pace.wait()
    assert clock.now - began == pytest.approx(10, abs=1.1)
