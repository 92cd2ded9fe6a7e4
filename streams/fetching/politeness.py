"""One host is asked by few at once, with a pause between, and not at all while it asks to be left alone."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

AT_ONCE = 2  # requests to one host
SPACING = 1.0  # seconds between the beginnings of two
MOST_HOSTS = 20_000  # remembered; those that nobody waits for are forgotten first


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    next_at: float = 0.0
    left_alone_until: float = 0.0
    users: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Politeness:
    """Lets requests to one host pass one after another. `clock` counts seconds."""

    def __init__(
        self, clock: Callable[[], float], *, at_once: int = AT_ONCE, spacing: float = SPACING
    ) -> None:
        self._clock, self._at_once, self._spacing = clock, at_once, spacing
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, spacing: float | None = None) -> AsyncIterator[None]:
        """Wait for a turn at a host, hold it while the request goes on."""
        known = self._of(host)
        known.users += 1
        try:
            async with known.slots:
                async with known.turn:  # in the order they came
                    await asyncio.sleep(max(0.0, known.next_at - self._clock()))
                    known.next_at = self._clock() + (self._spacing if spacing is None else spacing)
                yield
        finally:
            known.users -= 1

    def leave_alone(self, host: str, seconds: float) -> None:
        """Note that a host asks to be left alone for so long."""
        known = self._of(host)
        known.left_alone_until = max(known.left_alone_until, self._clock() + seconds)

    def left_alone_for(self, host: str) -> float:
        """Return the seconds that a host is still left alone."""
        known = self._hosts.get(host)
        return max(0.0, known.left_alone_until - self._clock()) if known else 0.0

    def _of(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= MOST_HOSTS:
                self._forget()
            self._hosts[host] = _Host(asyncio.Semaphore(self._at_once))
        return self._hosts[host]

    def _forget(self) -> None:
        now = self._clock()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.users or host.next_at > now or host.left_alone_until > now
        }
