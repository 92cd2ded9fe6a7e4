"""The ledger: deliveries written to their topic, each acknowledged before anything rests on it."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kafka.errors import KafkaError

from schemas import encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import DEADLETTERS, DELIVERIES
from streams.broker import BrokerUnreachable, producer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kafka import KafkaProducer

    from schemas import DeadLetter, Delivery
    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)

STAGE = "deliver"
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between two tries of a broker that does not answer
WRITERS = 8  # each waits for the broker; a batch of the producer holds what they write at once


class Ledger:
    """Writes, beside the event loop, and comes back when the broker has it on every replica in step."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(WRITERS, thread_name_prefix="ledger")
        self._opening = threading.Lock()
        self._producer: KafkaProducer | None = None
        self.silent: str | None = None

    async def write(self, deliveries: Sequence[Delivery], letters: Sequence[DeadLetter] = ()) -> None:
        """Write deliveries, and dead letters before them; come back when they are written.

        A broker that does not answer is waited for: to end would be to forget what a receiver has answered.
        """
        pause = FIRST_PAUSE
        while True:
            try:
                await asyncio.get_running_loop().run_in_executor(
                    self._threads, self._write, deliveries, letters
                )
            except BrokerUnreachable as error:
                self.silent = str(error)
                LOGGER.warning("waiting for the broker: %s", error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self.silent = None
                return

    def _write(self, deliveries: Sequence[Delivery], letters: Sequence[DeadLetter]) -> None:
        self._send(
            DEADLETTERS.name, [(letter.key, letter.value, letter.wire_headers()) for letter in letters]
        )
        now = datetime.now(UTC)
        self._send(
            DELIVERIES.name,
            [(one.id.encode(), encode(one), cloudevents(one, source=STAGE, time=now)) for one in deliveries],
        )

    def _send(
        self, topic: str, messages: Sequence[tuple[bytes | None, bytes | None, Mapping[str, bytes]]]
    ) -> None:
        if not messages:
            return
        sender = self._opened()
        try:
            sent = [
                sender.send(topic, value, key=key, headers=list(headers.items()))
                for key, value, headers in messages
            ]
            for future in sent:
                future.get(timeout=self._settings.delivery_timeout)
        except KafkaError as error:
            self._leave(sender)
            raise BrokerUnreachable(
                f"{topic}: the broker did not acknowledge: {type(error).__name__}"
            ) from error

    def _opened(self) -> KafkaProducer:
        with self._opening:
            if self._producer is None:
                self._producer = producer(self._settings, STAGE)
            return self._producer

    def _leave(self, lost: KafkaProducer) -> None:
        """Leave a producer whose broker was lost: it may never send again, and its own close waits for ever."""
        with self._opening:
            lost._closed = True  # noqa: SLF001 - else it waits, and complains, when collected
            if self._producer is lost:
                self._producer = None

    def close(self) -> None:
        """Close the producer."""
        if self._producer:
            self._producer.close(timeout=1)
        self._threads.shutdown(wait=False)
