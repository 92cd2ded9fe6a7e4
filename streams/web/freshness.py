"""Which sources were heard from, and which are silent for longer than their own rhythm. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from streams.web.answers import LateSource, Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.sources import Registry

DEAD_AFTER = 3.0  # of its own intervals; one is nothing unusual, two may be a slow night
MOST = 10_000  # sources; whoever publishes names them
MOST_TOLD = 50  # late ones told by name, the longest silent first

State = Literal["alive", "late", "dead", "unknown"]


class Freshness:
    """When each source was heard from last. A source that was never heard from is in no state."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._heard: dict[str, float] = {}
        self.newest: float | None = None

    def hear(self, source: str, at: float) -> None:
        """Note that an article of a source came in, so many seconds after 1970."""
        self.newest = max(at, self.newest or at)
        if source in self._heard or len(self._heard) < MOST:
            self._heard[source] = max(at, self._heard.get(source, at))

    def sources(self, now: datetime) -> Sources:
        """Return how many sources are in which state."""
        counts: dict[State, int] = {"alive": 0, "late": 0, "dead": 0, "unknown": 0}
        for source in self._heard:
            counts[self._state(source, now)] += 1
        return Sources(**counts)

    def late(self, now: datetime) -> list[LateSource]:
        """Return the sources that are silent, the longest silent against its rhythm first."""
        found = sorted(self._late(now), key=lambda one: one.last_article_at.timestamp())
        return found[:MOST_TOLD]

    def _late(self, now: datetime) -> Iterator[LateSource]:
        for id_, heard in self._heard.items():
            source, state = self._registry.find(id_), self._state(id_, now)
            if source and source.expected_interval and state in ("late", "dead"):
                yield LateSource(
                    id=id_,
                    name=source.name,
                    last_article_at=datetime.fromtimestamp(heard, UTC),
                    expected_seconds=source.expected_interval.total_seconds(),
                    state=state,
                )

    def _state(self, id_: str, now: datetime) -> State:
        source = self._registry.find(id_)
        if source is None or source.expected_interval is None:
            return "unknown"
        intervals = (now.timestamp() - self._heard[id_]) / source.expected_interval.total_seconds()
        return "alive" if intervals <= 1 else "late" if intervals <= DEAD_AFTER else "dead"
