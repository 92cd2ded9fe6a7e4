"""The agent: every feed polled when it is due, each in a task of its own, so that a slow one holds up no other."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

from streams.errors import TocsinError
from streams.feed_metrics import BUG
from streams.ingest.feeds import schedule
from streams.ingest.feeds.poll import Polled
from streams.ingest.feeds.store import FeedState

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from streams.feed_metrics import FeedMetrics
    from streams.ingest.feeds.poll import Poller
    from streams.ingest.feeds.store import Store
    from streams.ingest.feeds.subscription import Subscription

LOGGER = logging.getLogger(__name__)
GRACE = 20.0  # seconds for polls under way to end when the agent is told to stop
FIRST_WITHIN = 60.0  # seconds over which the first polls are spread of feeds that are all due at once


class FeedAgent:
    """Polls these feeds. `told` hears of every poll that is over."""

    def __init__(
        self,
        feeds: Iterable[Subscription],
        poller: Poller,
        store: Store,
        metrics: FeedMetrics,
        *,
        told: Callable[[Subscription, Polled], None] = lambda _feed, _polled: None,
    ) -> None:
        self._feeds, self._poller, self._metrics, self._told = list(feeds), poller, metrics, told
        known = store.states()
        self._states = {
            feed.key: known.get(feed.key) or FeedState(schedule.first(feed.expected)) for feed in self._feeds
        }
        self._polling: set[asyncio.Task[None]] = set()
        for feed in self._feeds:
            metrics.known(feed.source, self._states[feed.key])

    async def run(self, stop: asyncio.Event) -> None:
        """Poll every feed whenever it is due, until told to stop.

        Raises TocsinError when what is new can be put nowhere.
        """
        now, share = time.time(), FIRST_WITHIN / max(1, len(self._feeds))
        await self._all(
            [
                self._follow(feed, stop, max(self._states[feed.key].rhythm.next_at, now + number * share))
                for number, feed in enumerate(self._feeds)
            ],
            stop,
        )

    async def run_once(self, stop: asyncio.Event) -> None:
        """Poll every feed once, but those that are left alone after a fault. Raises as `run` does."""
        now = time.time()
        rested = [feed for feed in self._feeds if not self._is_left_alone(feed, now)]
        for feed in self._feeds:
            if self._is_left_alone(feed, now):
                self._told(feed, Polled("left_alone", "it failed the last time, and is not due again yet"))
        await self._all([self._poll(feed, now) for feed in rested], stop)

    def _is_left_alone(self, feed: Subscription, now: float) -> bool:
        rhythm = self._states[feed.key].rhythm
        return bool(rhythm.faults) and rhythm.next_at > now

    async def _all(self, works: Iterable[Coroutine[None, None, None]], stop: asyncio.Event) -> None:
        """Do these works until they are done, one fails, or the agent is told to stop."""
        ending: asyncio.Task[None] | None = None
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(work) for work in works]
                ending = asyncio.create_task(self._end(tasks, stop))
        except* TocsinError as failures:
            raise failures.exceptions[0] from None
        finally:
            if ending:
                ending.cancel()

    async def _end(self, tasks: Iterable[asyncio.Task[None]], stop: asyncio.Event) -> None:
        """When told to stop, end what waits, and after a while what polls."""
        await stop.wait()
        for task in tasks:
            if task not in self._polling:
                task.cancel()
        await asyncio.sleep(GRACE)
        for task in tasks:
            task.cancel()

    async def _follow(self, feed: Subscription, stop: asyncio.Event, due: float) -> None:
        while not stop.is_set():
            await asyncio.sleep(max(0.0, due - time.time()))
            await self._poll(feed, due)
            due = self._states[feed.key].rhythm.next_at

    def _after(self, feed: Subscription) -> FeedState:
        """Return what is known of a feed after a mistake of ours."""
        state = self._states[feed.key]
        rhythm = schedule.after_fault(state.rhythm, None, retry_after=None, now=time.time(), chance=0.5)
        return replace(state, rhythm=rhythm)

    async def _poll(self, feed: Subscription, due: float) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine that runs is in one
        self._polling.add(task)
        try:
            polled, state = await self._poller.poll(feed, self._states[feed.key])
        except TocsinError:
            raise
        except Exception as error:  # noqa: BLE001 - a mistake of ours with one feed ends no other
            polled, state = Polled(BUG, f"a mistake of ours: {type(error).__name__}"), self._after(feed)
            where = "".join(
                traceback.format_tb(error.__traceback__)
            )  # without its text: it may repeat an address
            LOGGER.error("%s\n%s", polled.said, where)  # noqa: TRY400 - so would `exception`
        finally:
            self._polling.discard(task)
        self._states[feed.key] = state
        self._metrics.polled(feed.source, polled, state, took=time.time() - due)
        self._told(feed, polled)
