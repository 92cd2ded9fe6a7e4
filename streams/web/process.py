"""The process of `tocsin web`: checks what it needs, serves the page, reads the topics until told to stop."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector

from streams import topics
from streams.broker import admin
from streams.port import free_port
from streams.sources import Registry
from streams.tension import load_watched
from streams.web.application import Site
from streams.web.guard import Guard
from streams.web.hub import Hub
from streams.web.pairs import Pairs
from streams.web.picture import Bounds, Picture
from streams.web.reading import Reading
from streams.web_metrics import WebMetrics

if TYPE_CHECKING:
    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)
NOISY = ("kafka", "aiohttp.access", "asyncio")
ENDS_WITHIN = 5.0  # seconds for answers that are under way


def run_web(settings: Settings) -> None:
    """Serve the live page until SIGTERM or SIGINT.

    Raises TocsinError when it cannot start, or cannot go on: sources, watch list, token, broker, topics, port.
    """
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    guard = Guard.of(settings)
    pairs = Pairs(load_watched(settings.dyads))
    registry = Registry.load(settings.sources)
    client = admin(settings)
    topics.require(client, settings)
    client.close()
    port = free_port(settings.web_host, settings.web_page_port)
    asyncio.run(_serve(settings, guard, pairs, registry, port))


async def _serve(settings: Settings, guard: Guard, pairs: Pairs, sources: Registry, port: int) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    metrics = WebMetrics(registry)
    hub = Hub(secrets.token_hex(4), metrics.resets.inc)
    picture = Picture(
        sources, hub, Bounds(settings.web_stories, settings.web_events, settings.web_stale_after)
    )
    reading = Reading(settings, picture, metrics)
    site = Site(
        picture, pairs, guard, metrics, registry, not_ready=reading.not_ready, failed=reading.is_silent
    )
    runner = web.AppRunner(site.application(), access_log=None, shutdown_timeout=ENDS_WITHIN)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.web_host, port).start()
        LOGGER.info("live page of %s at http://%s:%d/", settings.bootstrap, settings.web_host, port)
        await reading.run(stop)
    finally:
        await runner.cleanup()
