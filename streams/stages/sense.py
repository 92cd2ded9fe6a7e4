"""Dyad → alerts of the rules on what is usual for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Dyad, Thread, decode
from schemas.topics import DYADS
from streams.stages.alert import records

if TYPE_CHECKING:
    from datetime import datetime

    from streams.alerting import Tense
    from streams.metrics import Metrics
    from streams.stages.record import InRecord, OutRecord


class Sense:
    """Reads the watched dyads, all of which are on one partition."""

    name = "sense"
    source = DYADS

    def __init__(self, tense: Tense, metrics: Metrics) -> None:
        self._tense, self._metrics = tense, metrics

    def restore(self, value: bytes | None) -> None:
        """Take back what was said before."""
        self._tense.restore(decode(Thread, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return what the rules make of the state of a dyad."""
        raised = self._tense.on_dyad(decode(Dyad, record.value), now=now)
        return list(records(raised, self.name, now, record.partition, self._metrics, record.entered))
