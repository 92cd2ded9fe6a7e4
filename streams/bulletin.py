"""What every worker knows of the watched dyads: the topic of dyads has one partition of them, rules run on all."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from kafka import TopicPartition
from kafka.errors import KafkaError

from schemas import Dyad, Unreadable, decode
from schemas.topics import DYADS
from streams.alerting.variables import Tension
from streams.broker import BrokerUnreachable, consumer

if TYPE_CHECKING:
    from kafka import KafkaConsumer

    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)

POLL_MS = 200


class Bulletin:
    """The latest state of each watched dyad, read on from where it was. `dyads` is changed in place."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reader: KafkaConsumer | None = None
        self.dyads: dict[str, Tension] = {}

    async def read(self) -> None:
        """Read what is new, beside the event loop. What cannot be read now is read the next time."""
        try:
            self.dyads.update(await asyncio.to_thread(self._news))
        except (KafkaError, BrokerUnreachable) as error:
            LOGGER.warning("%s: the tension of dyads is as it was: %s", DYADS.name, error)

    def _news(self) -> dict[str, Tension]:
        news: dict[str, Tension] = {}
        if self._reader is None:
            self._reader = consumer(self._settings, "bulletin")
            self._reader.assign([TopicPartition(DYADS.name, 0)])
            self._reader.seek_to_beginning()
        while batches := self._reader.poll(timeout_ms=POLL_MS):
            for record in (record for batch in batches.values() for record in batch):
                try:
                    dyad = decode(Dyad, record.value)
                except Unreadable as error:
                    LOGGER.warning("passed over %s@%d: %s", record.topic, record.offset, error)
                    continue
                news[dyad.id] = Tension(dyad.tension.value, dyad.tension.z)
        return news
