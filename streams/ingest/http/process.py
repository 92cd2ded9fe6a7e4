"""The process of `tocsin ingest http`: serves until told to stop, then finishes what is under way."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Final

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector

from streams.ingest.http.application import ARTICLES, Service
from streams.ingest.http.room import Room
from streams.ingest.http.token import read_token
from streams.ingest.outlet import Outlet
from streams.ingest_metrics import IngestMetrics
from streams.port import free_port

if TYPE_CHECKING:
    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)
NOISY: Final = ("kafka", "aiohttp.access", "asyncio")
AGENT: Final = "http"
ENDS_WITHIN: Final = 20.0  # seconds for requests that are under way; less than a container is given to end


def run_http(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises TocsinError when it cannot start: token, topic, spool, port."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    token = read_token(settings)
    port = free_port(settings.web_host, settings.ingest_http_port)
    asyncio.run(_serve(settings, token, port))


async def _serve(settings: Settings, token: str | None, port: int) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    metrics = IngestMetrics(registry)
    async with Outlet(settings, agent=AGENT, metrics=metrics) as outlet:
        room = Room(settings.ingest_room)
        service = Service(outlet, metrics, registry, token=token, room=room)
        runner = web.AppRunner(
            service.application(),
            access_log=None,
            shutdown_timeout=ENDS_WITHIN,
            auto_decompress=False,  # it knows no limit
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.web_host, port).start()
            LOGGER.info(
                "articles for %s at http://%s:%d%s", settings.bootstrap, settings.web_host, port, ARTICLES
            )
            await stop.wait()
        finally:
            await runner.cleanup()
