"""Topics → the picture: what was told before is read first, then what comes is told."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from schemas.topics import ALERTS, DYADS, EVENTS, FEEDBACK, MATCHES, SILENCES, STORIES
from streams.delivery.reading import Reader
from streams.web.memory import give_back
from streams.web.picture import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.settings import Settings
    from streams.web.picture import Picture
    from streams.web_metrics import WebMetrics

LOGGER = logging.getLogger(__name__)

STATUS_EVERY = 5.0  # seconds
ASKED_EVERY = 5.0  # seconds between two questions whether the brokers are there
SILENT_AFTER = 15.0  # seconds without an answer after which the page says that they failed
AT_ONCE = 25  # messages taken before others have their turn: some milliseconds
FETCHED = (
    250_000  # bytes of a partition, deflated, that wait in memory; one larger message comes nevertheless
)


class Reading:
    """Keeps a picture up to date."""

    def __init__(self, settings: Settings, picture: Picture, metrics: WebMetrics) -> None:
        self._picture, self._metrics, self._settings = picture, metrics, settings
        told = [STORIES, ALERTS, DYADS, SILENCES, FEEDBACK]
        self._told = Reader(settings, "web", told, fetched=FETCHED)
        self._heard = Reader(settings, "web-heard", [EVENTS, MATCHES], fetched=FETCHED)
        self._answered_at = time.monotonic()

    async def run(self, stop: asyncio.Event) -> None:
        """Read until told to stop. Raises BrokerUnreachable."""
        loops = [asyncio.create_task(loop) for loop in (self._read(), self._ask(), self._tell_status())]
        told = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({*loops, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*loops, told):
                task.cancel()
            ended = await asyncio.gather(*loops, told, return_exceptions=True)
            for reader in (self._told, self._heard):
                await reader.close()
        for error in ended:
            if isinstance(error, Exception):
                raise error

    def is_silent(self) -> bool:
        """Tell whether the brokers have not answered for a while."""
        return time.monotonic() - self._answered_at > SILENT_AFTER

    def status(self) -> bytes:
        """Return the strip as it is now, as JSON."""
        status = self._picture.status(datetime.now(UTC), failed=self.is_silent())
        return status.model_dump_json(exclude_none=True).encode()

    def not_ready(self) -> list[str]:
        """Return why the page does not show everything yet."""
        if not self._picture.live:
            return ["what was told before is being read"]
        return ["the brokers do not answer"] if self.is_silent() else []

    async def _read(self) -> None:
        began = time.monotonic()
        await self._heard.seek_to_latest(self._settings.web_events // self._settings.partitions + 1)
        for reader in (self._told, self._heard):
            async for records in reader.catch_up():
                await self._take(records)
        self._picture.begin()
        give_back()
        self._metrics.stories.set(len(self._picture.history))
        LOGGER.info("%d stories in %.1f s", len(self._picture.history), time.monotonic() - began)
        await asyncio.gather(self._follow(self._told), self._follow(self._heard))

    async def _follow(self, reader: Reader) -> None:
        while True:
            await self._take(await reader.poll())
            self._metrics.stories.set(len(self._picture.history))

    async def _take(self, records: Sequence[Any]) -> None:
        for number, record in enumerate(records):
            key = (record.key or b"").decode(errors="replace")
            self._picture.take(
                Message(record.topic, record.partition, record.offset, record.timestamp, key, record.value)
            )
            if number % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)

    async def _ask(self) -> None:
        """Ask whether the brokers are there, once what was there is read: until then it is seen."""
        while True:
            if not self._picture.live or await self._told.answers():
                self._answered_at = time.monotonic()
            await asyncio.sleep(ASKED_EVERY)

    async def _tell_status(self) -> None:
        while True:
            self._picture.hub.tell("status", self.status())
            await asyncio.sleep(STATUS_EVERY)
