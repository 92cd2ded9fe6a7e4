"""Outlets for tests: on a broker that can be frozen, as a hung or cut-off one is."""

from __future__ import annotations

import contextlib
import os
import signal
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry

from schemas import Article
from schemas.topics import ARTICLES
from streams.ingest.outlet import Outlet
from streams.ingest_metrics import IngestMetrics

PATIENCE = 0.5  # seconds


def an_article(number, **changes):
    fields = {
        "id": f"article-{number:05}",
        "title": f"Report {number}",
        "body": "They spoke for an hour. " * 20,
        "source": "example",
        "published_at": datetime(2022, 5, 13, 20, tzinfo=UTC),
        "fetched_at": datetime.now(UTC),
    }
    return Article(**fields | changes)


class Outlets:
    """Outlets of one agent, one after the other, and what lies on the topic."""

    def __init__(self, broker, folder):
        self.broker, self.metrics = broker, IngestMetrics(CollectorRegistry())
        self.settings = broker.settings.model_copy(update={"spool": folder, "spool_after": PATIENCE})

    def open(self, **changed):
        settings = self.settings.model_copy(update=changed)
        return Outlet(settings, agent="feeds", metrics=self.metrics)

    def freeze(self):
        os.kill(self.broker.embedded.process.pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self.broker.embedded.process.pid, signal.SIGCONT)

    @contextlib.contextmanager
    def frozen(self):
        """Keep the broker from answering for as long as the block lasts."""
        self.freeze()
        try:
            yield
        finally:
            self.thaw()

    def on_topic(self):
        """Return the keys on the topic, partition by partition."""
        return [record.key.decode() for record in self.broker.records(ARTICLES)]

    def counted(self, outcome):
        labels = {"agent": "feeds", "outcome": outcome}
        return self.metrics.registry.get_sample_value("tocsin_ingest_articles_total", labels) or 0
