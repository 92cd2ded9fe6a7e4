"""What is learnt of how often a source publishes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from streams.sources import Standing, learn, standing
from streams.sources.rhythm import FEWEST, SHARE
from streams.sources.standing import DEAD_AFTER

MONDAY = datetime(2024, 1, 8, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def steady(every, *, days=7):
    return [MONDAY + every * number for number in range(int(days * DAY / every))]


def by_day(every=10 * MINUTE, *, first=6, last=21, days=14, weekends=True):
    """Return times between two hours of each day."""
    return [
        at for at in steady(every, days=days) if first <= at.hour < last and (weekends or at.weekday() < 5)
    ]


def test_a_steady_source_has_the_interval_that_it_keeps():
    assert learn(steady(HOUR)).interval == HOUR
    assert learn(steady(5 * MINUTE)).interval == 5 * MINUTE


def test_gaps_longer_than_the_interval_make_up_less_than_the_stated_share_of_all_time():
    random, at, times = Random(7), MONDAY, []
    while at < MONDAY + 14 * DAY:
        at += random.expovariate(1 / 40) * MINUTE
        times.append(at)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    longer = sum((gap for gap in gaps if gap > learn(times).interval), timedelta(0))
    assert timedelta(0) < longer
    assert longer / sum(gaps, timedelta(0)) < 1 - SHARE


def test_a_source_that_sleeps_at_night_is_not_dead_in_the_morning():
    rhythm = learn(by_day())
    assert rhythm.quiet == (21, 6)
    assert rhythm.longest == 9 * HOUR + 10 * MINUTE
    assert rhythm.longest <= rhythm.interval <= rhythm.longest + 15 * MINUTE


def test_a_source_that_rests_at_weekends_is_not_dead_on_monday():
    rhythm = learn(by_day(weekends=False))
    assert rhythm.weekend == 0
    assert standing(rhythm.longest, rhythm.interval) is not Standing.DEAD


def test_weekends_are_compared_with_other_days_where_both_were_seen():
    assert learn(steady(HOUR, days=14)).weekend == pytest.approx(1, abs=0.05)
    assert learn(steady(HOUR, days=4)).weekend is None


def test_a_source_that_never_rests_has_no_quiet_hours():
    assert learn(steady(10 * MINUTE)).quiet is None


def test_one_outage_in_a_week_is_not_taken_for_the_rule():
    times = [at for at in steady(5 * MINUTE) if not 100 * HOUR <= at - MONDAY < 103 * HOUR]
    assert learn(times).interval <= 10 * MINUTE


def test_too_little_teaches_nothing():
    assert (learn([]).interval, learn([]).why_not) == (None, "few")
    few = learn(steady(DAY, days=FEWEST - 1))
    assert (few.interval, few.why_not, few.articles) == (None, "few", FEWEST - 1)
    short = learn(steady(MINUTE, days=1))
    assert (short.interval, short.why_not) == (None, "short")


def test_what_lies_before_a_gap_of_more_than_a_month_is_another_age():
    dug_up = [MONDAY - 4_000 * DAY, MONDAY - 3_000 * DAY]
    assert learn([*dug_up, *steady(HOUR)]) == learn(steady(HOUR))


def test_articles_of_one_moment_are_one_sign_of_life():
    times = steady(HOUR)
    assert learn([*times, *times]) == learn(times)


def test_intervals_stay_within_what_a_source_may_have():
    assert learn(steady(timedelta(seconds=20))).interval == MINUTE
    assert learn([MONDAY + 31 * DAY * number for number in range(FEWEST)]).interval == 31 * DAY


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [(1, Standing.ALIVE), (1.01, Standing.LATE), (DEAD_AFTER, Standing.LATE), (3.01, Standing.DEAD)],
)
def test_a_source_is_late_after_one_interval_and_dead_after_three(intervals, expected):
    assert standing(HOUR * intervals, HOUR) is expected


def test_without_an_interval_or_an_article_nobody_knows():
    assert standing(None, HOUR) is standing(HOUR, None) is Standing.UNKNOWN
