"""Every Prometheus instrument, in one table. The registry is passed in: nothing is shared by accident."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge, Histogram, Info, PlatformCollector, ProcessCollector

from schemas import Alert, Article, Event, Outcome, Story, Verdict, taxonomy
from streams.dyad_metrics import DyadMetrics

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from prometheus_client import CollectorRegistry

    from schemas import DeadLetter, Delivery

OTHER = "other"
MOST_SOURCES = 200  # label values; sources are named by whoever publishes, and each one is a time series
MOST_LANGS = 30
MOST_JUDGED = 200  # rules, types and sources that readers have judged, each

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
        self._delivery(registry)
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

    def _delivery(self, registry: CollectorRegistry) -> None:
        receiver = ["receiver"]  # as many as the file of receivers names
        self._deliveries = Counter(
            "tocsin_deliveries",
            "Alerts and digests by what became of them at a receiver.",
            ["receiver", "outcome"],
            registry=registry,
        )
        self._attempts = Counter(
            "tocsin_delivery_attempts",
            "Messages sent to a receiver: accepted, refused for good, or unavailable.",
            ["receiver", "answer"],
            registry=registry,
        )
        self._delay = Histogram(
            "tocsin_delivery_delay_seconds",
            "From the raising of an alert to the receiver's word that he has it.",
            receiver,
            buckets=TRANSIT,
            registry=registry,
        )
        self._queued = Gauge(
            "tocsin_delivery_queue_messages", "Messages that wait to be sent.", receiver, registry=registry
        )
        self._held_back = Gauge(
            "tocsin_delivery_held_messages", "Alerts held for a digest.", receiver, registry=registry
        )
        self._verdicts = Gauge(
            "tocsin_feedback_held", "Stories by what readers say of them.", ["verdict"], registry=registry
        )
        self._precision = Gauge(
            "tocsin_precision_ratio",
            "Share of the judged stories that were right, of a rule, a type or a source.",
            ["of", "name"],
            registry=registry,
        )

    def received(self, article: Article, now: datetime) -> None:
        """Count an article that could be read."""
        self._received.labels(self._source(article.source)).inc()
        self._age.observe(max(0.0, (now - article.published_at).total_seconds()))

    def tagged(self, outcome: str, lang: str) -> None:
        """Count what an article yielded."""
        self._tagged.labels(outcome, self._lang(lang)).inc()

    def emitted(self, message: Event | Story | Alert) -> None:
        """Count a message of ours."""
        match message:
            case Event():
                self._events.labels(message.type, message.status.value).inc()
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

    def alerted_after(self, seconds: float) -> None:
        """Observe the way of an article from topic to alert."""
        self._end_to_end.observe(max(0.0, seconds))

    def failed(self, letter: DeadLetter) -> None:
        """Count a dead letter."""
        self._failed.labels(letter.stage, letter.reason.value).inc()

    def decided(self, deliveries: Iterable[Delivery]) -> None:
        """Count what became of alerts; what is queued is counted when it is over."""
        for delivery in deliveries:
            if delivery.outcome is not Outcome.QUEUED:
                self._deliveries.labels(delivery.receiver, delivery.outcome.value).inc()

    def delivered(self, delivery: Delivery) -> None:
        """Count a message that is over, delivered or given up."""
        self._deliveries.labels(delivery.receiver, delivery.outcome.value).inc()
        if delivery.outcome is Outcome.DELIVERED and delivery.brief and delivery.done_at:
            took = (delivery.done_at - delivery.brief.raised_at).total_seconds()
            self._delay.labels(delivery.receiver).observe(max(0.0, took))

    def delivery_attempted(self, receiver: str, answer: str) -> None:
        """Count one message sent, by the kind of answer."""
        self._attempts.labels(receiver, answer).inc()

    def delivery_waits(self, receiver: str, *, queued: int, held: int) -> None:
        """Note how many wait for a receiver."""
        self._queued.labels(receiver).set(queued)
        self._held_back.labels(receiver).set(held)

    def judged(self, verdicts: Mapping[Verdict, int], precision: Mapping[tuple[str, str], float]) -> None:
        """Note what readers say; `precision` by what it is of - rule, type or source - and its name."""
        for verdict in Verdict:
            self._verdicts.labels(verdict.value).set(verdicts.get(verdict, 0))
        self._precision.clear()
        for (of, name), share in list(precision.items())[: 3 * MOST_JUDGED]:
            self._precision.labels(of, name).set(share)
