"""The index of one dyad in one direction: impulses by day, their decaying sum, and what is usual for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from schemas.dyad import Tension
from streams.tension.contributions import UNIT
from streams.tension.formula import Formula
from streams.tension.volume import Frame, median

DIGITS = 3  # of what is published; far below what a single story adds
CONSISTENT = 0.6745  # MAD of the normal distribution in standard deviations: makes z comparable to one


@dataclass(frozen=True, slots=True)
class Usual:
    """What the days before as_of leave: the sum that decays into as_of, and what is usual."""

    carried: float
    stories: int
    median: float | None
    mad: float | None
    no_z: Literal["few_days", "no_spread"] | None


@dataclass(slots=True, eq=False)
class Series:
    """Impulses of one direction. Whole numbers, so that they add up alike in any order.

    The index of each day before as_of is kept, and computed anew from the first day that changed: a story of today
    costs nothing, one of yesterday a step.
    """

    direction: str
    formula: Formula
    _impulses: dict[int, int] = field(default_factory=dict)
    _stories: dict[int, int] = field(default_factory=dict)
    _frame: Frame | None = None
    _values: list[float] = field(default_factory=list)  # of the frame's days, as far as they are up to date
    _totals: list[int] = field(default_factory=list)  # stories of the frame until that day
    _usual: Usual | None = None

    def add(self, day: int, impulse: int) -> None:
        """Count a story that adds so many thousandths of a severity point."""
        self._change(day, impulse, 1)

    def remove(self, day: int, impulse: int) -> None:
        """Count a story no more."""
        self._change(day, -impulse, -1)

    def tension(self, frame: Frame) -> Tension:
        """Return the index of the frame's last day, and how unusual it is."""
        usual, value = self._before(frame), self.value(frame)
        z = None
        if usual.no_z is None and usual.median is not None and usual.mad:
            z = _told(CONSISTENT * (value - usual.median) / usual.mad)
        return Tension(
            direction=self.direction,
            value=_told(value),
            stories=usual.stories + self._stories.get(frame.as_of, 0),
            median=None if usual.median is None else _told(usual.median),
            mad=None if usual.mad is None else _told(usual.mad),
            z=z,
            no_z=usual.no_z,
        )

    def value(self, frame: Frame) -> float:
        """Return the index of the frame's last day, in full."""
        impulse = self._impulses.get(frame.as_of, 0)
        return self._before(frame).carried + impulse / UNIT / frame.volumes[-1]

    def _change(self, day: int, impulse: int, stories: int) -> None:
        self._impulses[day] = self._impulses.get(day, 0) + impulse
        self._stories[day] = self._stories.get(day, 0) + stories
        if not self._stories[day]:
            del self._impulses[day], self._stories[day]
        if self._frame and day < self._frame.as_of:
            at = max(0, day - self._frame.start)
            del self._values[at:], self._totals[at:]
            self._usual = None

    def _before(self, frame: Frame) -> Usual:
        """Return what the days before as_of leave; stories of as_of itself do not change it."""
        if self._frame is not frame:
            self._frame, self._usual = frame, None
            self._values.clear()
            self._totals.clear()
        if self._usual is None:
            self._bring_up_to_date(frame)
            self._usual = self._summed_up(frame)
        return self._usual

    def _bring_up_to_date(self, frame: Frame) -> None:
        values, totals, decay = self._values, self._totals, self.formula.daily_decay
        value, total = (values[-1], totals[-1]) if values else (0.0, 0)
        for at in range(len(values), len(frame.steps) - 1):
            value *= decay
            if stories := self._stories.get(frame.start + at):
                value += self._impulses[frame.start + at] / UNIT / frame.volumes[at]
                total += stories
            values.append(value)
            totals.append(total)

    def _summed_up(self, frame: Frame) -> Usual:
        carried = self._values[-1] * self.formula.daily_decay if self._values else 0.0
        stories = self._totals[-1] if self._totals else 0
        of_baseline = [self._values[at] for at in frame.baseline]
        if len(of_baseline) < self.formula.baseline_minimum_days.value:
            return Usual(carried, stories, None, None, "few_days")
        middle = median(of_baseline)
        spread = median([abs(value - middle) for value in of_baseline])
        is_flat = round(spread, DIGITS) == 0
        return Usual(carried, stories, middle, spread, "no_spread" if is_flat else None)


def _told(value: float) -> float:
    return round(value, DIGITS) + 0.0  # no -0.0
