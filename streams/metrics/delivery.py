"""The instruments of delivery: what became of alerts at receivers, and what readers say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Outcome, Verdict
from streams.metrics.labels import MOST_JUDGED, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemas import Delivery
    from streams.metrics.instruments import Instruments

DELAY = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)  # seconds from an alert to its receiver


class DeliveryMetrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, make: Instruments) -> None:
        self._labels = labels = make.labels
        self._answer = Label("answer", values=("accepted", "refused", "unavailable"))
        self._of, self._name = Label("of", values=("rule", "type", "source")), Label("name", MOST_JUDGED)
        self._deliveries = make.counter(
            "tocsin_deliveries",
            "Alerts and digests by what became of them at a receiver.",
            labels.receiver,
            labels.outcome,
        )
        self._outcomes = make.counter(
            "tocsin_alert_outcomes",
            "Alerts of a rule by what became of them, at each receiver once.",
            labels.rule,
            labels.outcome,
        )
        self._attempts = make.counter(
            "tocsin_delivery_attempts",
            "Messages sent to a receiver: accepted, refused for good, or unavailable.",
            labels.receiver,
            self._answer,
        )
        self._delay = make.histogram(
            "tocsin_delivery_delay_seconds",
            "From the raising of an alert to the receiver's word that he has it.",
            labels.receiver,
            buckets=DELAY,
        )
        self._queued = make.gauge(
            "tocsin_delivery_queue_messages", "Messages that wait to be sent.", labels.receiver
        )
        self._held_back = make.gauge(
            "tocsin_delivery_held_messages", "Alerts held for a digest.", labels.receiver
        )
        self._verdicts = make.gauge(
            "tocsin_feedback_held", "Stories by what readers say of them.", labels.verdict
        )
        self._precision = make.gauge(
            "tocsin_precision_ratio",
            "Share of the judged stories that were right, of a rule, a type or a source.",
            self._of,
            self._name,
            most=MOST_JUDGED,
        )

    def decided(self, deliveries: Iterable[Delivery]) -> None:
        """Count what became of alerts; what is queued is counted when it is over."""
        for delivery in deliveries:
            if delivery.outcome is not Outcome.QUEUED:
                self._count(delivery)

    def delivered(self, delivery: Delivery) -> None:
        """Count a message that is over, delivered or given up."""
        self._count(delivery)
        if delivery.outcome is Outcome.DELIVERED and delivery.brief and delivery.done_at:
            took = (delivery.done_at - delivery.brief.raised_at).total_seconds()
            self._delay.labels(self._labels.receiver(delivery.receiver)).observe(max(0.0, took))

    def attempted(self, receiver: str, answer: str) -> None:
        """Count one message sent, by the kind of answer."""
        self._attempts.labels(self._labels.receiver(receiver), self._answer(answer)).inc()

    def waits(self, receiver: str, *, queued: int, held: int) -> None:
        """Note how many wait for a receiver."""
        label = self._labels.receiver(receiver)
        self._queued.labels(label).set(queued)
        self._held_back.labels(label).set(held)

    def judged(self, verdicts: Mapping[Verdict, int], precision: Mapping[tuple[str, str], float]) -> None:
        """Note what readers say; `precision` by what it is of - rule, type or source - and its name."""
        for verdict in Verdict:
            self._verdicts.labels(self._labels.verdict(verdict)).set(verdicts.get(verdict, 0))
        self._precision.clear()
        for (of, name), share in list(precision.items())[:MOST_JUDGED]:
            self._precision.labels(self._of(of), name).set(share)

    def _count(self, delivery: Delivery) -> None:
        outcome = self._labels.outcome(delivery.outcome)
        self._deliveries.labels(self._labels.receiver(delivery.receiver), outcome).inc()
        if delivery.brief:
            self._outcomes.labels(self._labels.rule(delivery.brief.rule), outcome).inc()
