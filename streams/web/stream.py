"""The stream of a browser: server-sent events of what its filters let through."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from aiohttp import web

from streams.web.filters import read_filter
from streams.web.guard import Refused
from streams.web.hub import RESET

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.web.hub import Hub, Listener, Word
    from streams.web.pairs import Pairs
    from streams.web_metrics import WebMetrics

HEARTBEAT = 15.0  # seconds without a word after which a comment shows that the line is open
GIVES_UP = 60.0  # seconds for a browser to take what was sent
MOST = 1_000  # open streams
HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
ALIVE = b":\n\n"
BEGIN = b"retry: 2000\n\n"  # milliseconds until a browser that lost the line tries again


class Streams:
    """Answers requests for the stream, each until its browser leaves. `status`: the strip as JSON, told first."""

    def __init__(self, hub: Hub, pairs: Pairs, metrics: WebMetrics, status: Callable[[], bytes]) -> None:
        self._hub, self._pairs, self._metrics, self._status = hub, pairs, metrics, status
        self._open: set[asyncio.Task[None]] = set()
        self._is_ending = False

    async def open(self, request: web.Request) -> web.StreamResponse:
        """Tell a browser what comes, from the event on that its Last-Event-ID names. Raises BadParameter, Refused."""
        wanted = read_filter(request.query, self._pairs)
        if len(self._hub) >= MOST:
            raise Refused(503, "too_many_streams", f"{MOST} streams are open", {"Retry-After": "30"})
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        await response.write(BEGIN + b"event: status\ndata: %s\n\n" % self._status())
        listener = self._hub.listen(wanted, request.headers.get("Last-Event-ID"))
        telling = asyncio.create_task(self._tell(response, listener))
        self._open.add(telling)
        try:
            with self._metrics.clients.track_inprogress():
                await telling
        except (ConnectionError, TimeoutError):
            pass  # the browser left, or no longer reads
        except asyncio.CancelledError:
            telling.cancel()
            if not self._is_ending:
                raise
        finally:
            self._open.discard(telling)
            self._hub.leave(listener)
        return response

    async def end(self, _application: web.Application) -> None:
        """End every stream: the process is told to stop."""
        self._is_ending = True
        for telling in list(self._open):
            telling.cancel()

    async def _tell(self, response: web.StreamResponse, listener: Listener) -> None:
        while True:
            words: list[Word | None] = []
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    words = await listener.next()
            async with asyncio.timeout(GIVES_UP):
                await response.write(b"".join(map(_frame, words)) or ALIVE)
            self._observe(words)

    def _observe(self, words: list[Word | None]) -> None:
        now = time.time() * 1000
        for word in words:
            if word is not None and word.told_ms:
                self._metrics.to_stream.observe(max(0.0, now - word.told_ms) / 1000)


def _frame(word: Word | None) -> bytes:
    return RESET if word is None else word.frame
