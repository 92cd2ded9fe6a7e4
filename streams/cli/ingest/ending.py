"""How an agent is told to end: Ctrl-C or SIGTERM once asks, and a while later or a second time it must."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Ending:
    """Turns the first signal into `asked`, so that what is under way ends in order.

    The second one, or `grace` seconds, raises KeyboardInterrupt.
    """

    def __init__(self, say: Callable[[str], None], *, grace: float) -> None:
        self.asked = False
        self._say, self._grace = say, grace

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._hear) for number in (*_SIGNALS, signal.SIGALRM)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _hear(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self._say(
            "tocsin: ending; waiting for the brokers' word on what was sent (a second time leaves at once)"
        )
        signal.setitimer(signal.ITIMER_REAL, self._grace)
