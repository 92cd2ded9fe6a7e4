"""The instruments of the feed agent: what polling each source comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from streams.fetching import Fault
from streams.metrics.instruments import Instruments
from streams.metrics.labels import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from prometheus_client import CollectorRegistry

CYCLE = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900)  # seconds from due to done
BUG = "bug"  # a mistake of ours
OUTCOMES = ("new", "changed", "seen", "undated", "broken")
ANSWERS = ("new", "nothing_new", "not_modified", "not_feed")  # beside these, the reason of a fault


class Polled(Protocol):
    """What a poll came to."""

    @property
    def result(self) -> str:
        """One of a bounded set of words."""
        ...

    @property
    def items(self) -> Mapping[str, int]:
        """Items by what became of them."""
        ...


class Known(Protocol):
    """What is known of a feed; times in seconds since 1970."""

    @property
    def last_success(self) -> float | None:
        """When it last answered."""
        ...

    @property
    def last_new(self) -> float | None:
        """When it last had something new."""
        ...


class FeedMetrics:
    """The instruments, and one method for each thing that is counted. `source` is an id of the registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.make = make = Instruments(registry)
        self._source = make.labels.source
        self._result = Label("result", values=(*ANSWERS, *Fault, BUG))
        self._outcome = Label("outcome", values=OUTCOMES)
        self._succeeded_at: dict[str, float] = {}
        self._new_at: dict[str, float] = {}
        self._success = make.gauge(
            "tocsin_source_last_success_timestamp_seconds",
            "When a feed of the source last answered with a feed, or that nothing changed.",
            self._source,
        )
        self._new = make.gauge(
            "tocsin_source_last_new_timestamp_seconds",
            "When a feed of the source last had something new.",
            self._source,
        )
        self._fetches = make.counter(
            "tocsin_source_fetches",
            "Polls of feeds by what they came to: new, nothing_new, not_modified, not_feed, or the reason of a "
            "fault; docs/feeds.md lists them.",
            self._source,
            self._result,
        )
        self._items = make.counter(
            "tocsin_source_items",
            "Items of feeds by what became of them: new, changed, seen, broken; undated are new or changed too.",
            self._source,
            self._outcome,
        )
        self._cycle = make.histogram(
            "tocsin_feed_cycle_seconds", "From when a feed was due until its poll was over.", buckets=CYCLE
        )

    def name_only(self, sources: Collection[str]) -> None:
        """Name these sources, and count all others as one."""
        self._source.name_only(sources)

    def known(self, source: str, state: Known) -> None:
        """Note what is known of a feed of the source; of several feeds the latest counts."""
        for gauge, latest, at in (
            (self._success, self._succeeded_at, state.last_success),
            (self._new, self._new_at, state.last_new),
        ):
            if at is not None and at > latest.get(source, 0.0):
                latest[source] = at
                gauge.labels(self._source(source)).set(at)

    def polled(self, source: str, polled: Polled, state: Known, *, took: float) -> None:
        """Count a poll; `took` in seconds, from when it was due."""
        label = self._source(source)
        self._fetches.labels(label, self._result(polled.result)).inc()
        for outcome in OUTCOMES:
            if count := polled.items.get(outcome):
                self._items.labels(label, self._outcome(outcome)).inc(count)
        self._cycle.observe(max(0.0, took))
        self.known(source, state)
