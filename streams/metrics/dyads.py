"""The gauges of the watched dyads: as many as the watch list, which is bounded, and none for what news happens to name.

At most eighteen time series a dyad: tension and z of three directions, what is usual and what it rests on, last contact
on three channels, refusals, lines, what moved it up and down.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from schemas import Polarity
from streams.metrics.labels import Label
from streams.tension.holdings import Evicted
from streams.tension.watch import MOST_DYADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prometheus_client import Gauge

    from schemas import Dyad
    from streams.metrics.instruments import Instruments
    from streams.tension import Dyads
    from streams.tension.watch import Watched


DIRECTIONS = 3  # of a dyad: both ways, forth and back
CHANNELS = 3  # of contact, as the formula names them
MOVING = (Polarity.ESCALATORY, Polarity.DEESCALATORY)  # up and down; what is neutral does not move the index
CONSISTENT = 1 / 0.6745  # the standard deviation of the normal distribution, in median absolute deviations


class DyadMetrics:
    """Shows each dyad as it was told last."""

    def __init__(self, make: Instruments) -> None:
        dyad, channel = Label("dyad", MOST_DYADS), Label("channel", CHANNELS)

        def gauge(name: str, about: str, *labels: Label, each: int = 1) -> Gauge:
            return make.gauge(f"tocsin_dyad_{name}", about, *labels, most=each * MOST_DYADS)

        both = "Index; RUS-USA both ways, RUS>USA what RUS did to USA."
        self._tension = gauge("tension", both, dyad, each=DIRECTIONS)
        self._z = gauge(
            "tension_z", "Robust z of the index; absent while there is no baseline.", dyad, each=DIRECTIONS
        )
        self._median = gauge(
            "tension_median", "What is usual for the index: its median of the baseline.", dyad
        )
        self._spread = gauge(
            "tension_spread",
            "How much the index usually departs from that, comparable to a standard deviation.",
            dyad,
        )
        self._days = gauge("baseline_days", "Days that the median is taken over.", dyad)
        self._stories = gauge("stories", "Stories of the days held that count in the index.", dyad)
        self._contact = gauge(
            "last_contact_timestamp_seconds",
            "Midnight UTC of the day of the last contact.",
            dyad,
            channel,
            each=CHANNELS,
        )
        self._refusals = gauge("refusals_in_a_row", "Contact refused since the last contact.", dyad)
        self._open = gauge("lines_open", "Lines last told to be open.", dyad)
        self._cut = gauge("lines_cut", "Lines last told to be cut.", dyad)
        self._of_dyads = (
            self._tension,
            self._z,
            self._median,
            self._spread,
            self._days,
            self._stories,
            self._contact,
            self._refusals,
            self._open,
            self._cut,
        )
        self._held = make.gauge("tocsin_dyad_contributions_held", "Stories held for the index.")
        self._evicted = make.counter(
            "tocsin_dyad_contributions_evicted",
            "Stories let go of: expired as the formula says, or crowded out by too many.",
            Label("reason", values=("expired", "crowded")),
        )
        self._events = make.counter(
            "tocsin_dyad_events",
            "Stories that began to count in the index, by the way they move it: planned and denied ones do not.",
            dyad,
            Label("polarity", values=MOVING),
        )
        self._counted = Evicted()

    def begin(self, watched: Sequence[Watched]) -> None:
        """Show that nothing moved these dyads yet: Prometheus sees no growth in a counter that begins at 1."""
        for dyad in watched:
            for polarity in MOVING:
                self._events.labels(dyad.id, polarity)

    def weighed(self, changed: Sequence[Dyad], dyads: Dyads) -> None:
        """Show the dyads that changed, and how much is held for all of them."""
        for dyad in changed:
            self._show(dyad)
        for name, impulse in dyads.began:
            self._events.labels(name, MOVING[impulse < 0]).inc()
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
        self._show_baseline(dyad)
        self._contact.remove_by_labels({"dyad": dyad.id})
        for contact in dyad.contacts:
            midnight = datetime.combine(contact.day, time.min, UTC)
            self._contact.labels(dyad.id, contact.channel).set(midnight.timestamp())
        self._refusals.labels(dyad.id).set(dyad.refusals.in_a_row)
        self._open.labels(dyad.id).set(dyad.lines_open)
        self._cut.labels(dyad.id).set(dyad.lines_cut)

    def _show_baseline(self, dyad: Dyad) -> None:
        tension = dyad.tension
        for gauge, value in (
            (self._median, tension.median),
            (self._spread, None if tension.mad is None else tension.mad * CONSISTENT),
        ):
            if value is None:
                gauge.remove_by_labels({"dyad": dyad.id})
            else:
                gauge.labels(dyad.id).set(value)
        self._days.labels(dyad.id).set(dyad.window.baseline_days)
        self._stories.labels(dyad.id).set(tension.stories)
