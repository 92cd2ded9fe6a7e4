"""Whatever dies and whenever: nothing is lost, and nothing comes up that was not there before."""

from __future__ import annotations

import pytest

from schemas import Story, decode
from schemas.topics import EVENTS, STORIES
from tests.pipeline.articles import an_article, ids_by_core
from tests.pipeline.waiting import wait_for

MANY = 120  # articles: enough that a worker is killed in the midst of them


def test_a_worker_killed_in_mid_stream_loses_and_invents_nothing(line):
    articles = [an_article(number) for number in range(MANY)]
    worker = line.start_worker("w1")
    line.publish(*articles)
    for share in (10, 3):
        wait_for(lambda share=share: line.count(STORIES) > MANY // share, "some stories", every=0.05)
        worker.kill()
        worker = line.start_worker("w1")
    line.drain()
    assert line.ids() == ids_by_core(articles)
    _assert_every_event_is_in_a_story(line)


@pytest.fixture
def shared_line(line, broker):
    """A line on a broker that can share the work among several workers."""
    if not broker.shares_work:
        pytest.skip(
            "the embedded broker is for one worker (docs/embedded-broker.md): run with --broker=kafka"
        )
    return line


def test_of_two_workers_one_takes_over_when_the_other_is_killed(shared_line):
    line = shared_line
    articles = [an_article(number) for number in range(MANY)]
    first, second = line.start_worker(), line.start_worker()
    wait_for(lambda: first.held() and second.held(), "both workers to share the partitions")
    line.publish(*articles)
    wait_for(lambda: line.count(EVENTS) > MANY // 5, "some events", every=0.05)
    first.kill()
    line.drain()
    assert line.ids() == ids_by_core(articles)
    _assert_every_event_is_in_a_story(line)
    assert second.held() == 6 * line.settings.partitions


def test_workers_that_come_and_go_in_a_burst_lose_and_invent_nothing(shared_line):
    line = shared_line
    articles = [an_article(number) for number in range(MANY)]
    line.publish(*articles)
    first = line.start_worker()
    wait_for(lambda: line.count(EVENTS) > 0, "the first events", every=0.05)
    second = line.start_worker()
    wait_for(second.is_ready, "the second worker")
    assert first.stop() == 0
    line.drain()
    assert line.ids() == ids_by_core(articles)
    _assert_every_event_is_in_a_story(line)


def test_a_worker_told_to_stop_ends_at_once_and_says_it_went_well(line):
    worker = line.start_worker()
    line.publish(*(an_article(number) for number in range(MANY)))
    wait_for(lambda: line.count(EVENTS) > 0, "the first events", every=0.05)
    assert worker.stop() == 0


def _assert_every_event_is_in_a_story(line) -> None:
    """The last revision of a story knows all its events: restored state was complete."""
    last = {}
    for record in line.records(STORIES):
        story = decode(Story, record.value)
        if story.id not in last or last[story.id].revision < story.revision:
            last[story.id] = story
    told = {event for story in last.values() for event in story.events}
    assert told == line.ids()["Event"]
