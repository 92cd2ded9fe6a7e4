"""When a feed is polled next: by its own learnt rhythm, within bounds. Pure: time and chance come in.

A poll that finds several new items was late, one that finds none was early: the interval shrinks and grows by these
shares until about every second poll finds something.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from streams.fetching import Fault
from streams.fetching.waiting import backed_off, spread

SHORTEST, LONGEST = 120.0, 4 * 3600.0  # seconds between two polls of a feed that answers
FIRST = 900.0  # where nothing is known
LONGEST_FAULT = 24 * 3600.0
LEFT_OVER = 60.0  # until the next poll of a feed of which something is left to read

_LATE, _RIGHT, _EARLY = 0.6, 0.9, 1.25
_HOPELESS = {
    Fault.GONE,
    Fault.ROBOTS,
    Fault.REFUSED_ADDRESS,
    Fault.BAD_ADDRESS,
}  # by itself it does not mend soon


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a feed is due, how often it is polled, and how many faults in a row there were. Seconds."""

    next_at: float = 0.0
    interval: float = FIRST
    faults: int = 0


def first(expected: float | None) -> Rhythm:
    """Return the rhythm of a feed that was never polled, of which new items are expected so often."""
    return Rhythm(interval=_bounded(expected / 2 if expected else FIRST))


def after_answer(
    rhythm: Rhythm, *, new: int, now: float, chance: float, is_left_over: bool = False
) -> Rhythm:
    """Return the rhythm after a poll that found so many new items."""
    if is_left_over:
        return replace(rhythm, next_at=now + spread(LEFT_OVER, chance), faults=0)
    share = _EARLY if not new else _RIGHT if new == 1 else _LATE
    interval = _bounded(rhythm.interval * share)
    return Rhythm(now + spread(interval, chance), interval)


def after_fault(
    rhythm: Rhythm, fault: Fault | None, *, retry_after: float | None, now: float, chance: float
) -> Rhythm:
    """Return the rhythm after a poll that failed; without a fault what came was no feed."""
    faults = rhythm.faults + 1
    if fault in _HOPELESS:
        wait = LONGEST_FAULT
    elif fault is Fault.THROTTLED and retry_after is not None:
        return replace(rhythm, next_at=now + retry_after + spread(5.0, chance, by=1.0), faults=faults)
    else:
        wait = backed_off(rhythm.interval, faults, longest=LONGEST_FAULT)
    return replace(rhythm, next_at=now + max(spread(wait, chance), retry_after or 0.0), faults=faults)


def _bounded(interval: float) -> float:
    return min(max(interval, SHORTEST), LONGEST)
