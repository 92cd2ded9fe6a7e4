"""At least once, on Faust: a message is acknowledged when all that it became is, and never before.

What Faust does by default loses messages: it acknowledges what raised, and what it skips in a rebalance.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from faust.transport.drivers import aiokafka

from schemas.topics import TOPICS
from streams.stages import InRecord, OutRecord, Stage, latest, outputs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import faust

    from streams.metrics import Metrics

BATCH = 100  # messages whose outputs are awaited together; 60 % faster than one by one
TURN = 0.02  # seconds of work between two turns of the event loop; each turn is a system call
FETCH_WITHIN = 0.05  # seconds that brokers may wait for messages before they answer that there are none
WITHIN = 0.05  # seconds a message waits for others to join its batch: the price in latency, once a stage


class ConsumerThread(aiokafka.AIOKafkaConsumerThread):
    """Faust's thread of the consumer, but a request for messages that finds none returns soon.

    Partitions whose last messages still wait to be handed on are no part of it. So they, and with them the whole line,
    stand still until it returns; Faust lets it take 1.5 seconds, and has no setting for it.
    """

    logger = aiokafka.logger

    def _create_worker_consumer(self, transport: Any) -> Any:
        made = super()._create_worker_consumer(transport)
        made._fetch_max_wait_ms = round(FETCH_WITHIN * 1000)  # noqa: SLF001 (there is no other way)
        return made


class Consumer(aiokafka.Consumer):
    """Faust's consumer, but an acknowledgement counts only while the message is ours."""

    logger = aiokafka.logger

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def ack(self, message: Any) -> bool:
        """Note a message as done; not in a rebalance, when Faust acknowledges what it skips."""
        return bool(holds(self.app, message) and super().ack(message))


class Transport(aiokafka.Transport):
    """Faust's transport with that consumer."""

    Consumer = Consumer


def holds(app: Any, message: Any) -> bool:
    """Tell whether a message is still this worker's: what is not will be read again, here or by another."""
    return bool(app.flow_control.is_active()) and message.generation_id == app.consumer_generation_id


class AtLeastOnce:
    """Carries streams of messages through stages."""

    def __init__(self, app: faust.App, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics
        self._turned = time.monotonic()
        self._topics = {topic.name: app.topic(topic.name) for topic in TOPICS}

    async def carry(self, stream: Any, stage_of: Callable[[int], Awaitable[Stage]]) -> None:
        """Take every message of the stream through the stage of its partition.

        An error of the brokers goes through and ends the worker; all else is a dead letter.
        """
        unacked = stream.noack()
        async for batch in unacked.noack_take(BATCH, within=WITHIN):
            outs: list[OutRecord] = []
            done: list[Any] = []
            for event in batch:
                made = await self._outputs(event, stage_of)
                if made is None:
                    continue
                outs += made
                done.append(event)
            await self.send(latest(outs))
            for event in done:
                await unacked.ack(event)

    async def send(self, outs: list[OutRecord]) -> None:
        """Send and wait until all of it is acknowledged; what says that the rest was sent goes after the rest."""
        for last in (False, True):
            await asyncio.gather(*[await self._send(out) for out in outs if out.last is last])

    async def _outputs(
        self, event: Any, stage_of: Callable[[int], Awaitable[Stage]]
    ) -> list[OutRecord] | None:
        """Return what the message becomes; None when it is no longer this worker's."""
        stage = await stage_of(event.message.partition)
        if time.monotonic() - self._turned > TURN:
            await asyncio.sleep(0)  # let heartbeats, commits and acknowledgements have their turn
            self._turned = time.monotonic()
        if not holds(self._app, event.message):
            return None
        return outputs(stage, _record(event), datetime.now(UTC), self._metrics)

    async def _send(self, out: OutRecord) -> Awaitable[Any]:
        topic = self._topics[out.topic]
        sent: Awaitable[Any] = await topic.send(
            key=out.key, value=out.value, headers=out.headers, partition=out.partition
        )
        return sent


def _record(event: Any) -> InRecord:
    message = event.message
    headers = {name: value or b"" for name, value in (event.headers or {}).items()}
    return InRecord(
        message.topic,
        message.partition,
        message.offset,
        message.timestamp or 0.0,
        message.key,
        message.value,
        headers,
    )
