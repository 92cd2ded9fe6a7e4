"""The gauges of the watched dyads: as many as the watch list, which is bounded, and none for what news happens to name.

At most twelve time series a dyad: tension and z of three directions, last contact on three channels, refusals, lines.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge

from streams.tension.holdings import Evicted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prometheus_client import CollectorRegistry

    from schemas import Dyad
    from streams.tension import Dyads


class DyadMetrics:
    """Shows each dyad as it was told last."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, about: str, *labels: str) -> Gauge:
            return Gauge(f"tocsin_dyad_{name}", about, labels, registry=registry)

        self._tension = gauge("tension", "Index; RUS-USA both ways, RUS>USA what RUS did to USA.", "dyad")
        self._z = gauge("tension_z", "Robust z of the index; absent while there is no baseline.", "dyad")
        self._contact = gauge(
            "last_contact_timestamp_seconds",
            "Midnight UTC of the day of the last contact.",
            "dyad",
            "channel",
        )
        self._refusals = gauge("refusals_in_a_row", "Contact refused since the last contact.", "dyad")
        self._open = gauge("lines_open", "Lines last told to be open.", "dyad")
        self._cut = gauge("lines_cut", "Lines last told to be cut.", "dyad")
        self._of_dyads = (self._tension, self._z, self._contact, self._refusals, self._open, self._cut)
        self._held = gauge("contributions_held", "Stories held for the index.")
        self._evicted = Counter(
            "tocsin_dyad_contributions_evicted",
            "Stories let go of: expired as the formula says, or crowded out by too many.",
            ["reason"],
            registry=registry,
        )
        self._counted = Evicted()

    def weighed(self, changed: Sequence[Dyad], dyads: Dyads) -> None:
        """Show the dyads that changed, and how much is held for all of them."""
        for dyad in changed:
            self._show(dyad)
        self._held.set(len(dyads))
        now, before = dyads.evicted, self._counted
        self._evicted.labels("expired").inc(now.expired - before.expired)
        self._evicted.labels("crowded").inc(now.crowded - before.crowded)
        self._counted = Evicted(now.expired, now.crowded)

    def forget(self) -> None:
        """Show no dyad: another worker may weigh them from now on."""
        for gauge in self._of_dyads:
            gauge.clear()
        self._held.set(0)
        self._counted = Evicted()

    def _show(self, dyad: Dyad) -> None:
        for tension in (dyad.tension, *dyad.directed):
            self._tension.labels(tension.direction).set(tension.value)
            if tension.z is None:
                self._z.remove_by_labels({"dyad": tension.direction})
            else:
                self._z.labels(tension.direction).set(tension.z)
        self._contact.remove_by_labels({"dyad": dyad.id})
        for contact in dyad.contacts:
            midnight = datetime.combine(contact.day, time.min, UTC)
            self._contact.labels(dyad.id, contact.channel).set(midnight.timestamp())
        self._refusals.labels(dyad.id).set(dyad.refusals.in_a_row)
        self._open.labels(dyad.id).set(dyad.lines_open)
        self._cut.labels(dyad.id).set(dyad.lines_cut)
