"""The ledger: deliveries written to their topic, each acknowledged before anything rests on it."""

from __future__ import annotations

import asyncio
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

STAGE = "deliver"
WRITERS = 8  # each waits for the broker; a batch of the producer holds what they write at once


class Ledger:
    """Writes, beside the event loop, and comes back when the broker has it on every replica in step."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(WRITERS, thread_name_prefix="ledger")
        self._opening = threading.Lock()
        self._producer: KafkaProducer | None = None

    async def write(self, deliveries: Sequence[Delivery], letters: Sequence[DeadLetter] = ()) -> None:
        """Write deliveries, and dead letters before them. Raises BrokerUnreachable."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._write, deliveries, letters)

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
            raise BrokerUnreachable(
                f"{topic}: the broker did not acknowledge: {type(error).__name__}"
            ) from error

    def _opened(self) -> KafkaProducer:
        with self._opening:
            if self._producer is None:
                self._producer = producer(self._settings, STAGE)
            return self._producer

    def close(self) -> None:
        """Close the producer."""
        if self._producer:
            self._producer.close(timeout=1)
        self._threads.shutdown(wait=False)
