"""The instruments of the live page: who looks at it, what it holds, and how late it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.metrics.instruments import Instruments
from streams.metrics.labels import Label

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

# Seconds from a topic to the stream; 1 is the figure to hold.
DELAY = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 30)
QUICK = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 60)  # seconds for one answer
MOST_ROUTES = 60


class WebMetrics:
    """The instruments. Labels: `route` is a path of the API with names for its parts, never an address of somebody."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.make = make = Instruments(registry)
        self._route, self._status = Label("route", MOST_ROUTES), Label("status", 20)
        self.clients = make.gauge("tocsin_web_clients", "Open streams of the live page.")
        self.stories = make.gauge("tocsin_web_stories_kept", "Stories that the live page keeps.")
        self.to_stream = make.histogram(
            "tocsin_web_story_to_stream_seconds",
            "From a story on its topic to the stream of one browser.",
            buckets=DELAY,
        )
        self.resets = make.counter(
            "tocsin_web_resets", "Streams that fell behind and were told to begin anew."
        )
        self._requests = make.counter("tocsin_web_requests", "Requests answered.", self._route, self._status)
        self._took = make.histogram(
            "tocsin_web_request_seconds", "Work on one request.", self._route, buckets=QUICK
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        label = self._route(route)
        self._requests.labels(label, self._status(status)).inc()
        self._took.labels(label).observe(seconds)
