"""Whether confidence means something: of the events given 0.8, about 80 % must be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.evaluation.comparing import Comparison

_BINS = 10


@dataclass(slots=True)
class Bin:
    """The events whose confidence lies in [`low`, `low` + 0.1)."""

    low: float
    events: int = 0
    right: int = 0
    confidence: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the bin with its mean confidence and the share that is right."""
        return {
            "from": self.low,
            "events": self.events,
            "confidence": round(self.confidence / self.events, 3),
            "right": round(self.right / self.events, 3),
        }


def calibration(comparisons: Iterable[Comparison]) -> list[Bin]:
    """Return the bins that hold events: events of any status, but not those that may be found or not."""
    bins = [Bin(low=number / _BINS) for number in range(_BINS)]
    for each in comparisons:
        for event, right in zip(each.events, each.right, strict=True):
            if right is not None:
                at = bins[min(int(event.confidence * _BINS), _BINS - 1)]
                at.events += 1
                at.right += right
                at.confidence += event.confidence
    return [each for each in bins if each.events]
