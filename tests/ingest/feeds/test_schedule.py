from __future__ import annotations

import pytest

from streams.fetching import Fault
from streams.ingest.feeds.schedule import (
    FIRST,
    LEFT_OVER,
    LONGEST,
    LONGEST_FAULT,
    SHORTEST,
    Rhythm,
    after_answer,
    after_fault,
    first,
)

EVEN = 0.5  # chance that moves nothing


def answered(rhythm, new, now=0.0, **how):
    return after_answer(rhythm, new=new, now=now, chance=EVEN, **how)


def test_a_feed_begins_with_half_of_what_the_registry_expects():
    assert first(3600).interval == 1800
    assert first(None).interval == FIRST
    assert first(1).interval == SHORTEST
    assert first(31 * 86_400).interval == LONGEST


@pytest.mark.parametrize("every", [300, 1_800, 7_200])
def test_a_feed_comes_to_be_polled_about_as_often_as_it_has_something_new(every):
    rhythm, polls, hits = first(None), 0, 0
    last, end = 0.0, 30 * 86_400
    while rhythm.next_at < end:
        now = rhythm.next_at
        new = int(now // every) - int(last // every)
        rhythm, last, polls, hits = answered(rhythm, new, now), now, polls + 1, hits + (new > 0)
    assert 0.3 < polls / (end / every) < 4
    assert hits / polls > 0.2


def test_no_feed_is_polled_too_often_or_forgotten():
    busy = quiet = first(None)
    for _ in range(100):
        busy, quiet = answered(busy, 50), answered(quiet, 0)
    assert (busy.interval, quiet.interval) == (SHORTEST, LONGEST)


def test_what_is_left_over_is_read_soon_and_changes_no_rhythm():
    rhythm = answered(Rhythm(interval=1_000, faults=2), 20, now=50, is_left_over=True)
    assert rhythm == Rhythm(next_at=50 + LEFT_OVER, interval=1_000, faults=0)


def test_each_fault_doubles_the_wait_up_to_a_day_and_one_answer_ends_it():
    rhythm, waits = Rhythm(interval=900), []
    for _ in range(9):
        rhythm = after_fault(rhythm, Fault.TIMEOUT, retry_after=None, now=0, chance=EVEN)
        waits.append(rhythm.next_at)
    assert waits[:4] == [1_800, 3_600, 7_200, 14_400]
    assert waits[-1] == LONGEST_FAULT
    assert answered(rhythm, 1).faults == 0


def test_a_server_that_asks_to_wait_is_asked_again_when_it_said():
    rhythm = after_fault(Rhythm(), Fault.THROTTLED, retry_after=120, now=1_000, chance=EVEN)
    assert 1_120 <= rhythm.next_at <= 1_130


@pytest.mark.parametrize("fault", [Fault.GONE, Fault.ROBOTS, Fault.REFUSED_ADDRESS])
def test_a_feed_that_hardly_mends_by_itself_is_asked_once_a_day(fault):
    assert after_fault(Rhythm(), fault, retry_after=None, now=0, chance=EVEN).next_at == LONGEST_FAULT


def test_feeds_that_fail_together_do_not_come_back_together():
    times = {
        after_fault(Rhythm(), Fault.DNS, retry_after=None, now=0, chance=c / 10).next_at for c in range(11)
    }
    assert len(times) == 11
