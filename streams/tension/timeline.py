"""Stories of one kind by their day, the latest first when they are looked at."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tension.contributions import Weighed

Known = Literal["report", "background", "text"]
SUREST: dict[Known, int] = {"report": 0, "background": 1, "text": 2}


class Mark(NamedTuple):
    """A day on which something was, how that is known, and the story that tells it."""

    day: int
    known: Known
    story: Weighed

    @property
    def is_background(self) -> bool:
        """Whether it is known from a look back alone."""
        return self.known != "report"


class Timeline:
    """Marks by day. The surest mark of a day is told: a report before a look back, then the later report."""

    def __init__(self) -> None:
        self._days: list[int] = []
        self._on: dict[int, dict[tuple[str, Known], Mark]] = {}

    def __len__(self) -> int:
        return len(self._days)

    def add(self, mark: Mark) -> None:
        """Put a mark."""
        if mark.day not in self._on:
            insort(self._days, mark.day)
            self._on[mark.day] = {}
        self._on[mark.day][mark.story.id, mark.known] = mark

    def remove(self, mark: Mark) -> None:
        """Take a mark away."""
        marks = self._on[mark.day]
        del marks[mark.story.id, mark.known]
        if not marks:
            del self._on[mark.day]
            self._days.remove(mark.day)

    def back_from(self, day: int) -> Iterator[Mark]:
        """Yield the surest mark of each day, from this day back."""
        for at in range(bisect_right(self._days, day) - 1, -1, -1):
            yield min(self._on[self._days[at]].values(), key=_surest)

    def all_after(self, day: int, until: int) -> Iterator[Mark]:
        """Yield every mark of the days after `day`, up to and with `until`."""
        for at in range(bisect_right(self._days, day), bisect_right(self._days, until)):
            yield from self._on[self._days[at]].values()


def _surest(mark: Mark) -> tuple[int, int, int, str]:
    return SUREST[mark.known], -mark.story.origins, mark.story.first_day, mark.story.id
