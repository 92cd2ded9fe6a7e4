"""Is a source alive, late or dead: the age of its newest article against the interval that is expected of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

DEAD_AFTER = 3  # intervals


class Standing(StrEnum):
    """Where a source stands."""

    ALIVE = "alive"
    LATE = "late"
    DEAD = "dead"
    UNKNOWN = "unknown"


def standing(age: timedelta | None, interval: timedelta | None) -> Standing:
    """Tell where a source stands whose newest article is so old; unknown without an article or an interval."""
    if age is None or interval is None:
        return Standing.UNKNOWN
    if age <= interval:
        return Standing.ALIVE
    return Standing.LATE if age <= DEAD_AFTER * interval else Standing.DEAD
