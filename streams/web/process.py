"""The process of `tocsin web`: checks what it needs, serves the page, reads the topics until told to stop."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector

from streams import topics
from streams.alerting import Rules, load_rules
from streams.broker import admin
from streams.port import free_port
from streams.sources import Registry
from streams.tension import load_watched
from streams.web.api import Api
from streams.web.application import Site
from streams.web.guard import Guard
from streams.web.hub import Hub
from streams.web.lookup import LookUp
from streams.web.memory import share_one_arena
from streams.web.pairs import Pairs
from streams.web.picture import Bounds, Picture
from streams.web.reading import Reading
from streams.web.rule_lab import RuleLab
from streams.web.saying import Saying
from streams.web.stream import Streams
from streams.web.tension_days import TensionDays
from streams.web_metrics import WebMetrics

if TYPE_CHECKING:
    from streams.settings import Settings

SECRETS = {"sasl_password", "web_token"}

LOGGER = logging.getLogger(__name__)
NOISY = ("kafka", "aiohttp.access", "asyncio")
ENDS_WITHIN = 5.0  # seconds for answers that are under way


class Known(NamedTuple):
    """What files say: rules, watched dyads, sources."""

    rules: Rules
    pairs: Pairs
    sources: Registry


def run_web(settings: Settings) -> None:
    """Serve the live page until SIGTERM or SIGINT.

    Raises TocsinError when it cannot start, or cannot go on: sources, watch list, rules, token, broker, topics, port.
    """
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    share_one_arena()
    guard = Guard.of(settings)
    known = Known(
        load_rules(settings.rules),
        Pairs(load_watched(settings.dyads)),
        Registry.load(settings.sources, settings.sources_learnt),
    )
    client = admin(settings)
    topics.require(client, settings)
    client.close()
    port = free_port(settings.web_host, settings.web_page_port)
    asyncio.run(_serve(settings, guard, known, port))


async def _serve(settings: Settings, guard: Guard, known: Known, port: int) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    metrics = WebMetrics(registry)
    hub = Hub(secrets.token_hex(4), metrics.resets.inc)
    bounds = Bounds(settings.web_stories, settings.web_events, settings.web_stale_after)
    picture = Picture(known.sources, hub, bounds)
    reading, look_up = Reading(settings, picture, metrics), LookUp(settings)
    beside = environment(settings)
    api = Api(
        picture,
        known.pairs,
        known.rules,
        guard,
        look_up,
        TensionDays(beside),
        RuleLab(beside),
        Saying(settings, picture),
        status=reading.status,
    )
    site = Site(
        api, Streams(hub, known.pairs, metrics, reading.status), guard, metrics, registry, reading.not_ready
    )
    runner = web.AppRunner(site.application(), access_log=None, shutdown_timeout=ENDS_WITHIN)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.web_host, port).start()
        LOGGER.info("live page of %s at http://%s:%d/", settings.bootstrap, settings.web_host, port)
        await reading.run(stop)
    finally:
        await runner.cleanup()
        await look_up.close()


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment that gives a command beside the page its settings; what is secret it inherits."""
    said = settings.model_dump(mode="json", exclude_none=True, exclude=SECRETS)
    return {f"TOCSIN_{name.upper()}": str(value) for name, value in said.items()}
