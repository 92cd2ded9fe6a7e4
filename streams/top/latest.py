"""The latest alerts, kept up with their topic while it can be read."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from kafka.errors import KafkaError

from schemas import Alert, Unreadable, decode
from schemas.alert import WATCHDOG
from schemas.topics import ALERTS
from streams.broker import BrokerUnreachable
from streams.delivery.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from streams.settings import Settings

KEPT = 40  # alerts, more than any terminal has lines for
AGAIN_AFTER = 5.0  # seconds until a broker that did not answer is asked again


class Latest:
    """The latest alerts. `trouble` says why there may be newer ones; None while the topic can be read."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._alerts: deque[Alert] = deque(maxlen=KEPT)
        self.trouble: str | None = None

    @property
    def alerts(self) -> list[Alert]:
        """Return them, in the order that they came."""
        return list(self._alerts)

    async def catch_up(self) -> None:
        """Read what is there now; note the trouble where that fails."""
        reader = Reader(self._settings, "top", [ALERTS])
        try:
            await self._begin(reader)
        except (BrokerUnreachable, KafkaError) as error:
            self.trouble = str(error)
        finally:
            await reader.close()

    async def follow(self) -> None:
        """Read what is there and what comes, until cancelled."""
        while True:
            reader = Reader(self._settings, "top", [ALERTS])
            try:
                await self._begin(reader)
                self.trouble = None
                while True:
                    self._take(await reader.poll())
            except (BrokerUnreachable, KafkaError) as error:
                self.trouble = str(error)
                await asyncio.sleep(AGAIN_AFTER)
            finally:
                await reader.close()

    async def _begin(self, reader: Reader) -> None:
        await reader.seek_to_latest(KEPT)
        async for records in reader.catch_up():
            self._take(records)

    def _take(self, records: Iterable[Any]) -> None:
        for record in records:
            try:
                alert = decode(Alert, record.value)
            except Unreadable:
                continue  # `tocsin alerts` names it
            is_known = any(alert.id == known.id for known in self._alerts)  # a repeat comes soon after
            if not is_known and WATCHDOG not in alert.labels:
                self._alerts.append(alert)
