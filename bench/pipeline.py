"""The whole line on a broker: how many articles a second, how long until an alert, how much memory."""

from __future__ import annotations

import contextlib
import re
import statistics
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas import encode
from schemas.topics import ALERTS, ARTICLES, CONTRIBUTIONS, DYADS, EVENTS, MATCHES, STORIES, Topic
from streams import children, topics
from streams.broker import admin, consumer, producer
from streams.demo import environment
from streams.lag import is_drained, partitions_of
from streams.restore import read_to_end
from streams.settings import Settings
from streams.stages import ENTERED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import Popen

    from schemas import Article
    from tests.pipeline.brokers import Embedded, Kafka

WORKER = ("streams.cli", "worker")
PASS_THROUGH = ("bench.passthrough",)
CHAINS = {WORKER: (ARTICLES, EVENTS, STORIES, CONTRIBUTIONS, DYADS, MATCHES), PASS_THROUGH: (ARTICLES,)}
OUTPUTS = {WORKER: (EVENTS, STORIES, ALERTS), PASS_THROUGH: (EVENTS,)}
DRAINED_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from an article on its topic to an alert on its topic, at a load in articles a second."""

    load: int
    alerts: int
    p50: float
    p99: float


class Run:
    """A broker, processes that share the work on it, and clients of ours."""

    def __init__(self, settings: Settings, module: tuple[str, ...], processes: list[Popen[bytes]]) -> None:
        self._settings, self._module, self._processes = settings, module, processes
        self._admin = admin(settings)

    def publish(self, articles: list[Article], *, per_second: int | None = None) -> None:
        """Put the articles on their topic, at once or at a steady rate."""
        sender = producer(self._settings, "bench")
        began = time.monotonic()
        for number, article in enumerate(articles):
            if per_second:
                time.sleep(max(0.0, began + number / per_second - time.monotonic()))
            sender.send(ARTICLES.name, encode(article), key=article.id.encode())
        sender.flush()
        sender.close()

    def drain(self) -> None:
        """Wait until every article went through."""
        chain = partitions_of([topic.name for topic in CHAINS[self._module]], self._settings.partitions)
        until = time.monotonic() + DRAINED_WITHIN
        while not is_drained(self._admin, self._settings.group, chain):
            if any(process.poll() is not None for process in self._processes) or time.monotonic() > until:
                sys.exit(f"bench: {self._module} did not finish")
            time.sleep(0.1)

    def records(self, topic: Topic) -> list:
        """Return every message of the topic."""
        reader = consumer(self._settings, "bench")
        found = [
            record
            for partition in partitions_of([topic.name], self._settings.partitions)
            for record in read_to_end(reader, partition)
        ]
        reader.close()
        return found

    def seconds(self) -> float:
        """Return the time from the first output to the last."""
        stamps = [record.timestamp for topic in OUTPUTS[self._module] for record in self.records(topic)]
        return (max(stamps) - min(stamps)) / 1000

    def peak_memory(self) -> float | None:
        """Return the most memory that one process ever held, in MB; None where the system does not tell."""
        files = [Path(f"/proc/{process.pid}/status") for process in self._processes]
        found = [re.search(r"VmHWM:\s+(\d+) kB", file.read_text()) for file in files if file.exists()]
        return max((int(held[1]) / 1024 for held in found if held), default=None)


@contextlib.contextmanager
def running(module: tuple[str, ...], broker: Embedded | Kafka, *, processes: int = 1) -> Iterator[Run]:
    """Run a module of ours on a clean broker, in so many processes."""
    settings = Settings(bootstrap=broker.clean(), group=f"bench-{uuid.uuid4().hex}", web_port=0)
    client = admin(settings)
    topics.ensure(client, settings)
    client.close()
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        started = [
            children.start(
                [sys.executable, "-m", *module],
                log=Path(name) / f"worker-{number}.log",
                env=environment(settings) | {"TOCSIN_WORKER_ID": f"bench-{number}"},
            )
            for number in range(processes)
        ]
        try:
            yield Run(settings, module, started)
        finally:
            for process in started:
                children.end(process)


def rate(
    module: tuple[str, ...], articles: list[Article], broker: Embedded | Kafka
) -> tuple[float, float | None]:
    """Return articles a second through the module, and its peak memory in MB."""
    with running(module, broker) as run:
        run.publish(articles)
        run.drain()
        return len(articles) / run.seconds(), run.peak_memory()


def latency(articles: list[Article], broker: Embedded | Kafka, *, load: int, workers: int) -> Latency:
    """Return how long alerts take while articles come at a steady rate."""
    with running(WORKER, broker, processes=workers) as run:
        run.publish(articles[:load])
        run.drain()
        before = {record.key for record in run.records(ALERTS)}
        run.publish(articles[load:], per_second=load)
        run.drain()
        took = [
            record.timestamp - int(entered)
            for record in run.records(ALERTS)
            if record.key not in before and (entered := dict(record.headers).get(ENTERED))
        ]  # an alert of the clock, as the watchdog is, has no article
    cuts = statistics.quantiles(took, n=100)
    return Latency(load, len(took), statistics.median(took), cuts[98])
