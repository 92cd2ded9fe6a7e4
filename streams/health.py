"""Is this worker alive, and is it ready: judged from outside, by what the brokers say of its partitions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.lag import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafka import TopicPartition


LOOP_STANDS_AFTER = 30.0  # seconds without a turn of the event loop; no stretch of ours lasts one


@dataclass(slots=True)
class _Watched:
    """One partition held: what was last seen of it, and since when it should have moved."""

    waiting_since: float
    position: Position | None = None


@dataclass(slots=True)
class Health:
    """What is known of this worker. `clock` counts seconds; threads may call every method."""

    stuck_after: float
    clock: Callable[[], float] = time.monotonic
    _turned: float | None = None
    _watched: dict[tuple[str, int], _Watched] | None = None
    _broker_silent: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def turn(self) -> None:
        """Note that the event loop has turned."""
        self._turned = self.clock()

    def dealt(self, partitions: Iterable[tuple[str, int]]) -> None:
        """Note which partitions this worker holds from now on."""
        now = self.clock()
        with self._lock:
            self._watched = {(topic, number): _Watched(now) for topic, number in partitions}

    def held(self) -> list[tuple[str, int]]:
        """Return the partitions this worker holds."""
        with self._lock:
            return list(self._watched or ())

    def touch(self, topic: str, number: int) -> None:
        """Note progress that no commit shows: the state of a partition is being restored."""
        with self._lock:
            if watched := (self._watched or {}).get((topic, number)):
                watched.waiting_since = self.clock()

    def seen(self, positions: dict[TopicPartition, Position]) -> list[TopicPartition]:
        """Note what the brokers say; return the partitions whose commit has moved."""
        now, moved = self.clock(), []
        with self._lock:
            self._broker_silent = None
            for partition, position in positions.items():
                watched = (self._watched or {}).get((partition.topic, partition.partition))
                if watched is None:
                    continue
                last = watched.position
                has_moved = last is not None and position.committed > last.committed
                if has_moved:
                    moved.append(partition)
                if has_moved or not position.lag:
                    watched.waiting_since = now
                watched.position = position
        return moved

    def unseen(self, why: str) -> None:
        """Note that the brokers did not answer."""
        self._broker_silent = why

    def sick(self) -> list[str]:
        """Return why this worker should be started anew; nothing when it is well.

        Brokers that do not answer are no reason: a new worker would not reach them either.
        """
        now, reasons = self.clock(), []
        if self._turned is not None and (still := now - self._turned) > LOOP_STANDS_AFTER:
            reasons.append(f"the event loop has not turned for {still:.0f} s")
        if self._broker_silent:
            return reasons
        with self._lock:
            for (topic, number), watched in (self._watched or {}).items():
                waiting = watched.position.lag if watched.position else 0
                if waiting and (idle := now - watched.waiting_since) > self.stuck_after:
                    reasons.append(f"{topic}[{number}]: {waiting} messages wait, none done for {idle:.0f} s")
        return reasons

    def not_ready(self) -> list[str]:
        """Return why this worker takes no work; nothing when it does."""
        if self._watched is None:
            return ["has not joined the group yet"]
        if not self._watched:
            return ["holds no partition: there are more workers than partitions"]
        return [f"the brokers do not answer: {self._broker_silent}"] if self._broker_silent else []
