"""The sender of one receiver: takes turns from his queue, and writes down what he answered."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from schemas import DeadLetter, Delivery, Outcome, Reason
from schemas.deadletter import attempt_of
from streams.delivery.channels import Accepted, Post, Refused
from streams.delivery.ledger import STAGE
from streams.delivery.policy import Queue

if TYPE_CHECKING:
    from streams.delivery.channels import Channel
    from streams.delivery.ledger import Ledger
    from streams.delivery.policy import Policy
    from streams.delivery.shelf import Shelf, Shelved
    from streams.metrics import Metrics

LOGGER = logging.getLogger(__name__)


class Sender:
    """Sends to one receiver, one message at a time. What he does slows nobody else."""

    def __init__(
        self, receiver: str, policy: Policy, channel: Channel, shelf: Shelf, ledger: Ledger, metrics: Metrics
    ) -> None:
        self._note, self._channel, self._shelf = policy.note, channel, shelf
        self._desk = policy.desks[receiver]
        self._ledger, self._metrics = ledger, metrics
        self._queue = Queue(jitter=random.random)
        self._called = asyncio.Event()
        self._is_over = False

    @property
    def name(self) -> str:
        """The receiver's name."""
        return self._desk.receiver.name

    def add(self, delivery: Delivery) -> None:
        """Take in a delivery that is written down as queued."""
        self._queue.add(delivery)
        self._called.set()

    def stop(self) -> None:
        """End after the message that is under way: its answer must still be written down."""
        self._is_over = True
        self._called.set()

    async def run(self) -> None:
        """Send until told to stop."""
        while not self._is_over:
            self._metrics.delivery.waits(self.name, queued=len(self._queue), held=self._desk.held)
            if delivery := self._queue.next(datetime.now(UTC)):
                await self._send(delivery)
            else:
                await self._wait()
        await self._channel.close()

    async def _wait(self) -> None:
        self._called.clear()
        pause = self._queue.pause(datetime.now(UTC))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._called.wait()

    async def _send(self, delivery: Delivery) -> None:
        shelved = await self._shelf.get(delivery.place) if delivery.place else None
        if delivery.place and shelved is None:
            await self._give_up(delivery, None, Reason.UNDELIVERED, "the topic keeps the alert no more")
            return
        try:
            answer = await self._channel.send(self._post(delivery, shelved))
        except Exception as error:  # noqa: BLE001 - a mistake of ours with one message must not end all others
            await self._give_up(
                delivery, shelved, Reason.BUG, type(error).__name__
            )  # its words may hold a secret
            return
        now = datetime.now(UTC)
        tried = delivery.model_copy(update={"attempts": delivery.attempts + 1, "answered": answer.status})
        self._metrics.delivery.attempted(self.name, type(answer).__name__.lower())
        if isinstance(answer, Accepted):
            await self._done(tried, answer, now)
        elif isinstance(answer, Refused):
            await self._give_up(tried, shelved, Reason.REFUSED, answer.said)
        elif now - delivery.decided_at > self._desk.receiver.patience:
            await self._give_up(tried, shelved, Reason.UNDELIVERED, answer.said)
        else:
            LOGGER.warning("%s: attempt %d failed: %s", self.name, tried.attempts, answer.said)
            tried = tried.model_copy(update={"said": answer.said})
            await self._ledger.write([tried])
            self._queue.failed(tried, now, answer.retry_after)

    def _post(self, delivery: Delivery, shelved: Shelved | None) -> Post:
        thread = self._desk.thread(delivery.brief.thread) if delivery.brief else None
        return Post(
            delivery,
            shelved.alert if shelved else None,
            datetime.now(UTC),
            first=thread.first if thread else None,
            ref=thread.ref if thread else None,
        )

    async def _done(self, tried: Delivery, answer: Accepted, now: datetime) -> None:
        changed = {"outcome": Outcome.DELIVERED, "because": "the receiver has it", "done_at": now}
        done = tried.model_copy(update=changed | {"ref": answer.ref, "said": None})
        await self._ledger.write([done])
        self._note(done)
        self._queue.done(done)
        self._metrics.delivery.delivered(done)

    async def _give_up(self, delivery: Delivery, shelved: Shelved | None, reason: Reason, said: str) -> None:
        """Give it up. A digest has no message of its own to keep: what it told stands in the delivery."""
        LOGGER.error("%s: given up after %d attempts: %s", self.name, delivery.attempts, said)
        changed = {"outcome": Outcome.DEAD, "because": f"{reason.value}: {said}", "said": said}
        dead = delivery.model_copy(update=changed | {"done_at": datetime.now(UTC)})
        letters = [letter_of(shelved.record, reason, f"{self.name}: {said}")] if shelved else []
        await self._ledger.write([dead], letters)
        self._note(dead)
        (self._queue.done if reason is Reason.REFUSED else self._queue.give_up)(dead)
        self._metrics.delivery.delivered(dead)
        for letter in letters:
            self._metrics.flow.failed(letter)


def letter_of(record: Any, reason: Reason, said: str) -> DeadLetter:
    """Return the dead letter of a message; an alert that is replayed goes once more to who gave it up."""
    headers = {name: value or b"" for name, value in record.headers}
    return DeadLetter(
        stage=STAGE,
        reason=reason,
        exception="",
        message=said,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        attempt=attempt_of(headers),
        failed_at=datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        key=record.key,
        value=record.value,
        headers=headers,
    )
