"""Makes instruments, and keeps the list of them: what each means, and the most time series that it can make."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge, Histogram, Info, disable_created_metrics

from streams.metrics.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from prometheus_client import CollectorRegistry

    from streams.metrics.labels import Label

disable_created_metrics()  # type: ignore[no-untyped-call] # a second series for each counter and histogram, which nobody asks for
OF_A_HISTOGRAM = 3  # series beside its buckets: the endless bucket, sum and count


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument as the documentation tells of it. `most`: the time series that it makes at most."""

    name: str
    kind: str
    labels: tuple[str, ...]
    about: str
    most: int


class Instruments:
    """Makes the instruments of one process in the registry of it, with labels that are shared."""

    def __init__(self, registry: CollectorRegistry, labels: Labels | None = None) -> None:
        self.registry = registry
        self.labels = labels or Labels()
        self.made: list[Instrument] = []

    def counter(self, name: str, about: str, *labels: Label) -> Counter:
        """Make a counter; its samples end in `_total`, its name does not."""
        self._note(f"{name}_total", "counter", about, labels)
        return Counter(name, about, _names(labels), registry=self.registry)

    def gauge(self, name: str, about: str, *labels: Label, most: int | None = None) -> Gauge:
        """Make a gauge. `most`: how many series it makes, where that is less than the labels allow together."""
        self._note(name, "gauge", about, labels, most)
        return Gauge(name, about, _names(labels), registry=self.registry)

    def histogram(self, name: str, about: str, *labels: Label, buckets: Sequence[float]) -> Histogram:
        """Make a histogram."""
        each = len(buckets) + OF_A_HISTOGRAM
        self._note(name, "histogram", about, labels, each * prod(label.most for label in labels))
        return Histogram(name, about, _names(labels), buckets=buckets, registry=self.registry)

    def info(self, name: str, about: str, said: Mapping[str, str]) -> None:
        """Tell what does not change while the process runs."""
        self._note(f"{name}_info", "info", about, ())
        Info(name, about, registry=self.registry).info(dict(said))

    def _note(
        self, name: str, kind: str, about: str, labels: Sequence[Label], most: int | None = None
    ) -> None:
        bound = prod(label.most for label in labels) if most is None else most
        self.made.append(Instrument(name, kind, tuple(_names(labels)), about, bound))


def _names(labels: Sequence[Label]) -> list[str]:
    return [label.name for label in labels]
