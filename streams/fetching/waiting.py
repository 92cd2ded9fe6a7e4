"""How long to wait: what a server asks for, and a back-off of one's own. Pure: chance and time come in."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_ASKED = 24 * 3600.0  # seconds; a server that asks for more is asked again after this


def asked_to_wait(header: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After asks for, written as seconds or as a date; None for nonsense."""
    said = (header or "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_ASKED)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    seconds = (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()
    return min(max(0.0, seconds), LONGEST_ASKED)


def backed_off(interval: float, faults: int, *, longest: float) -> float:
    """Return the seconds to wait after so many faults in a row: twice as long each time, within bounds."""
    return min(interval * 2.0 ** min(faults, 20), longest)


def spread(seconds: float, chance: float, *, by: float = 0.1) -> float:
    """Return the seconds, up to a tenth more or less; `chance` lies between 0 and 1."""
    return seconds * (1.0 + by * (2.0 * chance - 1.0))
