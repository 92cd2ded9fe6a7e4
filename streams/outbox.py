"""The outbox: records are sent, each is waited for, and none is lost without being named."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafka.errors import KafkaError, KafkaTimeoutError
from kafka.producer.future import FutureRecordMetadata, RecordMetadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafka import KafkaProducer

# What may wait for the broker's word at once: enough to fill its batches, little enough to hold.
MAX_WAITING = 5_000
MAX_WAITING_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be sent. `where` and `id` name it to a person; without a partition the key decides."""

    where: str
    id: str
    topic: str
    key: bytes | None
    value: bytes | None
    headers: Mapping[str, bytes]
    partition: int | None = None

    @property
    def size(self) -> int:
        """Bytes of the value."""
        return len(self.value or b"")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The broker has it, on every replica that is in step; `at` is the topic, partition and offset."""

    where: str
    id: str
    at: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """The broker never said that it has it. It may: sending again is safe where ids are stable."""

    where: str
    id: str
    why: str


Outcome = Acknowledged | Unacknowledged


@dataclass(slots=True)
class _Waiting:
    record: Record
    until: float
    future: FutureRecordMetadata | None = None


class Outbox:
    """Sends records and tells the outcome of each. Once the broker is lost, nothing more is sent.

    `patience` is in seconds, for the broker's word on one record. kafka-python has a limit of its own, but
    does not keep it: when the broker dies, an idempotent producer waits for a new id before all else, and
    its batches never expire.
    """

    def __init__(self, producer: KafkaProducer, *, patience: float) -> None:
        self._producer = producer
        self._patience = patience
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._lost = False

    def send(self, record: Record) -> Iterator[Outcome]:
        """Send a record; yield the outcomes, of this and earlier ones, that are known by now."""
        if self._lost:
            yield Unacknowledged(record.where, record.id, "not sent, the broker had stopped answering")
            return
        waiting = _Waiting(record, time.monotonic() + self._patience)
        self._waiting.append(waiting)  # before the send: an interruption in between must not hide it
        self._waiting_bytes += record.size
        try:
            waiting.future = self._producer.send(
                record.topic,
                record.value,
                key=record.key,
                headers=list(record.headers.items()),
                partition=record.partition,
            )
        except KafkaError as error:
            self._waiting.pop()
            self._waiting_bytes -= record.size
            yield self._failed(record, error)
        while self._waiting and (self._is_full or self._first_is_known):
            yield self._first()

    def drain(self, *, within: float | None = None) -> Iterator[Outcome]:
        """Wait, so many seconds at most, for the broker's word on everything that was sent."""
        until = time.monotonic() + (self._patience if within is None else within)
        for waiting in self._waiting:
            waiting.until = min(waiting.until, until)
        while self._waiting:
            yield self._first()

    def close(self) -> None:
        """Close the producer. When the broker is lost, leave it: its own close waits for ever."""
        self._producer._closed = self._lost  # noqa: SLF001 - else it waits again, and complains, when collected
        with contextlib.suppress(KafkaError):
            self._producer.close(timeout=self._patience)

    def abandon(self) -> None:
        """Leave at once, without the broker's word on what is under way."""
        self._lost = True
        self.close()

    @property
    def _is_full(self) -> bool:
        return len(self._waiting) >= MAX_WAITING or self._waiting_bytes >= MAX_WAITING_BYTES

    @property
    def _first_is_known(self) -> bool:
        future = self._waiting[0].future
        return future is not None and bool(future.is_done)

    def _first(self) -> Outcome:
        waiting = self._waiting[0]
        word = _word_on(waiting)
        self._waiting.popleft()
        self._waiting_bytes -= waiting.record.size
        record = waiting.record
        if isinstance(word, KafkaError):
            return self._failed(record, word)
        return Acknowledged(record.where, record.id, (record.topic, word.partition, word.offset))

    def _failed(self, record: Record, error: KafkaError) -> Unacknowledged:
        if isinstance(error, KafkaTimeoutError):
            self._lost = True
            return Unacknowledged(record.where, record.id, "the broker stopped answering")
        return Unacknowledged(record.where, record.id, str(error))


def _word_on(waiting: _Waiting) -> RecordMetadata | KafkaError:
    """Wait for the broker's word and return it: where the record lies, or the error."""
    if waiting.future is None:
        return KafkaError("interrupted while it was handed over")
    try:
        return waiting.future.get(timeout=max(0.0, waiting.until - time.monotonic()))
    except KafkaError as error:
        return error
