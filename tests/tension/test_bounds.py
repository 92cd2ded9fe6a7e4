"""Memory: what is over goes, and so do the oldest of too many; both are counted."""

from __future__ import annotations

import random
from datetime import timedelta

from streams.tension import Dyads, formula
from tests.tension.contributions import DAY, a_contribution, days, elsewhere, of


def test_stories_that_no_day_held_needs_any_more_go_and_are_counted(watch):
    held = formula().held_days.value
    dyads = of([elsewhere(day) for day in days(held + 100)], watch)
    assert held <= len(dyads) < held + 7
    assert dyads.evicted.expired == held + 100 - len(dyads)
    assert dyads.evicted.crowded == 0


def test_of_too_many_stories_about_others_whole_old_days_go_and_the_window_says_so(watch):
    feed = [elsewhere(day, number) for day in days(20) for number in range(10)]
    dyads = of([*feed, a_contribution()], watch, most_others=65)
    assert len(dyads) == 61
    assert dyads.evicted.crowded == 140
    window = dyads.dyad("RUS-UKR").window
    assert (window.start, window.monitored_days) == (DAY - timedelta(days=5), 6)


def test_of_too_many_stories_about_watched_dyads_whole_old_days_go(watch):
    feed = [a_contribution(day=day, id=f"{day}-{number}") for day in days(20) for number in range(10)]
    dyads = of(feed, watch, most_watched=65)
    assert (len(dyads), dyads.evicted.crowded) == (60, 140)
    assert dyads.dyad("RUS-UKR").tension.stories == 60


def test_what_was_crowded_out_does_not_come_back(watch):
    feed = [a_contribution(day=day, id=f"{day}-{number}") for day in days(20) for number in range(10)]
    dyads = of(feed, watch, most_watched=65)
    before = dyads.dyads()
    assert [dyad for old in feed[:50] for dyad in dyads.add(old)] == []
    assert dyads.dyads() == before


def test_which_stories_are_left_does_not_hang_on_their_order(watch):
    feed = [a_contribution(day=day, id=f"{day}-{number}") for day in days(20) for number in range(10)]
    shuffled = random.Random(1).sample(feed, len(feed))
    assert of(shuffled, watch, most_watched=65).dyads() == of(feed, watch, most_watched=65).dyads()


def test_a_topic_longer_than_memory_is_read_back_to_the_same_state(watch):
    feed = [a_contribution(day=day, id=f"{day}-{number}") for day in days(40) for number in range(10)]
    restored = Dyads(watch, most_watched=65)
    for contribution in feed:
        restored.restore(contribution)
        assert len(restored) <= 2 * 65
    restored.add(feed[-1])
    assert restored.dyads() == of(feed, watch, most_watched=65).dyads()
