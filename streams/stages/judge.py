"""Match → alerts of rules over several stories; a tick of the clock → what time alone decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas import Match, Thread, decode
from schemas.topics import MATCHES
from streams.alerting import Windows
from streams.stages.alert import records

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from streams.metrics import Metrics
    from streams.stages.record import InRecord, OutRecord

SPEAKER = 0  # the partition that speaks for the whole line: that nothing comes in, that all is well


class Judge:
    """Holds the groups of a partition of matches, and what was said of them."""

    name = "judge"
    source = MATCHES

    def __init__(self, windows: Windows, metrics: Metrics) -> None:
        self.windows, self._metrics = windows, metrics

    def restore(self, value: bytes | None) -> None:
        """Take back a match."""
        self.windows.restore_match(decode(Match, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return what the match makes of its group."""
        raised = self.windows.on_match(decode(Match, record.value), now=now)
        self._count(record.partition)
        return list(records(raised, self.name, now, record.partition, self._metrics, record.entered))

    def tick(self, partition: int, now: datetime) -> list[OutRecord]:
        """Return what time alone makes of the groups."""
        raised = self.windows.tick(now, first=partition == SPEAKER)
        self._count(partition)
        return list(records(raised, self.name, now, partition, self._metrics))

    def _count(self, partition: int) -> None:
        self._metrics.matches_held.labels(partition).set(self.windows.held)
        self._metrics.matches_let_go(partition, self.windows.let_go)


@dataclass(slots=True)
class _Said:
    """The side of a judge that takes back what it said."""

    name: str
    windows: Windows

    def restore(self, value: bytes | None) -> None:
        self.windows.restore_thread(decode(Thread, value))


def restore_both(
    matches: Callable[[Judge, int], Awaitable[None]], threads: Callable[[_Said, int], Awaitable[None]]
) -> Callable[[Judge, int], Awaitable[None]]:
    """Return what restores a judge from two topics: first what was said, then what counts."""

    async def restore(judge: Judge, partition: int) -> None:
        await threads(_Said(f"{judge.name}-threads", judge.windows), partition)
        await matches(judge, partition)

    return restore
