"""The tension of days gone by: computed beside the page, by the code of a worker, and held for a while."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import date
from typing import TYPE_CHECKING

import orjson

from schemas.dyad import Tension
from streams.web.dyad_page import DAYS, point_of
from streams.web.errand import ErrandFailed, run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.web.world_answers import TensionPoint

LOGGER = logging.getLogger(__name__)

GOOD_FOR = 600.0  # seconds; today's value comes live, only late reports change days gone by
AGAIN_AFTER = 60.0  # seconds after a computation that failed
WITHIN = 120.0  # seconds; 100,000 contributions take about a minute


class TensionDays:
    """Every watched dyad, day by day. One computation at a time; while it runs, what was computed before is shown."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._days: dict[str, list[TensionPoint]] = {}
        self._due = 0.0
        self._computing: asyncio.Task[None] | None = None

    async def of(self, dyad: str) -> list[TensionPoint]:
        """Return the days of a dyad, the earliest first; nothing where they could not be computed."""
        self.refresh()
        if not self._days and self._computing:
            await asyncio.shield(self._computing)
        return self._days.get(dyad, [])

    def refresh(self) -> None:
        """Have the days computed if they are not, or not lately; somebody will look at them soon."""
        is_free = self._computing is None or self._computing.done()
        if is_free and time.monotonic() >= self._due:
            self._computing = asyncio.create_task(self._compute())

    async def _compute(self) -> None:
        words = ["explain", "history", "--json", "--days", str(DAYS.days)]
        try:
            said = await run(words, self._environment, within=WITHIN)
        except ErrandFailed as error:
            LOGGER.warning("the tension of days gone by: %s", error)
            self._due = time.monotonic() + AGAIN_AFTER
            return
        self._days = _days(said)
        self._due = time.monotonic() + GOOD_FOR


def _days(said: bytes) -> dict[str, list[TensionPoint]]:
    days: dict[str, list[TensionPoint]] = {}
    for line in said.splitlines():
        told = orjson.loads(line)
        tension = Tension.model_validate(told["tension"])
        days.setdefault(told["dyad"], []).append(point_of(date.fromisoformat(told["as_of"]), tension))
    return days
