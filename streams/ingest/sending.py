"""Records → the brokers, beside the event loop: each is handed over in a thread, and its outcome awaited."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kafka.errors import (
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
)

from streams.broker import producer
from streams.errors import TocsinError

if TYPE_CHECKING:
    from kafka import KafkaProducer

    from streams.outbox import Record
    from streams.settings import Settings

# The producer must never give up by itself: it would then not know whether the message was written, and the next
# attempt, under a new producer id, could write it twice.
NEVER: Final = 30 * 86_400.0
LINGERS: Final = 0.005  # seconds: a sender of one article waits for its answer
CLOSING: Final = 5.0  # seconds for the producer's thread to end
_REFUSALS = (MessageSizeTooLargeError, RecordListTooLargeError, InvalidTopicError)


class Refused(TocsinError):
    """The brokers will not take this message, now or later."""


class Uncertain(TocsinError):
    """The producer gave up; whether the message was written is not known."""


class Sending:
    """One producer. Made and closed in a thread, since both wait for brokers."""

    def __init__(self, settings: Settings, client: str) -> None:
        """Connect. Raises BrokerUnreachable."""
        self._producer: KafkaProducer = producer(settings, client, tries_for=NEVER, lingers=LINGERS)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sending")
        self._queue: list[tuple[Record, asyncio.Future[None]]] = []
        self._told: deque[tuple[asyncio.Future[None], KafkaError | None]] = deque()
        self._is_woken = False
        self._feeding: asyncio.Task[None] | None = None

    def send(self, record: Record) -> asyncio.Future[None]:
        """Send a record; the future is done when the brokers have it on every replica in step.

        It fails with Refused or Uncertain.
        """
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[None] = loop.create_future()
        self._queue.append((record, outcome))
        if self._feeding is None:
            self._feeding = loop.create_task(self._feed(loop))
        return outcome

    async def _feed(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand over what has come in meanwhile, all at once: a turn of the thread for each would cost more."""
        while self._queue:
            batch, self._queue = self._queue, []
            await loop.run_in_executor(self._thread, self._hand_over, batch, loop)
        self._feeding = None

    def _hand_over(
        self, batch: list[tuple[Record, asyncio.Future[None]]], loop: asyncio.AbstractEventLoop
    ) -> None:
        for record, outcome in batch:
            try:
                sent = self._producer.send(
                    record.topic,
                    record.value,
                    key=record.key,
                    headers=list(record.headers.items()),
                    partition=record.partition,
                )
            except (KafkaError, ValueError, AssertionError) as error:
                self._hear(outcome, loop, error)
            else:
                sent.add_callback(partial(self._hear_done, outcome, loop))
                sent.add_errback(partial(self._hear, outcome, loop))

    def _hear_done(self, outcome: asyncio.Future[None], loop: asyncio.AbstractEventLoop, _: Any) -> None:
        self._hear(outcome, loop, None)

    def _hear(
        self, outcome: asyncio.Future[None], loop: asyncio.AbstractEventLoop, error: Exception | None
    ) -> None:
        """Take the brokers' word, in the producer's thread; the loop is woken once for many."""
        self._told.append((outcome, error))
        if not self._is_woken:
            self._is_woken = True
            with contextlib.suppress(RuntimeError):  # the loop is closed, nobody waits any more
                loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._is_woken = False
        while self._told:
            outcome, error = self._told.popleft()
            if outcome.done():
                continue
            if error is None:
                outcome.set_result(None)
            elif isinstance(error, _REFUSALS):
                outcome.set_exception(Refused(f"the brokers refuse it: {error}"))
            else:
                outcome.set_exception(Uncertain(f"the producer gave up: {type(error).__name__} {error}"))

    def close(self) -> None:
        """End the producer, whatever it still holds: it must not send anything later."""
        sender = self._producer._sender  # noqa: SLF001 - its own close waits for brokers that are gone
        sender.force_close()
        sender.join(CLOSING)
        self._producer._closed = True  # noqa: SLF001 - else it waits again when it is collected
        self._thread.shutdown(wait=False)
