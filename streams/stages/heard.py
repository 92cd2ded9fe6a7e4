"""That a source was heard from, at most once a minute, for the rules that fire when nothing comes in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from schemas import Match
from schemas.base import stable_id
from schemas.match import ARTICLES

if TYPE_CHECKING:
    from streams.sources import Registry

EVERY = 60.0  # seconds between two words of one source; no rhythm is shorter
MOST = 10_000  # sources; whoever publishes names them


class Listening:
    """The sources of one partition of articles, and when each was last told of. Time is that of the articles' topic."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._told: dict[str, float] = {}

    def hear(self, source: str, at: float) -> Match | None:
        """Return that the source was heard from, None when that was told within the minute.

        `at`: seconds since 1970 when the article came onto its topic.
        """
        if at < self._told.get(source, float("-inf")) + EVERY:
            return None
        if len(self._told) >= MOST:
            self._told.clear()
        self._told[source] = at
        known = self._registry.find(source)
        rhythm = known.expected_interval.total_seconds() if known and known.expected_interval else None
        return Match(
            id=stable_id("heard", source),
            rule=ARTICLES,
            version=1,
            subject=source,
            revision=int(at),
            at=datetime.fromtimestamp(at, UTC),
            holds=True,
            value=rhythm,
        )
