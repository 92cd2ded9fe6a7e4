"""The process of `tocsin deliver`: checks what it needs, serves its pages, runs until told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry

from streams import topics
from streams.broker import admin
from streams.delivery.deliverer import Deliverer
from streams.delivery.pages import Pages
from streams.delivery.policy import load_receivers
from streams.errors import TocsinError
from streams.metrics import Metrics
from streams.port import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)
NOISY = ("kafka", "aiohttp.access", "asyncio")
LOOKUPS = 32  # names looked up at once: one that hangs must not hold up the others


class NoReceivers(TocsinError):
    """Nobody was named to be told."""


def receivers_file(settings: Settings) -> Path:
    """Return the file of receivers. Raises NoReceivers."""
    if settings.receivers is None:
        raise NoReceivers("who is to be told? Name a file with TOCSIN_RECEIVERS or --receivers")
    return settings.receivers


def run_delivery(settings: Settings) -> None:
    """Deliver until SIGTERM or SIGINT.

    Raises TocsinError when it cannot start, or cannot go on: receivers, secrets, broker, topics, port.
    """
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    plan = load_receivers(receivers_file(settings))
    client = admin(settings)
    topics.require(client, settings)
    client.close()
    metrics = Metrics(CollectorRegistry())
    deliverer = Deliverer(settings, plan, metrics)
    port = free_port(settings.web_host, settings.deliver_port)
    asyncio.run(_serve(settings, deliverer, metrics, port))


async def _serve(settings: Settings, deliverer: Deliverer, metrics: Metrics, port: int) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup"))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    pages = Pages(
        deliverer.recent,
        metrics,
        sender=settings.feed_sender,
        sick=deliverer.sick,
        not_ready=deliverer.not_ready,
    )
    runner = web.AppRunner(pages.application(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.web_host, port).start()
        LOGGER.info(
            "delivering from %s; http://%s:%d/alerts.atom /alerts.cap.atom /metrics /healthz /readyz",
            settings.bootstrap,
            settings.web_host,
            port,
        )
        await deliverer.run(stop)
    finally:
        await runner.cleanup()
