"""Match → alerts of rules over several stories; a tick of the clock → what time alone decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas import Match, Thread, decode
from schemas.match import ARTICLES as HEARD
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
        match = decode(Match, value)
        self.windows.restore_match(match)
        self._hear(match)

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return what the match makes of its group."""
        match = decode(Match, record.value)
        raised = self.windows.on_match(match, now=now)
        self._hear(match)
        self._count(record.partition)
        return list(records(raised, self.name, now, record.partition, self._metrics, record.entered))

    def tick(self, partition: int, now: datetime) -> list[OutRecord]:
        """Return what time alone makes of the groups."""
        raised = self.windows.tick(now, first=partition == SPEAKER)
        self._count(partition)
        return list(records(raised, self.name, now, partition, self._metrics))

    def _hear(self, match: Match) -> None:
        """Note when a source was heard from: this is where all of them meet, and what a restart remembers."""
        if match.rule == HEARD:
            self._metrics.articles.heard(match.subject, match.at.timestamp())

    def _count(self, partition: int) -> None:
        self._metrics.alerts.matches(partition, self.windows.held, self.windows.let_go)


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
