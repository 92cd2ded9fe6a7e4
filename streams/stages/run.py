"""One message through one stage: what it becomes, or the dead letter of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from schemas import DeadLetter, Reason, Unreadable
from schemas.deadletter import attempt_of
from schemas.topics import DEADLETTERS
from streams.stages.record import OutRecord

if TYPE_CHECKING:
    from datetime import datetime

    from streams.metrics import Metrics
    from streams.stages.record import InRecord, Stage

LOGGER = logging.getLogger(__name__)


def outputs(stage: Stage, record: InRecord, now: datetime, metrics: Metrics) -> list[OutRecord]:
    """Return what the stage makes of the message; a dead letter of what it cannot process."""
    with metrics.flow.timed(stage.name):
        try:
            return stage.outputs(record, now)
        except Unreadable as error:
            letter = _dead_letter(stage, record, now, reason=error.reason, error=error, said=error.detail)
        except Exception as error:
            LOGGER.exception(
                "%s failed on %s[%d]@%d", stage.name, record.topic, record.partition, record.offset
            )
            letter = _dead_letter(stage, record, now, reason=Reason.BUG, error=error, said=str(error))
    metrics.flow.failed(letter)
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
