"""State of a partition, rebuilt from the partition of the same number that the stage wrote before."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from kafka import TopicPartition

from schemas import Unreadable
from streams.broker import BrokerUnreachable, consumer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from kafka import KafkaConsumer

    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)

POLL_MS = 500
SILENCE = 30.0  # seconds without a message, short of the end: the brokers are gone


class Restorable(Protocol):
    """A stage that remembers."""

    name: str

    def restore(self, value: bytes | None) -> None:
        """Take back what this stage sent before. Raises Unreadable."""
        ...


S = TypeVar("S", bound=Restorable)


class PerPartition(Generic[S]):
    """One state a partition, restored when its first message comes, dropped when the group is dealt anew.

    Dropped whole, even what comes back to the same worker: another may have worked on it in between.
    """

    def __init__(self, make: Callable[[], S], restore: Callable[[S, int], Awaitable[None]]) -> None:
        self._make, self._restore = make, restore
        self._held: dict[int, S] = {}
        self._deal = 0
        self._restoring = asyncio.Lock()  # a message and a tick of the clock may ask at the same time

    async def __call__(self, partition: int) -> S:
        """Return the state of this partition."""
        async with self._restoring:
            if partition not in self._held:
                deal, state = self._deal, self._make()
                await self._restore(state, partition)
                if deal != self._deal:
                    return state  # its caller holds a message of the old deal and will drop both
                self._held[partition] = state
            return self._held[partition]

    def drop(self) -> None:
        """Forget every partition."""
        self._deal += 1
        self._held.clear()


class Restorer:
    """Reads back what a stage wrote to one topic. One consumer, made when first needed."""

    def __init__(self, settings: Settings, topic: str, on_record: Callable[[int], None]) -> None:
        self._settings, self._topic, self._on_record = settings, topic, on_record
        self._consumer: KafkaConsumer | None = None

    async def __call__(self, state: Restorable, partition: int) -> None:
        """Give the state every message of the partition, beside the event loop.

        Raises BrokerUnreachable when messages stop before the end.
        """
        began = time.monotonic()
        count = await asyncio.to_thread(self._read, state, partition)
        LOGGER.info(
            "%s: partition %d restored from %d messages in %.1f s",
            state.name,
            partition,
            count,
            time.monotonic() - began,
        )

    def _read(self, state: Restorable, partition: int) -> int:
        if self._consumer is None:
            self._consumer = consumer(self._settings, f"restore-{state.name}")
        count = 0
        for record in read_to_end(self._consumer, TopicPartition(self._topic, partition)):
            count += 1
            try:
                state.restore(record.value)
            except Unreadable as error:
                LOGGER.warning(
                    "passed over %s[%d]@%d: %s", record.topic, record.partition, record.offset, error
                )
            self._on_record(partition)
        return count


def read_to_end(reader: KafkaConsumer, partition: TopicPartition) -> Iterator[Any]:
    """Yield every message of the partition, from the earliest to what is the end now. Raises as read_between."""
    start = reader.beginning_offsets([partition])[partition]
    return read_between(reader, partition, start, reader.end_offsets([partition])[partition])


def read_between(reader: KafkaConsumer, partition: TopicPartition, start: int, end: int) -> Iterator[Any]:
    """Yield the messages of the partition from one offset to before another.

    Raises BrokerUnreachable when no message comes for SILENCE seconds short of the end.
    """
    if start >= end:
        return
    reader.assign([partition])
    reader.seek(partition, start)
    heard = time.monotonic()
    while reader.position(partition) < end:
        if records := reader.poll(timeout_ms=POLL_MS).get(partition):
            yield from records
            heard = time.monotonic()
        elif time.monotonic() - heard > SILENCE:
            where = f"{partition.topic}[{partition.partition}]"
            raise BrokerUnreachable(f"{where} fell silent at {reader.position(partition)} of {end}")
