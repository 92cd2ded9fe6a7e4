"""Topics read beside the event loop: each reader has a consumer and a thread of its own."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from kafka import TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from streams.broker import BrokerUnreachable, consumer
from streams.restore import SILENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from kafka import KafkaConsumer

    from schemas.topics import Topic
    from streams.settings import Settings

T = TypeVar("T")

POLL_MS = 500
ANSWERS_MS = 3_000
MOST = 200  # messages at once
LOOK_MS = 10  # for what has come since; asked for longer, an embedded broker answers over and over that it has nothing
REST = 0.1  # seconds between two looks that bring nothing


class Reader:
    """Reads every partition of some topics; with a group, from where the group has come.

    It takes all partitions itself: one process reads, and a second one would read the same. `fetched`: bytes of a
    partition that it holds in memory, where that matters more than speed.
    """

    def __init__(
        self,
        settings: Settings,
        client: str,
        topics: Sequence[Topic],
        *,
        group: str | None = None,
        fetched: int | None = None,
    ) -> None:
        self._settings, self._client, self._group, self._fetched = settings, client, group, fetched
        self._topics = [topic.name for topic in topics]
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=client)
        self._consumer: KafkaConsumer | None = None

    async def _beside(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def catch_up(self) -> AsyncIterator[list[Any]]:
        """Yield all that is there now, some at a time. Raises BrokerUnreachable when they stop before the end."""
        ends = await self._beside(lambda: self._opened.end_offsets(list(self._opened.assignment())))
        heard = time.monotonic()
        while await self._beside(lambda: self._is_short_of(ends)):
            if records := await self._beside(self._poll):
                yield records
                heard = time.monotonic()
            elif time.monotonic() - heard > SILENCE:
                raise BrokerUnreachable(f"{', '.join(self._topics)}: the broker fell silent before the end")

    async def poll(self) -> list[Any]:
        """Return what has come since, after a moment where nothing has."""
        records = await self._beside(lambda: self._poll(LOOK_MS))
        if not records:
            await asyncio.sleep(REST)
        return records

    async def answers(self) -> bool:
        """Tell whether the brokers answer: a poll that brings nothing does not say."""
        return await self._beside(self._answers)

    async def at(self, place: TopicPartition, offset: int) -> Any | None:
        """Return the message at a place; None where it is kept no more."""
        return await self._beside(lambda: self._at(place, offset))

    async def seek_to_latest(self, count: int) -> None:
        """Go on from the last so many messages of each partition."""
        await self._beside(lambda: self._seek_to_latest(count))

    async def commit(self, records: Sequence[Any]) -> None:
        """Tell the broker that these, and all before them, are dealt with."""
        done: dict[TopicPartition, int] = {}
        for record in records:
            at = TopicPartition(record.topic, record.partition)
            done[at] = max(done.get(at, 0), record.offset + 1)
        committed = {at: OffsetAndMetadata(offset, "", -1) for at, offset in done.items()}
        await self._beside(lambda: self._opened.commit(committed))

    async def close(self) -> None:
        """Close the consumer."""
        if self._consumer:
            await self._beside(lambda: self._opened.close(autocommit=False, timeout_ms=1_000))
        self._thread.shutdown(wait=False)

    @property
    def _opened(self) -> KafkaConsumer:
        if self._consumer is None:
            self._consumer = consumer(self._settings, self._client, group=self._group, fetched=self._fetched)
            self._consumer.assign(
                [
                    TopicPartition(topic, number)
                    for topic in self._topics
                    for number in sorted(self._consumer.partitions_for_topic(topic) or ())
                ]
            )
            if self._group is None:
                self._consumer.seek_to_beginning()
        return self._consumer

    def _poll(self, timeout_ms: int = POLL_MS) -> list[Any]:
        polled = self._opened.poll(timeout_ms=timeout_ms, max_records=MOST)
        return [record for records in polled.values() for record in records]

    def _answers(self) -> bool:
        try:
            self._opened.end_offsets(list(self._opened.assignment())[:1], timeout_ms=ANSWERS_MS)
        except KafkaError:
            return False
        return True

    def _is_short_of(self, ends: dict[TopicPartition, int]) -> bool:
        return any(self._opened.position(at) < end for at, end in ends.items())

    def _seek_to_latest(self, count: int) -> None:
        ends = self._opened.end_offsets(list(self._opened.assignment()))
        starts = self._opened.beginning_offsets(list(ends))
        for at, end in ends.items():
            self._opened.seek(at, max(starts[at], end - count))

    def _at(self, place: TopicPartition, offset: int) -> Any | None:
        reader = self._opened
        for other in reader.assignment():
            (reader.resume if other == place else reader.pause)(other)
        start, end = reader.beginning_offsets([place])[place], reader.end_offsets([place])[place]
        if not start <= offset < end:
            return None
        reader.seek(place, offset)
        heard = time.monotonic()
        while time.monotonic() - heard < SILENCE:
            for record in reader.poll(timeout_ms=POLL_MS, max_records=1).get(place, ()):
                return record if record.offset == offset else None
        raise BrokerUnreachable(f"{place.topic}[{place.partition}] fell silent at {offset}")
