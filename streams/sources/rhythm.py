"""How often a source publishes, learnt from when it did: one interval that holds day and night, and what shapes it.

The interval is the 0.95 quantile of the gaps between articles, each gap weighed by how long it lasts: longer gaps make
up less than a twentieth of all time. So a source that sleeps at night has the night as its interval, however many
articles it has by day. The silence since the last article does not count, or a source that died would be excused by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from streams.sources.source import LONGEST, SHORTEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHARE = 0.95  # of all time: it lies in gaps that are no longer than the interval
FEWEST = 20  # articles at different times; of fewer, one odd gap decides
SHORTEST_SPAN = timedelta(days=2)  # two nights: of one, nobody can say that it is the rule

QUIET = 0.1  # an hour of the day with less than this share of the usual hour is quiet
SHORTEST_QUIET = 3  # hours; a shorter lull is chance
WEEKEND = 5  # Saturday, as datetime counts

WhyNot = Literal["few", "short"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What was learnt of a source. `interval` is None where too little was seen, `why_not` says of what."""

    articles: int
    first: datetime | None
    last: datetime | None
    interval: timedelta | None
    why_not: WhyNot | None = None
    longest: timedelta | None = None  # gap between two articles
    quiet: tuple[int, int] | None = (
        None  # hours of the day, UTC, from and until; none that is quiet throughout
    )
    weekend: float | None = (
        None  # articles an hour at weekends, as a share of those on other days; None: not seen
    )

    @property
    def span(self) -> timedelta:
        """Return the time from the first article to the last."""
        return self.last - self.first if self.first and self.last else timedelta(0)


def learn(published: Iterable[datetime]) -> Rhythm:
    """Return the rhythm of a source that published at these times, in any order. Equal times count once."""
    times = _latest_run(sorted({time.astimezone(UTC) for time in published}))
    if not times:
        return Rhythm(0, None, None, None, "few")
    first, last = times[0], times[-1]
    if len(times) < FEWEST:
        return Rhythm(len(times), first, last, None, "few")
    if last - first < SHORTEST_SPAN:
        return Rhythm(len(times), first, last, None, "short")
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return Rhythm(
        articles=len(times),
        first=first,
        last=last,
        interval=_in_round_figures(_gap_of_most_time(gaps)),
        longest=max(gaps),
        quiet=_quiet_hours(times),
        weekend=_weekend(times),
    )


def _latest_run(times: list[datetime]) -> list[datetime]:
    """Return the times since the last gap longer than any interval may be: what was before it is another age."""
    for at in range(len(times) - 1, 0, -1):
        if times[at] - times[at - 1] > LONGEST:
            return times[at:]
    return times


def _gap_of_most_time(gaps: Iterable[timedelta]) -> timedelta:
    """Return the gap such that no longer ones make up SHARE of all time."""
    ordered = sorted(gaps)
    whole, within = sum(ordered, timedelta(0)), timedelta(0)
    for gap in ordered:
        within += gap
        if within >= SHARE * whole:
            return gap
    return ordered[-1]


def _in_round_figures(interval: timedelta) -> timedelta:
    """Return the interval rounded up to what people write, within what a source may have."""
    step = timedelta(minutes=1)
    if interval > timedelta(hours=1):
        step = timedelta(minutes=15)
    if interval > timedelta(days=1):
        step = timedelta(hours=1)
    return min(max(-(-interval // step) * step, SHORTEST), LONGEST)


def _quiet_hours(times: Sequence[datetime]) -> tuple[int, int] | None:
    """Return the longest run of hours of the day in which next to nothing was published."""
    counts = [0] * 24
    for time in times:
        counts[time.hour] += 1
    is_quiet = [count < QUIET * len(times) / 24 for count in counts]
    runs = [(_run(is_quiet, hour), hour) for hour in range(24)]
    length, start = max(runs, key=lambda run: run[0])
    return (start, (start + length) % 24) if SHORTEST_QUIET <= length < len(counts) else None


def _run(is_quiet: Sequence[bool], start: int) -> int:
    """Return how many hours from this one on are quiet, past midnight too."""
    for length in range(len(is_quiet)):
        if not is_quiet[(start + length) % len(is_quiet)]:
            return length
    return len(is_quiet)


def _weekend(times: Sequence[datetime]) -> float | None:
    """Return the rate at weekends as a share of that on other days; None unless both were seen for a day."""
    hours = {True: 0, False: 0}
    hour = times[0]
    while hour < times[-1]:
        hours[hour.weekday() >= WEEKEND] += 1
        hour += timedelta(hours=1)
    if min(hours.values()) < 24:  # noqa: PLR2004 - hours of a day
        return None
    articles = sum(time.weekday() >= WEEKEND for time in times)
    others = len(times) - articles
    return (articles / hours[True]) / (others / hours[False]) if others else None
