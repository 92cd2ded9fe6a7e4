"""What one process measures: every instrument. The registry is passed in, nothing is shared by accident."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import PlatformCollector, ProcessCollector

from schemas import taxonomy
from streams.metrics.alerts import AlertMetrics
from streams.metrics.articles import ArticleMetrics
from streams.metrics.delivery import DeliveryMetrics
from streams.metrics.dyads import DyadMetrics
from streams.metrics.events import EventMetrics
from streams.metrics.flow import FlowMetrics
from streams.metrics.instruments import Instruments
from streams.metrics.stories import StoryMetrics

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry


class Metrics:
    """The instruments of workers and of delivery, by room."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.make = make = Instruments(registry)
        self.articles = ArticleMetrics(make)
        self.events = EventMetrics(make)
        self.stories = StoryMetrics(make)
        self.dyads = DyadMetrics(make)
        self.alerts = AlertMetrics(make)
        self.flow = FlowMetrics(make)
        self.delivery = DeliveryMetrics(make)
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        make.info(
            "tocsin_build",
            "What runs here.",
            {
                "version": version("tocsin"),
                "taxonomy": taxonomy().version,
                "python": platform.python_version(),
            },
        )
