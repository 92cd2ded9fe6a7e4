"""How much is monitored: stories a day, and what that makes of the weight of one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from math import log2
from typing import TYPE_CHECKING

from streams.tension.formula import Formula

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Frame:
    """The days that an index is computed over, as ordinals: from `start` to `as_of`, both included.

    `steps`: relative volume of each day, in steps of the formula. `monitored`: whether any story was first
    reported on the day.
    """

    as_of: int
    start: int
    monitored: tuple[bool, ...]
    steps: tuple[int, ...]
    formula: Formula = field(compare=False)

    @cached_property
    def volumes(self) -> tuple[float, ...]:
        """Relative volume of each day: what the stories of that day are divided by."""
        doubling = self.formula.volume_steps_per_doubling.value
        return tuple(2 ** (step / doubling) for step in self.steps)

    def volume(self, day: int) -> float:
        """Return the relative volume of a day of the frame."""
        return self.volumes[day - self.start]

    @cached_property
    def first(self) -> int:
        """The first day that was monitored; as_of when none was."""
        return self.start + self.monitored.index(True) if any(self.monitored) else self.as_of

    @cached_property
    def baseline(self) -> tuple[int, ...]:
        """Days that the usual is taken from: monitored, before as_of, after the warm-up; as places in the frame."""
        days = [at for at, monitored in enumerate(self.monitored[:-1]) if monitored]
        warm = days[self.formula.baseline_warm_up_days.value :]
        return tuple(warm[-self.formula.baseline_days.value :])


class Volume:
    """Counts stories by the day of their first report."""

    def __init__(self, formula: Formula) -> None:
        self._formula = formula
        self._stories: Counter[int] = Counter()
        self._frame: Frame | None = None
        self._measured: _Measured | None = None

    def add(self, day: int) -> None:
        """Count a story."""
        self._stories[day] += 1
        self._changed(day)

    def remove(self, day: int) -> None:
        """Count a story no more."""
        self._stories[day] -= 1
        self._changed(day)
        if not self._stories[day]:
            del self._stories[day]

    def frame(self, as_of: int, not_before: int) -> Frame:
        """Return the frame of a day: the days that the formula holds, from `not_before` at the earliest.

        It is the same object for as long as it says the same.
        """
        start = max(as_of - self._formula.held_days.value + 1, not_before)
        known = self._frame
        if known and self._measured and (known.as_of, known.start) == (as_of, start):
            return known
        self._measured = _Measured([self._stories[day] for day in range(start, as_of + 1)], self._formula)
        monitored = tuple(count > 0 for count in self._measured.counts)
        frame = Frame(as_of, start, monitored, tuple(self._measured.steps), self._formula)
        self._frame = known if known == frame else frame
        return self._frame

    def _changed(self, day: int) -> None:
        """Measure anew, when it is next asked for, what a story more or less may have changed."""
        frame, measured = self._frame, self._measured
        if not frame or not measured or not frame.start <= day <= frame.as_of:
            return
        if measured.is_changed(day - frame.start, self._stories[day]):
            self._measured = None


class _Measured:
    """Stories a day of a frame, and the relative volume of each day that follows from them, in steps.

    A story more shifts at most a week of steps, and seldom one of them: that is found without measuring all anew.
    """

    def __init__(self, counts: list[int], formula: Formula) -> None:
        self.counts = counts
        self._week = formula.volume_days.value
        self._ordered = sorted(count for count in counts[:-1] if count)
        self._usual = _middle(self._ordered)
        is_known = (
            len(self._ordered) >= formula.volume_minimum_days.value
            and self._usual >= formula.volume_minimum_stories.value
        )
        self._bounds, self._lowest = _bounds(self._usual, formula) if is_known else ([], 0)
        self.steps = [self._step(at) for at in range(len(counts))]

    def is_changed(self, at: int, count: int) -> bool:
        """Set the stories of a day; tell whether that changes a step or which days are monitored."""
        before, self.counts[at] = self.counts[at], count
        if not before or not count:
            return True
        if at == len(self.counts) - 1:
            return False  # the last day is not over: no step hangs on it
        del self._ordered[bisect_left(self._ordered, before)]
        insort(self._ordered, count)
        after = range(at + 1, min(at + 1 + self._week, len(self.counts)))
        return _middle(self._ordered) != self._usual or any(
            self._step(day) != self.steps[day] for day in after
        )

    def _step(self, at: int) -> int:
        """Return the step of a day; 0, which is neither more nor less than usual, while that is unknown."""
        before = self.counts[max(0, at - self._week) : at]
        monitored = len(before) - before.count(0)
        if not self._bounds or not monitored:
            return 0
        return self._lowest + bisect_right(self._bounds, sum(before) / monitored)


def _bounds(middle: float, formula: Formula) -> tuple[list[float], int]:
    """Return the stories a day at which one step turns into the next, and the lowest step."""
    doubling = formula.volume_steps_per_doubling.value
    lowest, highest = (
        round(doubling * log2(bound.value)) for bound in (formula.volume_least, formula.volume_most)
    )
    return [middle * 2 ** ((step + 0.5) / doubling) for step in range(lowest, highest)], lowest


def _middle(ordered: Sequence[float]) -> float:
    """Return the median of ordered numbers, 0 when there are none."""
    half, odd = divmod(len(ordered), 2)
    if not ordered:
        return 0.0
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def median(numbers: Sequence[float]) -> float:
    """Return the median, 0 when there are no numbers."""
    return _middle(sorted(numbers))
