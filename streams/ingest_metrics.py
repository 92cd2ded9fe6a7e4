"""The instruments of the ingest agents: what became of the articles, and what waits on the spool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry


class IngestMetrics:
    """The instruments, and one method for each thing that is counted. `agent` is one of five, see below."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._articles = Counter(
            "tocsin_ingest_articles",
            "Articles by what became of them at an agent (feeds, http, watch, kafka, backfill): published, "
            "spooled, refused, duplicate, dead.",
            ["agent", "outcome"],
            registry=registry,
        )
        self._spool_articles = Gauge(
            "tocsin_ingest_spool_articles",
            "Messages on disk that wait for the brokers.",
            ["agent"],
            registry=registry,
        )
        self._spool_bytes = Gauge(
            "tocsin_ingest_spool_bytes", "Bytes that the spool takes on disk.", ["agent"], registry=registry
        )

        self._answers = Counter(
            "tocsin_ingest_http_requests",
            "Requests that post articles, by the status of the answer.",
            ["status"],
            registry=registry,
        )
        self._held = Gauge(
            "tocsin_ingest_http_bytes", "Bytes of posted articles that are under way.", registry=registry
        )

    def answered(self, status: int) -> None:
        """Count an answer to a sender."""
        self._answers.labels(str(status)).inc()

    def holds(self, size: int) -> None:
        """Note the bytes under way."""
        self._held.set(size)

    def counted(self, agent: str, outcome: str, count: int = 1) -> None:
        """Count articles by what became of them."""
        self._articles.labels(agent, outcome).inc(count)

    def spooled(self, agent: str, *, articles: int, size: int) -> None:
        """Note what lies on the spool; `size` in bytes."""
        self._spool_articles.labels(agent).set(articles)
        self._spool_bytes.labels(agent).set(size)
