"""The queue of one receiver: whose turn it is, and how long to wait after what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from schemas import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


FIRST = 1.0  # seconds; each failure in a row doubles it
LONGEST = 60.0  # so that a receiver that comes back is served within a minute
MOST_ASKED = timedelta(hours=1)  # of a receiver that says when to come again


@dataclass(slots=True)
class _Waiting:
    delivery: Delivery
    not_before: datetime | None = None


class Queue:
    """Deliveries in the order they were decided. One that fails does not hold up those of other threads.

    It holds no alerts, only where they lie; the cap and the patience of the receiver bound how many.
    `jitter` returns a number from 0 to 1.
    """

    def __init__(self, jitter: Callable[[], float]) -> None:
        self._jitter = jitter
        self._waiting: dict[str, _Waiting] = {}
        self._failures = 0
        self._not_before: datetime | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, delivery: Delivery) -> None:
        """Take a delivery in; one that is there already is replaced where it stands."""
        if waiting := self._waiting.get(delivery.id):
            waiting.delivery = delivery
        else:
            self._waiting[delivery.id] = _Waiting(delivery)

    def next(self, now: datetime) -> Delivery | None:
        """Return whose turn it is: never one of a thread before an earlier one of it."""
        if self._not_before and now < self._not_before:
            return None
        for waiting in self._heads():
            if waiting.not_before is None or waiting.not_before <= now:
                return waiting.delivery
        return None

    def pause(self, now: datetime) -> float | None:
        """Return the seconds until it may be someone's turn; None when nothing waits."""
        if not self._waiting:
            return None
        own = min(one.not_before or now for one in self._heads())
        return max(0.0, (max(own, self._not_before or now) - now).total_seconds())

    def _heads(self) -> Iterator[_Waiting]:
        """Yield the earliest of each thread."""
        threads: set[str] = set()
        for waiting in self._waiting.values():
            brief = waiting.delivery.brief
            thread = brief.thread if brief else waiting.delivery.id
            if thread not in threads:
                threads.add(thread)
                yield waiting

    def done(self, delivery: Delivery) -> None:
        """Take a delivery out: the receiver answered."""
        self._waiting.pop(delivery.id, None)
        self._failures = 0
        self._not_before = None

    def give_up(self, delivery: Delivery) -> None:
        """Take a delivery out that was tried for too long: that says nothing of the receiver."""
        self._waiting.pop(delivery.id, None)

    def failed(self, delivery: Delivery, now: datetime, retry_after: float | None = None) -> None:
        """Put a delivery back: the receiver did not take it, and may have said in how many seconds it will."""
        self._failures += 1
        self._not_before = now + self._wait(self._failures, retry_after)
        if waiting := self._waiting.get(delivery.id):
            waiting.delivery = delivery
            waiting.not_before = now + self._wait(max(1, delivery.attempts), retry_after)

    def _wait(self, failures: int, retry_after: float | None) -> timedelta:
        if retry_after is not None:
            return min(timedelta(seconds=retry_after), MOST_ASKED)
        longest = min(LONGEST, FIRST * 2 ** min(failures - 1, 16))
        return timedelta(seconds=longest * (0.5 + self._jitter() / 2))
