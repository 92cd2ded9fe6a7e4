"""The instruments of the ingest agents: what became of the articles, and what waits on the spool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.metrics.instruments import Instruments
from streams.metrics.labels import Label

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

AGENTS = ("feeds", "http", "watch", "kafka", "backfill")
OUTCOMES = ("published", "spooled", "refused", "duplicate", "dead")


class IngestMetrics:
    """The instruments, and one method for each thing that is counted. `agent` is one of AGENTS."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.make = make = Instruments(registry)
        self._agent, self._outcome = Label("agent", values=AGENTS), Label("outcome", values=OUTCOMES)
        self._status = Label("status", 20)
        self._articles = make.counter(
            "tocsin_ingest_articles",
            "Articles by what became of them at an agent (feeds, http, watch, kafka, backfill): published, "
            "spooled, refused, duplicate, dead.",
            self._agent,
            self._outcome,
        )
        self._spool_articles = make.gauge(
            "tocsin_ingest_spool_articles", "Messages on disk that wait for the brokers.", self._agent
        )
        self._spool_bytes = make.gauge(
            "tocsin_ingest_spool_bytes", "Bytes that the spool takes on disk.", self._agent
        )
        self._answers = make.counter(
            "tocsin_ingest_http_requests",
            "Requests that post articles, by the status of the answer.",
            self._status,
        )
        self._held = make.gauge("tocsin_ingest_http_bytes", "Bytes of posted articles that are under way.")

    def answered(self, status: int) -> None:
        """Count an answer to a sender."""
        self._answers.labels(self._status(status)).inc()

    def holds(self, size: int) -> None:
        """Note the bytes under way."""
        self._held.set(size)

    def counted(self, agent: str, outcome: str, count: int = 1) -> None:
        """Count articles by what became of them."""
        self._articles.labels(self._agent(agent), self._outcome(outcome)).inc(count)

    def spooled(self, agent: str, *, articles: int, size: int) -> None:
        """Note what lies on the spool; `size` in bytes."""
        label = self._agent(agent)
        self._spool_articles.labels(label).set(articles)
        self._spool_bytes.labels(label).set(size)
