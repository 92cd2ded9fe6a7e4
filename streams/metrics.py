"""Every Prometheus instrument, in one table. The registry is passed in: nothing is shared by accident."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge, Histogram, Info, PlatformCollector, ProcessCollector

from schemas import Alert, Article, Event, Story, taxonomy
from streams.delivery_metrics import DeliveryMetrics
from streams.dyad_metrics import DyadMetrics
from streams.ingest_metrics import IngestMetrics

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from prometheus_client import CollectorRegistry

    from schemas import DeadLetter

OTHER = "other"
MOST_SOURCES = 200  # label values; sources are named by whoever publishes, and each one is a time series
MOST_LANGS = 30

QUICK = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)  # seconds of CPU for one message
TRANSIT = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)  # seconds from topic to topic
ORIGINS = (0, 1, 2, 3, 5, 10, 20)
AGE = (60, 300, 900, 3600, 4 * 3600, 12 * 3600, 86_400, 7 * 86_400, 30 * 86_400)  # seconds since publication


class Bounded:
    """The first values of a label as they are, all later ones as `other`: time series are not endless."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: set[str] = set()

    def __call__(self, value: str) -> str:
        """Return the label to count this value under."""
        if value not in self._seen:
            if len(self._seen) >= self._most:
                return OTHER
            self._seen.add(value)
        return value


class Metrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._source, self._lang = Bounded(MOST_SOURCES), Bounded(MOST_LANGS)
        self._articles(registry)
        self.dyads = DyadMetrics(registry)
        self._flow(registry)
        self.delivery = DeliveryMetrics(registry)
        self.ingest = IngestMetrics(registry)
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        Info("tocsin_build", "What runs here.", registry=registry).info(
            {
                "version": version("tocsin"),
                "taxonomy": taxonomy().version,
                "python": platform.python_version(),
            }
        )

    def _articles(self, registry: CollectorRegistry) -> None:
        self._received = Counter("tocsin_articles_received", "Articles read.", ["source"], registry=registry)
        self._tagged = Counter(
            "tocsin_articles_tagged", "Articles by what they yielded.", ["outcome", "lang"], registry=registry
        )
        self._age = Histogram(
            "tocsin_article_age_seconds", "From publication to tagging.", buckets=AGE, registry=registry
        )
        self._events = Counter("tocsin_events_emitted", "Events sent.", ["type", "status"], registry=registry)
        self._stories = Counter(
            "tocsin_stories_emitted", "Revisions of stories sent.", ["novelty"], registry=registry
        )
        self._origins = Histogram(
            "tocsin_story_origins",
            "Independent first reporters of each revision of a story.",
            buckets=ORIGINS,
            registry=registry,
        )
        self._held = Gauge("tocsin_stories_held", "Live stories.", ["partition"], registry=registry)
        self._mentions = Gauge(
            "tocsin_story_mentions_held", "Mentions that live stories hold.", ["partition"], registry=registry
        )
        self._let_go = Counter(
            "tocsin_stories_let_go",
            "Stories let go: ended, nobody tells them any more; limit, too many mentions were held.",
            ["reason"],
            registry=registry,
        )
        self._alerts = Counter(
            "tocsin_alerts_emitted", "Alerts sent.", ["rule", "msg_type"], registry=registry
        )
        self._withheld = Counter(
            "tocsin_alerts_withheld",
            "Times that a story met a rule and no alert was raised: backfill, only archives tell the story.",
            ["reason"],
            registry=registry,
        )
        self.matches_held = Gauge(
            "tocsin_matches_held",
            "Matches of rules over several stories in memory.",
            ["partition"],
            registry=registry,
        )
        self._matches_let_go = Gauge(
            "tocsin_matches_let_go_messages",
            "Matches that this worker let go of: beyond every window, too late to count, or beyond the limit.",
            ["partition", "why"],
            registry=registry,
        )
        self._end_to_end = Histogram(
            "tocsin_end_to_end_seconds",
            "From an article on its topic to an alert on its topic.",
            buckets=TRANSIT,
            registry=registry,
        )

    def _flow(self, registry: CollectorRegistry) -> None:
        self._failed = Counter(
            "tocsin_records_failed", "Messages made dead letters.", ["stage", "reason"], registry=registry
        )
        self.stage_duration = Histogram(
            "tocsin_stage_duration_seconds",
            "Work on one message.",
            ["stage"],
            buckets=QUICK,
            registry=registry,
        )
        partition = ["topic", "partition"]
        self.lag = Gauge(
            "tocsin_consumer_lag_messages",
            "Messages that wait in a partition held here.",
            partition,
            registry=registry,
        )
        self.last_commit = Gauge(
            "tocsin_last_commit_timestamp_seconds",
            "When the committed offset last moved.",
            partition,
            registry=registry,
        )
        self.held = Gauge("tocsin_partitions_held", "Partitions held by this worker.", registry=registry)
        self.rebalances = Counter("tocsin_rebalances", "Times the group was dealt anew.", registry=registry)

    def received(self, article: Article, now: datetime) -> None:
        """Count an article that could be read."""
        self._received.labels(self._source(article.source)).inc()
        if not article.backfill:
            self._age.observe(max(0.0, (now - article.published_at).total_seconds()))

    def withheld(self, reason: str, times: int) -> None:
        """Count alerts that were not raised."""
        if times:
            self._withheld.labels(reason).inc(times)

    def tagged(self, outcome: str, lang: str) -> None:
        """Count what an article yielded."""
        self._tagged.labels(outcome, self._lang(lang)).inc()

    def emitted(self, message: Event | Story | Alert) -> None:
        """Count a message of ours."""
        match message:
            case Event():
                self._events.labels(message.type, message.status.value).inc()
            case Story() if message.backfill:
                self._stories.labels("backfill").inc()  # no first report: that was told long ago
            case Story():
                self._stories.labels(message.novelty.value).inc()
                self._origins.observe(message.origins)
            case Alert():
                self._alerts.labels(message.rule.id, message.msg_type).inc()

    def holds(self, partition: int, stories: int, mentions: int) -> None:
        """Note how many stories and mentions a partition holds."""
        self._held.labels(str(partition)).set(stories)
        self._mentions.labels(str(partition)).set(mentions)

    def holds_nothing(self) -> None:
        """Note that every partition went: what another worker holds is not told from here."""
        self._held.clear()
        self._mentions.clear()

    def let_go(self, reason: str, stories: int) -> None:
        """Count stories that are held no more."""
        self._let_go.labels(reason).inc(stories)

    def matches_let_go(self, partition: int, counts: Mapping[str, int]) -> None:
        """Take note of the matches that were let go of, by why."""
        for why, count in counts.items():
            self._matches_let_go.labels(partition, why).set(count)

    def alerted_after(self, seconds: float) -> None:
        """Observe the way of an article from topic to alert."""
        self._end_to_end.observe(max(0.0, seconds))

    def failed(self, letter: DeadLetter) -> None:
        """Count a dead letter."""
        self._failed.labels(letter.stage, letter.reason.value).inc()
