"""Contribution → the watched dyads that it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Contribution, Dyad, decode, encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import CONTRIBUTIONS, DYADS
from streams.stages.record import OutRecord

if TYPE_CHECKING:
    from datetime import datetime

    from streams.metrics import Metrics
    from streams.stages.record import InRecord
    from streams.tension import Dyads


class Weigh:
    """Keeps the state of the watched dyads. It is rebuilt from what it reads, not from what it sends."""

    name = "tension"
    source = CONTRIBUTIONS

    def __init__(self, dyads: Dyads, metrics: Metrics) -> None:
        self._dyads, self._metrics = dyads, metrics

    def restore(self, value: bytes | None) -> None:
        """Take back what it read before."""
        self._dyads.restore(decode(Contribution, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return the dyads that say something new; all of them the first time, also after a restart.

        So what was weighed before a crash, but not sent, is sent after it.
        """
        contribution = decode(Contribution, record.value)
        changed = self._dyads.add(contribution, today=now.date())
        self._metrics.dyads.weighed(changed, self._dyads)
        if not changed:
            self._metrics.flow.passed_over(self.name, "changes_nothing")
        marked = [dyad.model_copy(update={"backfill": contribution.backfill}) for dyad in changed]
        return [self._out(dyad, record, now) for dyad in marked]

    def _out(self, dyad: Dyad, record: InRecord, now: datetime) -> OutRecord:
        headers = cloudevents(dyad, source=self.name, time=now)
        is_state = (
            not dyad.backfill
        )  # what an archive says raises no alert, so it must not stand for what does
        return OutRecord(
            DYADS.name, dyad.id.encode(), encode(dyad), headers, record.partition, is_state=is_state
        )
