"""How often one address may ask: a bucket of tokens that fills with time. Pure: the clock comes in."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_ADDRESSES = 10_000  # remembered; of more, those that have not asked for the longest time are forgotten


@dataclass(slots=True)
class Limit:
    """So many requests a second on average, and so many at once."""

    per_second: float
    burst: float
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, address: str, now: float) -> float:
        """Take a token for a request; return the seconds to wait when there is none, else 0.

        `now` counts seconds of a clock that never goes back.
        """
        tokens, before = self._buckets.pop(address, (self.burst, now))
        tokens = min(self.burst, tokens + (now - before) * self.per_second)
        is_allowed = tokens >= 1
        self._buckets[address] = (tokens - is_allowed, now)
        if len(self._buckets) > MOST_ADDRESSES:
            del self._buckets[next(iter(self._buckets))]
        return 0.0 if is_allowed else (1 - tokens) / self.per_second
