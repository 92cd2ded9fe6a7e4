from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.fetching.waiting import LONGEST_ASKED, asked_to_wait, backed_off, spread

NOON = datetime(2022, 5, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Fri, 13 May 2022 12:05:00 GMT", 300),
        ("Fri, 13 May 2022 11:00:00 GMT", 0),
        ("99999999999999", LONGEST_ASKED),
        ("soon", None),
        ("", None),
        (None, None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_a_server_is_waited_for_as_it_asks_within_a_day(header, seconds):
    assert asked_to_wait(header, NOON) == seconds


def test_each_fault_in_a_row_doubles_the_wait_up_to_the_longest():
    assert [backed_off(60, faults, longest=400) for faults in range(5)] == [60, 120, 240, 400, 400]
    assert backed_off(60, 10_000, longest=86_400) == 86_400


def test_waits_are_spread_by_a_tenth_either_way():
    assert [spread(100, chance) for chance in (0.0, 0.5, 1.0)] == pytest.approx([90, 100, 110])
