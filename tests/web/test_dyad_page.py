from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.dyad import Tension
from streams.tension import Dyads, contribution_of, load_watched
from streams.web.dyad_page import band, on_day, page_of, point_of, row_of
from streams.web.pairs import Pairs
from tests.factories import DAY, a_story, an_event
from tests.web.made import kept

WATCHED = load_watched()
PAIRS = Pairs(WATCHED)
TALKS = a_story(actors=["USA"], targets=["RUS"])
PLANNED = a_story(
    an_event("leader_communication", "planned", actors=["RUS"], targets=["USA"], day=DAY + timedelta(days=9))
)


@pytest.fixture
def dyad():
    dyads = Dyads(WATCHED)
    dyads.add(contribution_of(TALKS))
    return dyads.dyad("RUS-USA")


def a_tension(**changes):
    return Tension(direction="RUS-USA", value=5.0, stories=3, **changes)


def test_the_band_is_where_z_would_be_two():
    low, high = band(a_tension(median=1.0, mad=0.6745, z=4.0))
    assert (low, high) == (-1.0, 3.0)


@pytest.mark.parametrize("known", [{}, {"median": 1.0, "mad": 0.0}])
def test_without_a_baseline_there_is_no_band(known):
    assert band(a_tension(**known)) == (None, None)


def test_a_dyad_of_which_nothing_is_known_has_no_numbers():
    row = row_of("RUS-USA", PAIRS, None)
    assert row.tension is None
    assert row.sides == ["RUS", "USA"]


def test_what_is_planned_is_told_apart_and_stands_on_its_day(dyad):
    page = page_of("RUS-USA", PAIRS, dyad, [], [kept(PLANNED), kept(TALKS)])
    told = {event.story: event for event in page.events}
    assert not told[TALKS.id].planned
    assert told[PLANNED.id].planned
    assert told[PLANNED.id].at == DAY + timedelta(days=9)
    assert [event.at for event in page.events] == sorted(event.at for event in page.events)


def test_the_state_of_now_ends_the_series_of_the_days_gone_by(dyad):
    gone = [point_of(day, a_tension()) for day in (DAY - timedelta(days=1), DAY)]
    page = page_of("RUS-USA", PAIRS, dyad, gone, [])
    assert [point.at for point in page.series] == [DAY - timedelta(days=1), DAY]
    assert page.series[-1].tension == dyad.tension.value


def test_contact_is_told_with_its_channels(dyad):
    contact = page_of("RUS-USA", PAIRS, dyad, [], []).contact
    assert contact.days_since == 0
    assert [channel.channel for channel in contact.channels] == ["military"]


def test_silence_is_counted_to_today_though_no_news_came_since(dyad):
    contact = page_of("RUS-USA", PAIRS, on_day(dyad, DAY + timedelta(days=84)), [], []).contact
    assert contact.days_since == 84
    assert [channel.silence_days for channel in contact.channels] == [84]


def test_a_date_ahead_of_today_makes_no_silence_shorter_than_none(dyad):
    assert on_day(dyad, DAY - timedelta(days=2)).silence_days == 0


def test_a_watched_dyad_of_blocs_stands_for_the_pairs_of_their_members():
    assert {"RUS-USA", "FRA-RUS"} <= PAIRS.of("RUS-WEST")
    assert "CHN-USA" not in PAIRS.of("RUS-WEST")
    assert PAIRS.of("AAA-BBB") == {"AAA-BBB"}


def test_nothing_that_is_known_of_a_day_is_before_it():
    assert point_of(date(2026, 1, 1), a_tension()).at == date(2026, 1, 1)
