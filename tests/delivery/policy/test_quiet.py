from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from streams.delivery.policy.quiet import QuietHours

NIGHT = QuietHours.model_validate({"from": "22:00", "to": "07:00", "zone": "Europe/Paris"})
LUNCH = QuietHours.model_validate({"from": "12:00", "to": "13:00", "zone": "UTC"})


def utc(day, hour, minute=0):
    return datetime(2026, *day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "ends"),
    [
        (NIGHT, utc((1, 10), 20, 59), None),
        (NIGHT, utc((1, 10), 21), utc((1, 11), 6)),
        (NIGHT, utc((1, 11), 3), utc((1, 11), 6)),
        (NIGHT, utc((1, 11), 6), None),
        (NIGHT, utc((7, 10), 20), utc((7, 11), 5)),  # in summer Paris is two hours ahead
        (NIGHT, utc((3, 28), 23), utc((3, 29), 5)),  # the clock goes forward this night
        (NIGHT, utc((10, 24), 23), utc((10, 25), 6)),  # and back this one
        (LUNCH, utc((1, 10), 12, 30), utc((1, 10), 13)),
        (LUNCH, utc((1, 10), 13), None),
    ],
)
def test_quiet_hours_end_by_the_clock_of_their_zone(quiet, now, ends):
    assert quiet.until(now) == ends


def test_a_zone_that_nobody_knows_is_a_mistake():
    with pytest.raises(ValidationError, match="no time zone"):
        QuietHours.model_validate({"from": "22:00", "to": "07:00", "zone": "Europe/Pariss"})
