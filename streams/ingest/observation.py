"""What an agent serves beside its work: its metrics, whether it is well, whether it takes work."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import orjson
from aiohttp import web
from prometheus_client.exposition import choose_encoder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from prometheus_client import CollectorRegistry


@asynccontextmanager
async def observed(
    host: str, port: int, registry: CollectorRegistry, *, not_ready: Callable[[], list[str]]
) -> AsyncIterator[None]:
    """Serve /metrics, /healthz and /readyz meanwhile. `not_ready` returns the reasons, nothing when all is well.

    An agent is well as long as it answers: its loop turns.
    """

    async def metrics(request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(registry), headers={"Content-Type": content_type})

    async def health(_request: web.Request) -> web.Response:
        return _verdict([])

    async def readiness(_request: web.Request) -> web.Response:
        return _verdict(not_ready())

    application = web.Application()
    application.add_routes(
        [web.get("/metrics", metrics), web.get("/healthz", health), web.get("/readyz", readiness)]
    )
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


def _verdict(reasons: list[str]) -> web.Response:
    body = orjson.dumps({"ok": not reasons, "reasons": reasons})
    return web.Response(body=body, status=503 if reasons else 200, content_type="application/json")
