"""The few shapes that queries of ours have."""

from __future__ import annotations


def grew(metric: str, window: str, by: str = "") -> str:
    """Return by how much a counter grew in a window, in all or for each value of labels."""
    return f"{_sum(by)} (increase({metric}[{window}]))"


def rate(metric: str, by: str = "") -> str:
    """Return how much a counter grows a second, at the resolution of the panel."""
    return f"{_sum(by)} (rate({metric}[$__rate_interval]))"


def quantile(share: float, histogram: str, labels: str = "", by: str = "") -> str:
    """Return the value that this share of what a histogram observed lies below."""
    le = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({le}) (rate({histogram}_bucket{labels}[$__rate_interval])))"


def buckets(histogram: str, labels: str = "") -> str:
    """Return how many observations fell into each bucket of a histogram, as a heat map asks for it."""
    return f"sum by (le) (increase({histogram}_bucket{labels}[$__rate_interval]))"


def _sum(by: str) -> str:
    return f"sum by ({by})" if by else "sum"
