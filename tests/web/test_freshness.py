from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from streams.sources import Registry, Source
from streams.web.freshness import Freshness

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURLY = Source(
    id="hourly", name="The Hourly", langs=["en"], kind="newspaper", tier=2, expected_interval=3600
)
SILENT = Source(id="rare", name="Rarely", langs=["en"], kind="magazine", tier=2)


@pytest.fixture
def heard():
    """What is known after articles of these sources came in, so long before now."""

    def hear(**ago):
        freshness = Freshness(Registry([HOURLY, SILENT]))
        for source, age in ago.items():
            freshness.hear(source, (NOW - age).timestamp())
        return freshness

    return hear


@pytest.mark.parametrize(
    ("hours", "state"), [(0.5, "alive"), (1, "alive"), (1.1, "late"), (3, "late"), (3.1, "dead")]
)
def test_a_source_is_measured_against_its_own_rhythm(heard, hours, state):
    told = heard(hourly=timedelta(hours=hours)).sources(NOW)
    assert getattr(told, state) == 1
    assert told.alive + told.late + told.dead + told.unknown == 1


def test_a_source_without_a_known_rhythm_is_never_late(heard):
    freshness = heard(rare=timedelta(days=30), stranger=timedelta(days=30))
    assert freshness.sources(NOW).unknown == 2
    assert freshness.late(NOW) == []


def test_a_source_that_was_never_heard_from_is_in_no_state(heard):
    told = heard().sources(NOW)
    assert told.alive + told.late + told.dead + told.unknown == 0


def test_late_sources_are_named_with_their_rhythm(heard):
    [late] = heard(hourly=timedelta(hours=5)).late(NOW)
    assert (late.name, late.expected_seconds, late.state) == ("The Hourly", 3600, "dead")
    assert late.last_article_at == NOW - timedelta(hours=5)


def test_the_newest_article_of_all_tells_the_age_of_the_data(heard):
    assert (
        heard(hourly=timedelta(hours=5), rare=timedelta(hours=2)).newest
        == (NOW - timedelta(hours=2)).timestamp()
    )
