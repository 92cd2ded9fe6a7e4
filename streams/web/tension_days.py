"""The tension of days gone by: computed beside the page, by the code of a worker, and held for a while."""

from __future__ import annotations

import asyncio
import time
from datetime import date
from typing import TYPE_CHECKING

import orjson

from schemas.dyad import Tension
from streams.web.dyad_page import DAYS, point_of
from streams.web.errand import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.web.world_answers import TensionPoint

GOOD_FOR = 600.0  # seconds; today's value comes live, only late reports change days gone by
WITHIN = 120.0  # seconds; 100,000 contributions take about a minute


class TensionDays:
    """Every watched dyad, day by day. One computation at a time, however many ask."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._days: dict[str, list[TensionPoint]] = {}
        self._computed_at: float | None = None
        self._computing = asyncio.Lock()

    async def of(self, dyad: str) -> list[TensionPoint]:
        """Return the days of a dyad, the earliest first. Raises ErrandFailed."""
        async with self._computing:
            if self._computed_at is None or time.monotonic() - self._computed_at > GOOD_FOR:
                self._days = await self._computed()
                self._computed_at = time.monotonic()
        return self._days.get(dyad, [])

    async def _computed(self) -> dict[str, list[TensionPoint]]:
        words = ["explain", "history", "--json", "--days", str(DAYS.days)]
        days: dict[str, list[TensionPoint]] = {}
        for line in (await run(words, self._environment, within=WITHIN)).splitlines():
            told = orjson.loads(line)
            tension = Tension.model_validate(told["tension"])
            days.setdefault(told["dyad"], []).append(point_of(date.fromisoformat(told["as_of"]), tension))
        return days
