from __future__ import annotations

import asyncio
import time
from collections import Counter

import pytest
from prometheus_client import CollectorRegistry

from schemas.article import DateFlag
from streams.feed_metrics import FeedMetrics
from streams.fetching import Limits
from streams.ingest.feeds import agent as agent_module
from streams.ingest.feeds.agent import FeedAgent
from streams.ingest.feeds.poll import Polled
from streams.ingest.feeds.schedule import Rhythm
from streams.ingest.feeds.store import FeedState, Store
from streams.ingest.feeds.subscription import Subscription
from streams.ingest.spool import SpoolFull
from tests.ingest.feeds.world import KINDS, Kept, cycle, kind_of, served, subscriptions

QUICK = Limits(total=20.0, connect=15.0, read=15.0)  # a stall must not be taken for a machine that is busy


@pytest.mark.timeout(400)
def test_every_feed_is_polled_and_every_fault_is_counted_under_its_reason(tmp_path, request):
    count = request.config.getoption("--feeds")
    with served() as port, Store(tmp_path / "feeds.sqlite") as store:
        feeds, outlet, again = subscriptions(port, count), Kept(), Kept()
        assert len(feeds) >= count
        results, _, registry = asyncio.run(cycle(feeds, store, outlet, QUICK))
        assert results.total() == len(feeds), "a feed was not polled"
        assert {key for key in results if KINDS[key[0]].result != key[1]} == set()
        expected = Counter(KINDS[kind_of(feed.source)].result for feed in feeds)
        assert counted(registry) == expected

        flags = {kind: set() for kind in ("rss", "undated", "lying_dates")}
        for article in outlet.articles:
            flags.get(kind_of(article.source), set()).update(article.date_flags)
        assert flags["rss"] == set()
        assert flags["undated"] == {DateFlag.UNDATED}
        assert flags["lying_dates"] == {DateFlag.UNDATED, DateFlag.FUTURE}
        texts = {a.source: a.body for a in outlet.articles if kind_of(a.source) in ("teaser", "sitemap")}
        assert all(len(text) > 900 for text in texts.values()), "a teaser was published for a text"

        results, items, _ = asyncio.run(cycle(feeds, store, again, QUICK))
        assert again.articles == []
        assert items["new"] + items["changed"] == 0
        expected = {kind: known.again or "left_alone" for kind, known in KINDS.items()}
        expected["quiet"] = expected["xml_bomb"] = "nothing_new"
        assert {key for key in results if expected[key[0]] != key[1]} == set()


def counted(registry) -> Counter:
    """Return what the metrics say that polls came to; of sources beyond their bound the sum alone is told."""
    fetches = next(family for family in registry.collect() if family.name == "tocsin_source_fetches")
    counts = Counter()
    for sample in fetches.samples:
        counts[sample.labels["result"]] += round(sample.value)
    return counts


class Slow:
    """Polls that take so long, by source; what was polled, in order."""

    def __init__(self, takes=None, then=0.0) -> None:
        self.takes, self.then, self.polled, self.ended = takes or {}, then, [], []

    async def poll(self, feed, state):
        self.polled.append(feed.source)
        await asyncio.sleep(self.takes.get(feed.source, 0))
        self.ended.append(feed.source)
        return Polled("nothing_new"), FeedState(Rhythm(next_at=time.time() + self.then), etag=state.etag)


def agent(store, poller, *names):
    feeds = [Subscription(source=name, url=f"https://{name}.test/") for name in names]
    return FeedAgent(feeds, poller, store, FeedMetrics(CollectorRegistry()))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "feeds.sqlite") as store:
        yield store


def test_a_feed_that_hangs_holds_up_no_other(store, monkeypatch):
    poller = Slow({"slow": 60}, then=0.05)

    async def run():
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(2, stop.set)
        running = asyncio.create_task(agent(store, poller, "slow", "a", "b").run(stop))
        await asyncio.sleep(1.9)
        running.cancel()

    monkeypatch.setattr(agent_module, "FIRST_WITHIN", 0.1)  # three feeds alone need no minute to begin
    asyncio.run(run())
    assert poller.polled.count("slow") == 1
    assert min(poller.ended.count("a"), poller.ended.count("b")) >= 5


def test_when_told_to_stop_what_is_under_way_ends_and_nothing_begins(store):
    poller = Slow({"a": 0.5}, then=3_600)

    async def run():
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.2, stop.set)
        began = time.monotonic()
        await asyncio.wait_for(agent(store, poller, "a", *"bcdefgh").run(stop), 10)
        return time.monotonic() - began

    assert asyncio.run(run()) < 5
    assert poller.polled == poller.ended == ["a"]


def test_a_feed_that_failed_is_left_alone_by_a_single_round_until_it_is_due(store):
    later = FeedState(Rhythm(next_at=time.time() + 60, faults=1))
    for name, state in {"failed": later, "sound": FeedState(Rhythm(next_at=time.time() + 60))}.items():
        store.save(Subscription(name, f"https://{name}.test/").key, state, {}, now=0)
    poller = Slow()
    asyncio.run(agent(store, poller, "failed", "sound", "fresh").run_once(asyncio.Event()))
    assert poller.polled == ["sound", "fresh"]


def test_a_mistake_of_ours_with_one_feed_ends_no_other(store, caplog):
    class Mistaken(Slow):
        async def poll(self, feed, state):
            if feed.source == "a":
                raise KeyError(feed.url)
            return await super().poll(feed, state)

    poller = Mistaken()
    asyncio.run(agent(store, poller, "a", "b").run_once(asyncio.Event()))
    assert poller.polled == ["b"]
    assert "a mistake of ours: KeyError" in caplog.text
    assert "a.test" not in caplog.text, "an address may hold a key"


def test_when_nothing_can_be_published_anywhere_the_agent_ends_and_says_why(store):
    class Full(Slow):
        async def poll(self, _feed, _state):
            raise SpoolFull("the spool is full")

    with pytest.raises(SpoolFull, match="the spool is full"):
        asyncio.run(agent(store, Full(), "a", "b").run(asyncio.Event()))
