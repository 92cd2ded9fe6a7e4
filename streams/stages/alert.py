"""Story → alerts, what it counts toward in rules over several, and what it adds to dyads."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from schemas import Match, Novelty, Story, Thread, decode, encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import ALERTS, MATCHES, STORIES, THREADS
from streams.stages.contribute import contribution_record
from streams.stages.record import ENTERED, OutRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from schemas.contracts import Identified
    from streams.alerting import Alerts
    from streams.alerting.raised import Raised
    from streams.metrics import Metrics
    from streams.stages.record import InRecord


class Warn:
    """Story → alerts on the partition of the story; matches on the partition of their group; its contribution.

    One stage, as to read a story costs more than all that is asked of it.
    """

    name = "alert"
    source = STORIES

    def __init__(self, alerts: Alerts, metrics: Metrics, partitions: int = 1) -> None:
        """`partitions`: how many the topic of matches has."""
        self._alerts, self._metrics, self._partitions = alerts, metrics, partitions

    def restore(self, value: bytes | None) -> None:
        """Take back what was said before."""
        self._alerts.restore(decode(Thread, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return what the rules make of this revision of the story, and what it adds to dyads."""
        story = decode(Story, record.value)
        raised = self._alerts.on_story(story, now=now)
        self._metrics.alerts.withheld("backfill", raised.withheld)
        if not raised.alerts and not raised.matches:
            self._metrics.flow.passed_over(self.name, _why_silent(story))
        entered = record.headers.get(ENTERED, b"")
        if entered.isdigit():
            for _ in raised.alerts:
                self._metrics.alerts.raised_after(now.timestamp() - int(entered) / 1000)
        matches = [
            match_record(match, self.name, now, self._partitions, record.entered) for match in raised.matches
        ]
        told = records(raised, self.name, now, record.partition, self._metrics, record.entered)
        return [*told, *matches, contribution_record(story, self.name, now)]


def _why_silent(story: Story) -> str:
    """Return what a story is of which no rule makes anything."""
    if story.cancelled:
        return "cancelled"
    if story.backfill:
        return "backfill"
    return "background" if story.novelty is Novelty.BACKGROUND else "no_alert"


def records(
    raised: Raised,
    stage: str,
    now: datetime,
    partition: int,
    metrics: Metrics,
    entered: dict[str, bytes] | None = None,
) -> Iterator[OutRecord]:
    """Yield the alerts and what is remembered of them, for one partition."""
    for alert in raised.alerts:
        metrics.alerts.emitted(alert)
        yield _record(ALERTS.name, alert.dedup_key, alert, stage, now, partition, entered)
    for thread in raised.threads:
        yield _record(THREADS.name, thread.id, thread, stage, now, partition, entered)


def match_record(
    match: Match, stage: str, now: datetime, partitions: int, entered: dict[str, bytes] | None = None
) -> OutRecord:
    """Return a match, for the partition where all of its rule and group meet."""
    group = "|".join([match.rule, *(f"{name}={value}" for name, value in sorted(match.group.items()))])
    at = int.from_bytes(blake2b(group.encode(), digest_size=8).digest()) % partitions
    return _record(MATCHES.name, match.id, match, stage, now, at, entered)


def _record(
    topic: str,
    key: str,
    message: Identified,
    stage: str,
    now: datetime,
    partition: int,
    entered: dict[str, bytes] | None,
) -> OutRecord:
    headers = cloudevents(message, source=stage, time=now) | (entered or {})
    return OutRecord(topic, key.encode(), encode(message), headers, partition, last=topic == THREADS.name)
