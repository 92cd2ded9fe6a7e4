"""Story → alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Alert, Story, decode, encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import ALERTS, STORIES
from streams.stages.record import ENTERED, OutRecord

if TYPE_CHECKING:
    from datetime import datetime

    from streams.alerting import Alerts
    from streams.metrics import Metrics
    from streams.stages.record import InRecord


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
        headers = cloudevents(alert, source=self.name, time=now) | record.entered
        return OutRecord(ALERTS.name, alert.dedup_key.encode(), encode(alert), headers, record.partition)
