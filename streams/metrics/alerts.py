"""The instruments of alerts: what the rules raised, how soon, and what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.metrics.labels import Label
from streams.metrics.stories import TRANSIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemas import Alert
    from streams.metrics.instruments import Instruments

MSG_TYPES = ("Alert", "Update", "Cancel")


class AlertMetrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, make: Instruments) -> None:
        self._labels = labels = make.labels
        self._msg_type = Label("msg_type", values=MSG_TYPES)
        self._why = Label("why", 5)
        self._reason = Label("reason", values=("backfill",))
        self._emitted = make.counter("tocsin_alerts_emitted", "Alerts sent.", labels.rule, self._msg_type)
        self._withheld = make.counter(
            "tocsin_alerts_withheld",
            "Times that a story met a rule and no alert was raised: backfill, only archives tell the story.",
            self._reason,
        )
        self._held = make.gauge(
            "tocsin_matches_held", "Matches of rules over several stories in memory.", labels.partition
        )
        self._let_go = make.gauge(
            "tocsin_matches_let_go_messages",
            "Matches that this worker let go of: beyond every window, too late to count, or beyond the limit.",
            labels.partition,
            self._why,
        )
        self._end_to_end = make.histogram(
            "tocsin_end_to_end_seconds",
            "From an article on its topic to an alert on its topic.",
            buckets=TRANSIT,
        )

    def begin(self, rules: Iterable[str]) -> None:
        """Show these rules as not raised yet: Prometheus sees no growth in a counter that begins at 1."""
        for rule in rules:
            for msg_type in MSG_TYPES:
                self._emitted.labels(self._labels.rule(rule), msg_type)

    def emitted(self, alert: Alert) -> None:
        """Count an alert."""
        self._emitted.labels(self._labels.rule(alert.rule.id), self._msg_type(alert.msg_type)).inc()

    def withheld(self, reason: str, times: int) -> None:
        """Count alerts that were not raised."""
        if times:
            self._withheld.labels(self._reason(reason)).inc(times)

    def raised_after(self, seconds: float) -> None:
        """Observe the way of an article from topic to alert."""
        self._end_to_end.observe(max(0.0, seconds))

    def matches(self, partition: int, held: int, let_go: Mapping[str, int]) -> None:
        """Take note of the matches that are held, and of those that were let go of, by why."""
        label = self._labels.partition(partition)
        self._held.labels(label).set(held)
        for why, count in let_go.items():
            self._let_go.labels(label, self._why(why)).set(count)
