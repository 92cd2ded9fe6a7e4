"""What is held of stories, bounded: what was not reported for long goes, and so do the oldest of too many.

What is held depends on the set of stories put in and not on their order: floors only rise, by whole days.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

H = TypeVar("H")


class Shelf(Generic[H]):
    """Stories by their id. `last_day` tells the ordinal of the day that one was last reported on."""

    def __init__(self, last_day: Callable[[H], int], most: int) -> None:
        self._last_day, self._most = last_day, most
        self._held: dict[str, H] = {}
        self._on_day: Counter[int] = Counter()
        self._newest: tuple[int | None, int] = (None, 0)
        self.crowded_before = 0  # days before this one were dropped, since there were too many stories

    def __len__(self) -> int:
        return len(self._held)

    def get(self, id_: str) -> H | None:
        """Return what is held of a story."""
        return self._held.get(id_)

    def values(self) -> Iterator[H]:
        """Yield what is held of each story."""
        yield from self._held.values()

    def newest(self, until: int | None) -> int:
        """Return the latest day that a story was last reported on, `until` at the most; 0 when there is none."""
        if until != self._newest[0] or not self._on_day[self._newest[1]]:
            days = (day for day, count in self._on_day.items() if count and (until is None or day <= until))
            self._newest = (until, max(days, default=0))
        return self._newest[1]

    def put(self, id_: str, held: H) -> None:
        """Hold a story that is not held yet."""
        self._held[id_] = held
        day, (until, newest) = self._last_day(held), self._newest
        self._on_day[day] += 1
        if day > newest and (until is None or day <= until):
            self._newest = (until, day)

    def pop(self, id_: str) -> H | None:
        """Let go of a story and return what was held of it."""
        held = self._held.pop(id_, None)
        if held is not None:
            self._on_day[self._last_day(held)] -= 1
        return held

    def expired(self, is_over: Callable[[H], bool]) -> list[H]:
        """Let go of every story whose time is over, and return what was held of them."""
        over = [id_ for id_, held in self._held.items() if is_over(held)]
        gone = [held for id_ in over if (held := self.pop(id_)) is not None]
        self._on_day = +self._on_day  # days without a story would add up
        return gone

    def crowded(self, times: int = 1) -> list[H]:
        """With more than so many times the most, let go of those last reported on the oldest days; return them."""
        if len(self._held) <= self._most * times:
            return []
        excess = len(self._held) - self._most
        for day in sorted(self._on_day):
            if excess <= 0:
                break
            excess -= self._on_day[day]
            self.crowded_before = day + 1
        return self.expired(lambda held: self._last_day(held) < self.crowded_before)
