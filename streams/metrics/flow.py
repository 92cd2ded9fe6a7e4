"""The instruments of the flow: what goes through the stages, what waits, what fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.metrics.labels import Label

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from schemas import DeadLetter
    from streams.metrics.instruments import Instruments

QUICK = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)  # seconds of CPU for one message

# Why a message that was sound became nothing.
PASSED_OVER = ("known", "no_alert", "background", "cancelled", "backfill", "changes_nothing")


class FlowMetrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, make: Instruments) -> None:
        self._labels = labels = make.labels
        self._reason = Label("reason", values=PASSED_OVER)
        self._failed = make.counter(
            "tocsin_records_failed", "Messages made dead letters.", labels.stage, labels.failure
        )
        self._passed_over = make.counter(
            "tocsin_messages_passed_over",
            "Messages that became nothing: an event known already, a story of which no rule says anything new, "
            "one that looks back, was taken back or is told by archives alone, a contribution that changes no dyad.",
            labels.stage,
            self._reason,
        )
        self._duration = make.histogram(
            "tocsin_stage_duration_seconds", "Work on one message.", labels.stage, buckets=QUICK
        )
        self._lag = make.gauge(
            "tocsin_consumer_lag_messages",
            "Messages that wait in a partition held here.",
            labels.topic,
            labels.partition,
        )
        self._last_commit = make.gauge(
            "tocsin_last_commit_timestamp_seconds",
            "When the committed offset last moved.",
            labels.topic,
            labels.partition,
        )
        self._held = make.gauge("tocsin_partitions_held", "Partitions held by this worker.")
        self._rebalances = make.counter("tocsin_rebalances", "Times the group was dealt anew.")

    def failed(self, letter: DeadLetter) -> None:
        """Count a dead letter."""
        self._failed.labels(self._labels.stage(letter.stage), self._labels.failure(letter.reason)).inc()

    def passed_over(self, stage: str, reason: str) -> None:
        """Count a message that became nothing."""
        self._passed_over.labels(self._labels.stage(stage), self._reason(reason)).inc()

    def timed(self, stage: str) -> AbstractContextManager[object]:
        """Observe how long a stage works on a message."""
        return self._duration.labels(self._labels.stage(stage)).time()

    def rebalanced(self) -> None:
        """Count that the group was dealt anew."""
        self._rebalances.inc()

    def holds(self, partitions: int) -> None:
        """Note how many partitions are held; what waited in those of before is another worker's to tell."""
        self._held.set(partitions)
        self._lag.clear()
        self._last_commit.clear()

    def waits(self, topic: str, partition: int, messages: int) -> None:
        """Note how many messages wait in a partition."""
        self._lag.labels(self._labels.topic(topic), self._labels.partition(partition)).set(messages)

    def committed(self, topic: str, partition: int, at: float) -> None:
        """Note when the committed offset of a partition moved, in seconds since 1970."""
        self._last_commit.labels(self._labels.topic(topic), self._labels.partition(partition)).set(at)
