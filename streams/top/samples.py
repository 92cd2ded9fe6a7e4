"""The pages of several workers, read as one: counters add up, of gauges the largest holds."""

from __future__ import annotations

import operator
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Labels = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Samples:
    """What pages say, each series once."""

    values: dict[str, dict[Labels, float]] = field(default_factory=dict)

    def by(self, name: str, label: str, **only: str) -> dict[str, float]:
        """Return the values of a metric by one label, added up over the others; `only` those with these labels."""
        found: dict[str, float] = defaultdict(float)
        for labels, value in self.values.get(name, {}).items():
            said = dict(labels)
            if label in said and only.items() <= said.items():
                found[said[label]] += value
        return dict(found)

    def total(self, name: str, **only: str) -> float:
        """Return the sum of a metric over all its series, or those with these labels."""
        series = self.values.get(name, {}).items()
        return sum(value for labels, value in series if only.items() <= dict(labels).items())

    def quantile(self, histogram: str, share: float) -> float | None:
        """Return the bound that this share of the observations lie below; None without an observation."""
        buckets = sorted((float(le), count) for le, count in self.by(f"{histogram}_bucket", "le").items())
        if not buckets or not buckets[-1][1]:
            return None
        return next(bound for bound, count in buckets if count >= share * buckets[-1][1])


def read(pages: Iterable[str]) -> Samples:
    """Return what these pages say together. Raises ValueError when one is no page of metrics."""
    values: dict[str, dict[Labels, float]] = defaultdict(dict)
    for page in pages:
        for family in text_string_to_metric_families(page):
            together: Callable[[float, float], float] = max if family.type == "gauge" else operator.add
            for sample in family.samples:
                labels = frozenset(sample.labels.items())
                series = values[sample.name]
                series[labels] = together(series[labels], sample.value) if labels in series else sample.value
    return Samples(dict(values))
