from __future__ import annotations

import pytest
from kafka import TopicPartition

from streams.health import LOOP_STANDS_AFTER, Health
from streams.lag import Position

A0 = TopicPartition("tocsin.articles", 0)
STUCK_AFTER = 60.0


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def health(clock):
    """A worker that holds one partition and whose loop turns."""
    made = Health(STUCK_AFTER, clock)
    made.turn()
    made.dealt([(A0.topic, A0.partition)])
    return made


def later(clock, health, seconds):
    clock.now += seconds
    health.turn()


def test_a_worker_with_nothing_to_do_stays_well(clock, health):
    for _ in range(10):
        later(clock, health, STUCK_AFTER)
        health.seen({A0: Position(5, 5)})
    assert health.sick() == []


def test_a_worker_that_works_off_a_backlog_is_well(clock, health):
    for done in range(10):
        later(clock, health, STUCK_AFTER - 1)
        health.seen({A0: Position(done, 100)})
        assert health.sick() == []


def test_messages_that_wait_while_none_is_done_make_it_sick(clock, health):
    health.seen({A0: Position(5, 9)})
    later(clock, health, STUCK_AFTER + 1)
    health.seen({A0: Position(5, 12)})
    assert health.sick() == ["tocsin.articles[0]: 7 messages wait, none done for 61 s"]


def test_a_message_after_a_long_silence_has_its_full_time(clock, health):
    health.seen({A0: Position(5, 5)})
    later(clock, health, 10 * STUCK_AFTER)
    health.seen({A0: Position(5, 5)})
    later(clock, health, 1)
    health.seen({A0: Position(5, 6)})
    assert health.sick() == []


def test_restoring_state_counts_as_progress(clock, health):
    health.seen({A0: Position(5, 9)})
    later(clock, health, STUCK_AFTER + 1)
    health.touch("tocsin.articles", 0)
    assert health.sick() == []


def test_a_partition_that_moved_on_to_another_worker_is_its_affair(clock, health):
    health.seen({A0: Position(5, 9)})
    later(clock, health, STUCK_AFTER + 1)
    health.dealt([])
    assert health.sick() == []


def test_silent_brokers_make_it_unready_not_sick(clock, health):
    health.seen({A0: Position(5, 9)})
    later(clock, health, STUCK_AFTER + 1)
    health.unseen("KafkaTimeoutError")
    assert health.sick() == []
    assert health.not_ready() == ["the brokers do not answer: KafkaTimeoutError"]


def test_a_loop_that_stands_still_makes_it_sick(clock, health):
    clock.now += LOOP_STANDS_AFTER + 5
    assert health.sick() == ["the event loop has not turned for 35 s"]


def test_it_is_not_ready_before_it_joined():
    assert Health(STUCK_AFTER, Clock()).not_ready() == ["has not joined the group yet"]


def test_it_is_ready_once_it_holds_partitions(health):
    assert health.not_ready() == []


def test_a_worker_too_many_says_so(health):
    health.dealt([])
    assert health.not_ready() == ["holds no partition: there are more workers than partitions"]


def test_the_partitions_whose_commit_moved_are_told(health):
    assert health.seen({A0: Position(5, 9)}) == []
    assert health.seen({A0: Position(6, 9)}) == [A0]
    assert health.seen({A0: Position(6, 9)}) == []
