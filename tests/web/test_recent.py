from __future__ import annotations

from datetime import timedelta

import pytest

from schemas import Novelty, Status, encode
from schemas.alert import WATCHDOG
from streams.web.gist import AlertGist, StoryGist, read
from streams.web.offsets import packed
from streams.web.recent import Alarms, LastDay, Places
from tests.delivery.alerts import an_alert
from tests.factories import NOON, a_story, an_event


def an_alarm(**changes) -> AlertGist:
    return read(AlertGist, encode(an_alert(**changes)))


def test_an_event_is_found_where_it_lies():
    places, event = Places(10), an_event()
    places.take(encode(event), packed(3, 2**40))
    assert places.of(event.id) == (3, 2**40)
    assert places.of(an_event(article="another").id) is None


def test_of_too_many_events_the_first_are_forgotten():
    places = Places(2)
    events = [an_event(article=f"article-{number}") for number in range(3)]
    for number, event in enumerate(events):
        places.take(encode(event), packed(0, number))
    assert [places.of(event.id) for event in events] == [None, (0, 1), (0, 2)]


def test_what_is_no_event_is_passed_over():
    places = Places(10)
    places.take(b'{"id":"x"}', 0)
    assert len(places) == 0


def counted(*stories, now=NOON):
    day = LastDay()
    for story in stories:
        day.take(read(StoryGist, encode(story)), NOON)
    told = day.counts(now)
    return told.escalatory, told.deescalatory, told.neutral


def test_what_happened_within_a_day_counts_once_however_many_report_it():
    strike = a_story(an_event("air_missile_strike"))
    again = strike.model_copy(update={"revision": 200, "mentions": 200})
    assert counted(strike, again, a_story(an_event("leader_communication", "ongoing"))) == (1, 1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"cancelled": True},
        {"status": Status.PLANNED},
        {"novelty": Novelty.BACKGROUND},
        {"first_seen": NOON - timedelta(hours=25)},
    ],
)
def test_what_is_no_news_of_the_day_does_not_count(changes):
    strike = a_story(an_event("air_missile_strike"))
    assert counted(strike, strike.model_copy(update={"revision": 2, **changes})) == (0, 0, 0)


def test_what_happened_counts_for_a_day():
    strike = a_story(an_event("air_missile_strike"))
    assert counted(strike, now=NOON + timedelta(hours=23)) == (1, 0, 0)
    assert counted(strike, now=NOON + timedelta(hours=25)) == (0, 0, 0)


def test_an_alert_that_comes_again_counts_once():
    alarms = Alarms()
    assert alarms.take(an_alarm())
    assert not alarms.take(an_alarm())
    [firing] = alarms.firing(NOON)
    assert firing.alerts_24h == 1


def test_a_rule_fires_for_a_day():
    alarms = Alarms()
    alarms.take(an_alarm())
    assert alarms.firing(NOON + timedelta(hours=23))
    assert not alarms.firing(NOON + timedelta(hours=25))


def test_an_alert_that_only_says_that_the_work_goes_on_is_none():
    assert not Alarms().take(an_alarm(labels={WATCHDOG: "true"}))


def test_alerts_are_found_by_each_story_that_they_tell_of():
    alarms = Alarms()
    counted = [{"story": "other", "revision": 1, "at": NOON, "headline": "h", "origins": 1}]
    alarms.take(alarm := an_alarm(stories=counted))
    assert alarms.on("other") == [alarm]
    assert alarms.on(alarm.story.id) == [alarm]
    assert alarms.on("nobody") == []
