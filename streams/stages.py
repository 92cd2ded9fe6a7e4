"""The stages: what one message becomes. Plain calls on bytes, without Kafka, without a clock of their own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from schemas import Alert, Article, DeadLetter, Event, Reason, Story, Unreadable, decode, encode
from schemas.cloudevents import headers as cloudevents
from schemas.deadletter import attempt_of
from schemas.topics import ALERTS, ARTICLES, DEADLETTERS, EVENTS, STORIES
from streams.stories import Stories, block_key

if TYPE_CHECKING:
    from datetime import datetime

    from streams.alerting import Alerts
    from streams.metrics import Metrics
    from streams.tagging import Tagger

ENTERED = "tocsin.entered"  # header: milliseconds since 1970 when the article came onto its topic

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InRecord:
    """A message as it was read. `timestamp` in seconds since 1970."""

    topic: str
    partition: int
    offset: int
    timestamp: float
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class OutRecord:
    """A message to be sent; without a `partition` the key decides."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]
    partition: int | None = None


class Stage(Protocol):
    """One step of the flow over one partition."""

    name: str

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return what this message becomes. Raises Unreadable when it is not what it should be."""
        ...


class Tag:
    """Article → events, keyed by what must meet to be merged."""

    name = "tag"
    source = ARTICLES

    def __init__(self, tagger: Tagger, metrics: Metrics) -> None:
        self._tagger, self._metrics = tagger, metrics

    async def on_any(self, _partition: int) -> Tag:
        """Return itself: tagging remembers nothing, so that one serves every partition."""
        return self

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return the events of an article."""
        article = decode(Article, record.value)
        self._metrics.received(article, now)
        tagged = self._tagger.tag(article, now=now)
        self._metrics.tagged(tagged.outcome, tagged.lang)
        entered = str(round(record.timestamp * 1000)).encode()
        return [self._out(event, entered, now) for event in tagged.events]

    def _out(self, event: Event, entered: bytes, now: datetime) -> OutRecord:
        self._metrics.emitted(event)
        headers = cloudevents(event, source=self.name, time=now) | {ENTERED: entered}
        return OutRecord(EVENTS.name, block_key(event).encode(), encode(event), headers)


class Correlate:
    """Event → the story it changes, on the partition of the event, so that it is rebuilt from there."""

    name = "stories"
    source = EVENTS

    def __init__(self, metrics: Metrics) -> None:
        self._stories, self._metrics = Stories(), metrics

    def restore(self, value: bytes | None) -> None:
        """Take back what this stage sent before."""
        self._stories.restore(decode(Story, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return the new revision of the event's story, nothing when the event is known."""
        story = self._stories.add(decode(Event, record.value))
        if story is None:
            return []
        self._metrics.emitted(story)
        headers = cloudevents(story, source=self.name, time=now) | _entered(record)
        return [OutRecord(STORIES.name, story.id.encode(), encode(story), headers, record.partition)]


class Warn:
    """Story → alerts, on the partition of the story."""

    name = "alert"
    source = STORIES

    def __init__(self, alerts: Alerts, metrics: Metrics) -> None:
        self._alerts, self._metrics = alerts, metrics

    def restore(self, value: bytes | None) -> None:
        """Take back what this stage sent before."""
        self._alerts.restore(decode(Alert, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return the alerts that the rules raise on this revision of the story."""
        alerts = self._alerts.on_story(decode(Story, record.value), now=now)
        return [self._out(alert, record, now) for alert in alerts]

    def _out(self, alert: Alert, record: InRecord, now: datetime) -> OutRecord:
        self._metrics.emitted(alert)
        entered = record.headers.get(ENTERED, b"")
        if entered.isdigit():
            self._metrics.alerted_after(now.timestamp() - int(entered) / 1000)
        headers = cloudevents(alert, source=self.name, time=now) | _entered(record)
        return OutRecord(ALERTS.name, alert.dedup_key.encode(), encode(alert), headers, record.partition)


def _entered(record: InRecord) -> dict[str, bytes]:
    return {ENTERED: record.headers[ENTERED]} if ENTERED in record.headers else {}


def outputs(stage: Stage, record: InRecord, now: datetime, metrics: Metrics) -> list[OutRecord]:
    """Return what the stage makes of the message; a dead letter of what it cannot process."""
    with metrics.stage_duration.labels(stage.name).time():
        try:
            return stage.outputs(record, now)
        except Unreadable as error:
            letter = _dead_letter(stage, record, now, reason=error.reason, error=error, said=error.detail)
        except Exception as error:
            LOGGER.exception(
                "%s failed on %s[%d]@%d", stage.name, record.topic, record.partition, record.offset
            )
            letter = _dead_letter(stage, record, now, reason=Reason.BUG, error=error, said=str(error))
    metrics.failed(letter)
    return [OutRecord(DEADLETTERS.name, letter.key, letter.value, letter.wire_headers())]


def _dead_letter(
    stage: Stage, record: InRecord, now: datetime, *, reason: Reason, error: Exception, said: str
) -> DeadLetter:
    return DeadLetter(
        stage=stage.name,
        reason=reason,
        exception=type(error).__name__,
        message=said,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        attempt=attempt_of(record.headers),
        failed_at=now.isoformat().replace("+00:00", "Z"),
        key=record.key,
        value=record.value,
        headers=record.headers,
    )
