"""What the robots.txt of a host allows us, remembered for a day."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

from streams.fetching.results import Failed, Fault, Fetched, Wanted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from streams.fetching.results import Result

PATH = "/robots.txt"
MAX_BYTES = 512 * 1024  # RFC 9309 asks for 500 KiB at least
KEPT = 24 * 3600.0  # seconds; RFC 9309: no longer than a day
KEPT_FAULT = 15 * 60.0
MOST = 5_000  # hosts
LONGEST_DELAY = 30.0  # seconds of Crawl-delay that are kept to

# A host that has none to show, or none that can be read, has nothing to ask for (RFC 9309, 2.3.1.3).
_NONE = {
    Fault.NOT_FOUND,
    Fault.GONE,
    Fault.DENIED,
    Fault.CLIENT_ERROR,
    Fault.REDIRECTS,
    Fault.TOO_LARGE,
    Fault.BOMB,
    Fault.ENCODING,
}


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    rules: Protego | None
    failed: Failed | None = None


class Robots:
    """Asks once a day what each host allows. `agent` is our name as robots.txt would have it."""

    def __init__(
        self, fetch: Callable[[Wanted], Awaitable[Result]], agent: str, clock: Callable[[], float]
    ) -> None:
        self._fetch, self._agent, self._clock = fetch, agent, clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Known]] = {}

    async def forbid(self, origin: str, url: str) -> Failed | None:
        """Return why this address of the host must not be fetched; None where it may.

        A host that cannot be asked for its robots.txt has the fault that asking for it had (RFC 9309, 2.3.1.4).
        """
        known = await self._of(origin)
        if known.failed:
            return known.failed
        if known.rules and not known.rules.can_fetch(url, self._agent):
            return Failed(Fault.ROBOTS, "its robots.txt asks robots to stay away")
        return None

    async def delay(self, origin: str) -> float | None:
        """Return the seconds that the host wants between two requests, if it says so."""
        rules = (await self._of(origin)).rules
        said = rules.crawl_delay(self._agent) if rules else None
        return min(float(said), LONGEST_DELAY) if said else None

    async def _of(self, origin: str) -> _Known:
        known = self._known.get(origin)
        if known and known.until > self._clock():
            return known
        if (task := self._asking.get(origin)) is None:  # many ask for one host at once: one goes
            task = self._asking[origin] = asyncio.create_task(self._ask(origin))
            task.add_done_callback(lambda _: self._asking.pop(origin, None))
        return await asyncio.shield(task)

    async def _ask(self, origin: str) -> _Known:
        result = await self._fetch(Wanted(url=origin + PATH, robots=False, spacing=0.0, max_bytes=MAX_BYTES))
        known = self._read(result)
        self._known[origin] = known
        self._known.move_to_end(origin)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return known

    def _read(self, result: Result) -> _Known:
        now = self._clock()
        match result:
            case Fetched(body=body):
                with contextlib.suppress(Exception):  # whatever is written there, a site cannot stop us by it
                    return _Known(now + KEPT, Protego.parse(body.decode("utf-8", "replace")))
            case Failed(fault=fault) if fault not in _NONE:
                return _Known(now + (result.retry_after or KEPT_FAULT), None, result)
        return _Known(now + KEPT, None)
