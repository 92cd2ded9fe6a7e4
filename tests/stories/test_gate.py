"""How well stories are merged on the corpus written for it, and that no restart changes any of them."""

from __future__ import annotations

import random

import pytest

from schemas import Story, decode, encode
from streams.stories import Stories
from tests.stories.corpus import articles, half_of, pairs, read
from tests.stories.corpus.mentions import HALVES
from tests.stories.corpus.scoring import by_stories

PRECISION, RECALL = 0.97, 0.90
KILLS = 20


@pytest.fixture(scope="module")
def reading():
    return read(articles())


@pytest.mark.parametrize("half", HALVES)
def test_what_is_one_happening_comes_together_and_nothing_else(reading, half):
    counted = pairs(
        [one for one in reading.mentions if half_of(one.happening) == half], by_stories(reading.events)
    )
    assert (counted.precision >= PRECISION, counted.recall >= RECALL) == (True, True), counted


@pytest.mark.parametrize("seed", range(3))
def test_reports_that_come_out_of_order_come_together_all_the_same(reading, seed):
    together = max(event.tagged_at for event in reading.events)
    events = [event.model_copy(update={"tagged_at": together}) for event in reading.events]
    random.Random(seed).shuffle(events)
    counted = pairs(reading.mentions, by_stories(events))
    assert (counted.precision >= PRECISION, counted.recall >= RECALL) == (True, True), counted


def test_twenty_kills_at_any_point_leave_every_story_as_one_uninterrupted_run_does(reading):
    """A killed worker starts from what it sent before, and reads again what it had not yet acknowledged."""
    assert told(reading.events) == told(
        reading.events, kills=sorted(random.Random(7).sample(range(len(reading.events)), KILLS))
    )


def told(events, kills=()) -> dict[str, Story]:
    """Return the last revision of every story."""
    log: list[bytes] = []
    stories, at, pending, rnd = Stories(family=str), 0, list(kills), random.Random(1)
    while at < len(events):
        if pending and at >= pending[0]:
            pending.pop(0)
            stories = Stories(family=str)
            for raw in log:
                stories.restore(decode(Story, raw))
            at = max(0, at - rnd.randrange(30))
        if story := stories.add(events[at]):
            log.append(encode(story))
        at += 1
    last: dict[str, Story] = {}
    for raw in log:
        story = decode(Story, raw)
        assert story.id not in last or story.revision > last[story.id].revision, "a revision came twice"
        last[story.id] = story
    return last
