"""The instruments of articles: what came in, from whom, how old, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.metrics.labels import Label
from streams.tagging.losses import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from schemas import Article
    from streams.metrics.instruments import Instruments
    from streams.sources import Registry

AGE = (60, 300, 900, 3600, 4 * 3600, 12 * 3600, 86_400, 7 * 86_400, 30 * 86_400)  # seconds since publication

# Why nothing was told of an article, after the name that its outcome has in `tocsin_articles_tagged_total`.
REASONS = ("unsupported_language", "no_trigger", "no_event", "retracted", "outdated")


class ArticleMetrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, make: Instruments) -> None:
        self._labels = labels = make.labels
        self._outcome = Label("outcome", 8)
        self._reason = Label("reason", values=REASONS)
        self._candidate = Label("reason", values=KINDS)
        self._received = make.counter("tocsin_articles_received", "Articles read.", labels.source)
        self._tagged = make.counter(
            "tocsin_articles_tagged", "Articles by what they yielded.", self._outcome, labels.lang
        )
        self._dropped = make.counter(
            "tocsin_articles_dropped",
            "Articles that told nothing: in a language that is not read, without a word that could report an event, "
            "with such words and yet no event, taken back by their publisher, or a version older than one read before.",
            labels.stage,
            self._reason,
        )
        self._candidates = make.counter(
            "tocsin_candidates_dropped",
            "Places in articles that could have been an event and were none, by why; `tocsin explain` shows each.",
            self._candidate,
        )
        self._age = make.histogram(
            "tocsin_article_age_seconds", "From publication to tagging; archives are not in it.", buckets=AGE
        )
        self._events = make.counter(
            "tocsin_source_events", "Events found in the articles of a source.", labels.source
        )
        self._last = make.gauge(
            "tocsin_source_last_article_timestamp_seconds",
            "When the latest article of a source came onto its topic; of sources in the registry alone.",
            labels.source,
        )
        self._rhythm = make.gauge(
            "tocsin_source_expected_interval_seconds",
            "How often the registry expects an article of a source at the least; of sources heard from.",
            labels.source,
        )
        self._known: Registry | None = None
        self._heard: dict[str, float] = {}

    def know(self, sources: Registry) -> None:
        """Name the sources of the registry, and count all others as one."""
        self._known = sources
        self._labels.source.name_only([source.id for source in sources])

    def received(self, article: Article, now: datetime) -> None:
        """Count an article that could be read."""
        self._received.labels(self._source(article.source)).inc()
        if not article.backfill:
            self._age.observe(max(0.0, (now - article.published_at).total_seconds()))

    def heard(self, source: str, at: float) -> None:
        """Note when an article of a source came onto its topic, in seconds since 1970; the latest holds."""
        known = self._known.find(source) if self._known else None
        if known is None or known.id not in self._labels.source or at <= self._heard.get(known.id, 0.0):
            return
        self._heard[known.id] = at
        self._last.labels(known.id).set(at)
        if known.expected_interval:
            self._rhythm.labels(known.id).set(known.expected_interval.total_seconds())

    def tagged(self, outcome: str, lang: str, source: str, events: int = 0) -> None:
        """Count what an article yielded."""
        self._tagged.labels(self._outcome(outcome), self._labels.lang(lang)).inc()
        if events:
            self._events.labels(self._source(source)).inc(events)

    def dropped(self, stage: str, reason: str) -> None:
        """Count an article that told nothing."""
        self._dropped.labels(self._labels.stage(stage), self._reason(reason)).inc()

    def candidates_dropped(self, counts: Mapping[str, int]) -> None:
        """Count what could have been an event and was none, by why."""
        for reason, count in counts.items():
            self._candidates.labels(self._candidate(reason)).inc(count)

    def _source(self, name: str) -> str:
        """Return the label of a source that is named by its id, or by a domain that the registry knows."""
        known = self._known.find(name) if self._known else None
        return self._labels.source(known.id if known else name)
