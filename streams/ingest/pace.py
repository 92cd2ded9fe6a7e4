"""Not more than so many a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST = 0.01  # seconds; a shorter rest costs more than it evens out


class Pace:
    """Holds a worker back to `rate` a second; None holds nothing back."""

    def __init__(
        self,
        rate: float | None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._step = 1 / rate if rate else 0.0
        self._clock, self._sleep = clock, sleep
        self._due = clock()

    def wait(self) -> None:
        """Return when the next one is due. A time of rest is not made up for afterwards."""
        if not self._step:
            return
        now = self._clock()
        self._due = max(self._due + self._step, now - 1.0)
        if self._due - now > SHORTEST:
            self._sleep(self._due - now)
