"""The instruments of delivery: what became of alerts at receivers, and what readers say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge, Histogram

from schemas import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from prometheus_client import CollectorRegistry

    from schemas import Delivery

DELAY = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)  # seconds from an alert to its receiver
MOST_JUDGED = 600  # rules, types and sources that readers have judged: each is a time series


class DeliveryMetrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, registry: CollectorRegistry) -> None:
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
            buckets=DELAY,
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

    def attempted(self, receiver: str, answer: str) -> None:
        """Count one message sent, by the kind of answer."""
        self._attempts.labels(receiver, answer).inc()

    def waits(self, receiver: str, *, queued: int, held: int) -> None:
        """Note how many wait for a receiver."""
        self._queued.labels(receiver).set(queued)
        self._held_back.labels(receiver).set(held)

    def judged(self, verdicts: Mapping[Verdict, int], precision: Mapping[tuple[str, str], float]) -> None:
        """Note what readers say; `precision` by what it is of - rule, type or source - and its name."""
        for verdict in Verdict:
            self._verdicts.labels(verdict.value).set(verdicts.get(verdict, 0))
        self._precision.clear()
        for (of, name), share in list(precision.items())[:MOST_JUDGED]:
            self._precision.labels(of, name).set(share)
