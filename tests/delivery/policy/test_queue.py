from __future__ import annotations

from datetime import timedelta

import pytest

from schemas import Delivery
from streams.delivery.policy import Queue
from tests.delivery.policy.plans import HERE, a_brief
from tests.factories import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def queue():
    return Queue(jitter=lambda: 1.0)


def a_delivery(id_, *, thread=None, attempts=0):
    return Delivery(
        id=id_,
        receiver="desk",
        outcome="queued",
        because="to be sent",
        brief=a_brief(id_, thread=thread or id_),
        place=HERE,
        decided_at=NOON,
        attempts=attempts,
    )


def test_deliveries_take_turns_in_the_order_they_were_decided(queue):
    first, second = a_delivery("a"), a_delivery("b")
    queue.add(first)
    queue.add(second)
    assert queue.next(NOON) == first
    queue.done(first)
    assert queue.next(NOON) == second
    queue.done(second)
    assert queue.next(NOON) is None
    assert queue.pause(NOON) is None


def test_each_failure_in_a_row_doubles_the_pause_up_to_a_minute(queue):
    queue.add(a_delivery("a"))
    pauses = []
    now = NOON
    for attempts in range(1, 10):
        queue.failed(a_delivery("a", attempts=attempts), now)
        pauses.append(queue.pause(now))
        now += timedelta(seconds=pauses[-1])
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_pauses_are_spread_so_that_receivers_are_not_all_asked_at_once():
    spread = []
    for jitter in (0.0, 0.5, 1.0):
        queue = Queue(jitter=lambda jitter=jitter: jitter)
        queue.add(a_delivery("a"))
        queue.failed(a_delivery("a", attempts=3), NOON)
        spread.append(queue.pause(NOON))
    assert spread == [2.0, 3.0, 4.0]


def test_a_receiver_that_says_when_to_come_again_is_taken_at_his_word(queue):
    queue.add(a_delivery("a"))
    queue.failed(a_delivery("a", attempts=1), NOON, retry_after=90)
    assert queue.next(NOON + 89 * SECOND) is None
    assert queue.next(NOON + 90 * SECOND) is not None


def test_one_that_fails_again_and_again_does_not_hold_up_another_thread(queue):
    queue.add(a_delivery("poison"))
    queue.add(a_delivery("sound"))
    queue.failed(a_delivery("poison", attempts=5), NOON)
    assert queue.next(NOON + SECOND).id == "sound"


def test_an_update_never_overtakes_the_alert_it_updates(queue):
    queue.add(a_delivery("alert", thread="t"))
    queue.add(a_delivery("update", thread="t"))
    queue.failed(a_delivery("alert", thread="t", attempts=5), NOON)
    assert queue.next(NOON + SECOND) is None
    assert queue.pause(NOON + SECOND) == 15
    assert queue.next(NOON + 16 * SECOND).id == "alert"


def test_a_receiver_that_answers_is_served_at_once(queue):
    queue.add(a_delivery("a"))
    queue.add(a_delivery("b"))
    for _ in range(5):
        queue.failed(a_delivery("a", attempts=1), NOON)
    queue.done(a_delivery("a"))
    assert queue.next(NOON).id == "b"
