"""The process of `tocsin ingest feeds`: opens what it needs, polls until told to stop, or once."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector

from streams.feed_metrics import FeedMetrics
from streams.fetching import Fetcher, Guard
from streams.ingest.feeds.agent import FeedAgent
from streams.ingest.feeds.poll import Poller
from streams.ingest.feeds.store import Store
from streams.ingest.observation import observed
from streams.ingest.outlet import Outlet
from streams.ingest_metrics import IngestMetrics
from streams.port import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.ingest.feeds.poll import Polled
    from streams.ingest.feeds.subscription import Subscription
    from streams.settings import Settings

AGENT = "feeds"
LOOKUPS = 64  # names looked up at once: one that hangs must not hold up the others


@dataclass(slots=True)
class Tally:
    """What the polls of a run came to, and the items found."""

    results: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    spooled: int = 0  # articles that wait for the brokers at the end

    def count(self, polled: Polled) -> None:
        """Count a poll."""
        self.results[polled.result] += 1
        self.items.update(polled.items)


def user_agent(contact: str) -> str:
    """Return how we name ourselves to sites."""
    return f"tocsin/{version('tocsin')}" + (f" (+{contact})" if contact else "")


def poll_feeds(
    settings: Settings,
    feeds: list[Subscription],
    *,
    once: bool,
    told: Callable[[Subscription, Polled], None],
) -> Tally:
    """Poll these feeds until SIGTERM or SIGINT, or once each. `told` hears of every poll that is over.

    Raises TocsinError when it cannot start, or cannot go on: state, spool, topics, port, networks.
    """
    return asyncio.run(_poll_feeds(settings, feeds, once=once, told=told))


async def _poll_feeds(
    settings: Settings,
    feeds: list[Subscription],
    *,
    once: bool,
    told: Callable[[Subscription, Polled], None],
) -> Tally:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup"))
    stop, registry, tally = _told_to_stop(), CollectorRegistry(), Tally()
    ProcessCollector(registry=registry)
    metrics = FeedMetrics(registry)
    metrics.name_only({feed.source for feed in feeds})

    def counted(feed: Subscription, polled: Polled) -> None:
        tally.count(polled)
        told(feed, polled)

    async with AsyncExitStack() as stack:
        store = stack.enter_context(Store(settings.feeds_state))
        outlet = await stack.enter_async_context(
            Outlet(settings, agent=AGENT, metrics=IngestMetrics(registry))
        )
        guard = Guard(filter(None, settings.fetch_allow.split(",")))
        fetcher = await stack.enter_async_context(
            Fetcher(user_agent=user_agent(settings.fetch_contact), guard=guard)
        )
        poller = Poller(fetcher, outlet, store, is_stopping=stop.is_set)
        agent = FeedAgent(feeds, poller, store, metrics, told=counted)
        if once:
            await agent.run_once(stop)
        else:
            port = free_port(settings.web_host, settings.feeds_port)
            await stack.enter_async_context(
                observed(settings.web_host, port, registry, not_ready=lambda: _not_ready(outlet))
            )
            await agent.run(stop)
        tally.spooled = outlet.spooled
    return tally


def _told_to_stop() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _not_ready(outlet: Outlet) -> list[str]:
    return ["the brokers do not answer; what is found goes to the spool"] if outlet.is_silent else []
