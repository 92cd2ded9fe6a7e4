"""What was heard of each source: when it published, and which of its articles yielded an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from streams.sources.rhythm import Rhythm, learn
from streams.sources.source import Source
from streams.sources.standing import Standing, standing

if TYPE_CHECKING:
    from schemas import Article, ArticleRef
    from streams.sources.registry import Registry

NEWS_FOR = timedelta(days=2)  # what is older when it comes in was dug up


@dataclass(slots=True)
class OfSource:
    """What was heard of one source; `known` is None where the registry has none of this name."""

    id: str
    known: Source | None
    published: dict[str, datetime] = field(
        default_factory=dict
    )  # by id of the article, when it was first told
    yielding: set[str] = field(default_factory=set)  # ids of articles that events were read in
    stale: set[str] = field(
        default_factory=set
    )  # ids of articles that were no news any more when they came in

    @property
    def articles(self) -> int:
        """How many articles."""
        return len(self.published)

    @property
    def last(self) -> datetime | None:
        """When the newest was published."""
        return max(self.published.values(), default=None)

    @property
    def share(self) -> float | None:
        """The share of the articles that yield an event; None without an article."""
        return len(self.yielding & self.published.keys()) / len(self.published) if self.published else None

    @property
    def usual_gap(self) -> timedelta | None:
        """The median time between two articles; None of fewer than two."""
        times = sorted(set(self._times()))
        gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
        return timedelta(seconds=median(gaps)) if gaps else None

    @property
    def expected(self) -> timedelta | None:
        """The interval that the registry expects; None where it says none."""
        return self.known.expected_interval if self.known else None

    def rhythm(self) -> Rhythm:
        """Return what can be learnt of when it publishes."""
        return learn(self._times())

    def standing(self, now: datetime) -> Standing:
        """Tell whether it is alive, late or dead."""
        return standing(now - self.last if self.last else None, self.expected)

    def _times(self) -> list[datetime]:
        """Return when it published what came in as news."""
        return [at for id_, at in self.published.items() if id_ not in self.stale]


class Heard:
    """All that was heard, by source.

    What is from an archive, taken back, or claims to be from after `now` tells nothing of today and is left out. An
    article that came in days after it was published counts, and tells nothing of the rhythm.
    """

    def __init__(self, registry: Registry, now: datetime) -> None:
        """Begin with every source of the registry, and nothing heard of any."""
        self._registry, self._now = registry, now
        self._sources = {source.id: OfSource(source.id, source) for source in registry}

    def article(self, article: Article) -> None:
        """Take an article; of several versions the earliest tells when it was published."""
        if article.published_at > self._now or article.retracted or article.backfill:
            return
        source = self._of(article.source)
        known = source.published.get(article.id, article.published_at)
        source.published[article.id] = min(article.published_at, known)
        seen = article.first_seen_at or article.fetched_at
        if seen and seen - article.published_at > NEWS_FOR:
            source.stale.add(article.id)

    def event(self, article: ArticleRef) -> None:
        """Take the article that an event was read in."""
        self._of(article.source).yielding.add(article.id)

    def sources(self) -> list[OfSource]:
        """Return every source that is known or was heard of: those heard of first, by number of articles."""
        return sorted(self._sources.values(), key=lambda source: (-source.articles, source.id))

    def _of(self, name: str) -> OfSource:
        known = self._registry.find(name)
        id_ = known.id if known else name
        return self._sources.setdefault(id_, OfSource(id_, known))
