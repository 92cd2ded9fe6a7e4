"""The instruments of the live page: who looks at it, what it holds, and how late it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge, Histogram

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

DELAY = (
    0.05,
    0.1,
    0.2,
    0.3,
    0.5,
    0.75,
    1,
    2,
    5,
    30,
)  # seconds from a topic to the stream; 1 is the figure to hold
QUICK = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 60)  # seconds for one answer


class WebMetrics:
    """The instruments. Labels: `route` is a path of the API with names for its parts, never an address of somebody."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.clients = Gauge("tocsin_web_clients", "Open streams of the live page.", registry=registry)
        self.stories = Gauge(
            "tocsin_web_stories_kept", "Stories that the live page keeps.", registry=registry
        )
        self.to_stream = Histogram(
            "tocsin_web_story_to_stream_seconds",
            "From a story on its topic to the stream of one browser.",
            buckets=DELAY,
            registry=registry,
        )
        self.resets = Counter(
            "tocsin_web_resets", "Streams that fell behind and were told to begin anew.", registry=registry
        )
        self._requests = Counter(
            "tocsin_web_requests", "Requests answered.", ["route", "status"], registry=registry
        )
        self._took = Histogram(
            "tocsin_web_request_seconds", "Work on one request.", ["route"], buckets=QUICK, registry=registry
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(route, str(status)).inc()
        self._took.labels(route).observe(seconds)
