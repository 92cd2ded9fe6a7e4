"""Delivery: alerts off their topic, decisions onto theirs, messages to receivers. Wiring, and what restores it."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from schemas import Delivery, Feedback, Outcome, Silence, Unreadable, decode
from schemas.brief import brief_of
from schemas.deadletter import attempt_of
from schemas.topics import ALERTS, DELIVERIES, FEEDBACK, SILENCES
from streams.delivery.channels import channel_of
from streams.delivery.feeds import Recent
from streams.delivery.ledger import Ledger
from streams.delivery.policy import Policy
from streams.delivery.precision import Precision
from streams.delivery.reading import Reader
from streams.delivery.sender import Sender, letter_of
from streams.delivery.shelf import Shelf, place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.delivery.policy import Plan
    from streams.metrics import Metrics
    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)

ENDS_WITHIN = 20.0  # seconds for what is under way, short of what compose gives
RELEASES_EVERY = 1.0  # seconds between two looks at what is held
STANDS_AFTER = 60.0  # seconds without an answer of the alert topic after which the process counts as stuck
FORGETS_EVERY = timedelta(hours=1)
KEPT = timedelta(milliseconds=DELIVERIES.retention_ms or 0)  # as long as the topic keeps it
SHOWN_OF_A_PARTITION = 200  # alerts that the feeds start with


class Deliverer:
    """The whole of delivery in one process. Raises NoSecret when a secret of the plan is missing."""

    def __init__(self, settings: Settings, plan: Plan, metrics: Metrics) -> None:
        self._metrics = metrics
        self._policy = Policy(plan)
        self._ledger = Ledger(settings)
        self._alerts = Reader(settings, "deliver", [ALERTS], group=f"{settings.group}-deliver")
        self._fetcher = Reader(settings, "deliver-fetch", [ALERTS])
        self._said = Reader(settings, "deliver-said", [SILENCES, FEEDBACK])
        self._deliveries = Reader(settings, "deliver-restore", [DELIVERIES])
        self._shelf = Shelf(self._fetcher)
        self._silences: dict[str, Silence] = {}
        self._precision = Precision()
        self.recent = Recent()
        self._senders = {
            name: Sender(name, self._policy, channel_of(desk.receiver), self._shelf, self._ledger, metrics)
            for name, desk in self._policy.desks.items()
        }
        self._read_at: float | None = None

    def sick(self) -> list[str]:
        """Return why the process should be started anew. A silent broker is no reason: a new one would wait too."""
        if (
            self._ledger.silent is None
            and self._read_at
            and (idle := time.monotonic() - self._read_at) > STANDS_AFTER
        ):
            return [f"the alert topic was not read for {idle:.0f} s"]
        return []

    def not_ready(self) -> list[str]:
        """Return why nothing is delivered yet."""
        if self._read_at is None:
            return ["what was decided before is being read back"]
        return [self._ledger.silent] if self._ledger.silent else []

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until told to stop; what is under way is ended first. Raises BrokerUnreachable."""
        await self._restore()
        loops = [
            asyncio.create_task(loop) for loop in (self._read_alerts(), self._read_said(), self._release())
        ]
        sending = [asyncio.create_task(sender.run()) for sender in self._senders.values()]
        told = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({*loops, *sending, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for sender in self._senders.values():
                sender.stop()
            await asyncio.wait(sending, timeout=ENDS_WITHIN)
            for task in (*loops, told, *sending):
                task.cancel()
            ended = await asyncio.gather(*loops, told, *sending, return_exceptions=True)
            await self._close()
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _close(self) -> None:
        self._ledger.close()
        for reader in (self._alerts, self._fetcher, self._said, self._deliveries):
            await reader.close()

    async def _restore(self) -> None:
        """Rebuild the state from the topics."""
        began = time.monotonic()
        waiting: dict[str, Delivery] = {}
        count = 0
        async for records in self._deliveries.catch_up():
            count += len(records)
            for record in records:
                self._restore_one(record, waiting)
        self._enqueue(sorted(waiting.values(), key=lambda one: one.decided_at))
        async for records in self._said.catch_up():
            self._take_said(records)
        await self._fetcher.seek_to_latest(SHOWN_OF_A_PARTITION)
        async for records in self._fetcher.catch_up():
            for record in records:
                self._show(record)
        LOGGER.info(
            "restored from %d deliveries in %.1f s: %d to be sent",
            count,
            time.monotonic() - began,
            len(waiting),
        )

    def _restore_one(self, record: Any, waiting: dict[str, Delivery]) -> None:
        try:
            delivery = decode(Delivery, record.value)
        except Unreadable as error:
            LOGGER.warning("passed over %s: %s", _where(record), error)
            return
        self._policy.restore(delivery)
        waiting.pop(delivery.id, None)
        if delivery.outcome is Outcome.QUEUED:
            waiting[delivery.id] = delivery

    async def _read_alerts(self) -> None:
        while True:
            records = await self._alerts.poll()
            self._read_at = time.monotonic()
            if records:
                await self._take(records)
                await self._alerts.commit(records)

    async def _take(self, records: Sequence[Any]) -> None:
        decided: list[Delivery] = []
        letters = []
        for record in records:
            try:
                alert = self._shelf.put(record).alert
            except Unreadable as error:
                LOGGER.warning("%s is no alert: %s", _where(record), error)
                letters.append(letter_of(record, error.reason, error.detail))
                continue
            self.recent.add(alert)
            again = attempt_of({name: value or b"" for name, value in record.headers}) > 1
            decided += self._policy.decide(
                brief_of(alert),
                place_of(record),
                self._silences.values(),
                datetime.now(UTC),
                again=again,
            )
        await self._write(decided, letters)
        for letter in letters:
            self._metrics.flow.failed(letter)

    async def _release(self) -> None:
        forgot_at = datetime.now(UTC)
        while True:
            await asyncio.sleep(RELEASES_EVERY)
            now = datetime.now(UTC)
            await self._write(self._policy.release(now))
            if now - forgot_at > FORGETS_EVERY:
                self._policy.forget(now - KEPT)
                forgot_at = now

    async def _write(self, decided: Sequence[Delivery], letters: Sequence[Any] = ()) -> None:
        """Write down what was decided; only then is it sent."""
        if not decided and not letters:
            return
        await self._ledger.write(decided, letters)
        self._metrics.delivery.decided(decided)
        self._enqueue(decided)

    def _enqueue(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            if delivery.outcome is not Outcome.QUEUED:
                continue
            if sender := self._senders.get(delivery.receiver):
                sender.add(delivery)
            else:
                LOGGER.warning("%s waits for %s, whom no file names", delivery.id, delivery.receiver)

    async def _read_said(self) -> None:
        while True:
            self._take_said(await self._said.poll())

    def _take_said(self, records: Sequence[Any]) -> None:
        """Take silences and feedback; what is neither is passed over."""
        for record in records:
            key = (record.key or b"").decode(errors="replace")
            try:
                if record.topic == SILENCES.name:
                    self._silences.pop(key, None)
                    if record.value:
                        self._silences[key] = decode(Silence, record.value)
                elif record.value:
                    self._precision.take(decode(Feedback, record.value))
                else:
                    self._precision.forget(key)
            except Unreadable as error:
                LOGGER.warning("passed over %s: %s", _where(record), error)
        if any(record.topic == FEEDBACK.name for record in records):
            shares = {what: judged.precision for what, judged in self._precision.table().items()}
            self._metrics.delivery.judged(self._precision.verdicts(), shares)

    def _show(self, record: Any) -> None:
        try:
            self.recent.add(self._shelf.put(record).alert)
        except Unreadable:
            return  # it becomes a dead letter when its turn comes


def _where(record: Any) -> str:
    return f"{record.topic}[{record.partition}]@{record.offset}"
