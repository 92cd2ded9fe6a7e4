"""The whole line on one machine: a broker, a worker, the sample articles, and the alerts they raise."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from schemas import Alert, decode
from schemas.topics import ALERTS, ARTICLES, CONTRIBUTIONS, DEADLETTERS, DYADS, EVENTS, MATCHES, STORIES
from streams import children, topics
from streams.broker import admin, consumer, producer
from streams.embedded import EmbeddedBroker, embedded_broker
from streams.errors import TocsinError
from streams.ingest.publish import publish
from streams.ingest.read import find_files, read_articles
from streams.lag import ends_of, is_drained, partitions_of
from streams.outbox import Acknowledged, Outbox
from streams.port import free_port
from streams.settings import Settings

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator


CHAIN = (
    ARTICLES,
    EVENTS,
    STORIES,
    CONTRIBUTIONS,
    DYADS,
    MATCHES,
)  # where a message may still wait for a stage
SHOWN = (ARTICLES, EVENTS, STORIES, ALERTS, DEADLETTERS)
POLL_MS = 500
LOOK_EVERY = 0.1  # seconds; cheaper than to poll, as the embedded broker answers at once that it has nothing
DRAINED_WITHIN = 120.0  # seconds; the samples take 5


class DemoFailed(TocsinError):
    """A part of the demo ended or stood still."""


@dataclass(slots=True)
class Line:
    """The running line: its processes, and clients to feed and to watch it."""

    settings: Settings
    folder: Path
    broker: EmbeddedBroker | None
    worker: subprocess.Popen[bytes]
    page: subprocess.Popen[bytes] | None
    client: KafkaAdminClient
    reader: KafkaConsumer
    partitions: int
    began: dict[TopicPartition, int]
    started: float = field(default_factory=time.monotonic)

    def live_page(self) -> str | None:
        """Return the address of the live page; None where there is none."""
        return f"http://{self.settings.web_host}:{self.settings.web_page_port}/" if self.page else None

    def pages(self) -> list[str]:
        """Return the addresses of the metrics and health pages."""
        site = f"http://{self.settings.web_host}:{self.settings.web_port}"
        return [f"{site}/metrics", f"{site}/healthz", f"{site}/readyz"]

    def publish(self, paths: list[Path]) -> None:
        """Publish the articles of these files. Raises DemoFailed naming the first that failed."""
        sender = producer(self.settings, "demo")
        try:
            outbox = Outbox(sender, patience=self.settings.delivery_timeout)
            for outcome in publish(read_articles(find_files(paths), now=datetime.now(UTC)), outbox):
                if not isinstance(outcome, Acknowledged):
                    raise DemoFailed(f"{outcome.where}: {outcome.why}")
        finally:
            sender.close(timeout=1)

    def alerts(self, *, once: bool, stop: threading.Event) -> Iterator[Alert]:
        """Yield the alerts as they come until `stop` is set; with `once`, until all that was published went through.

        Raises DemoFailed when the broker or the worker ended, or when `once` takes too long.
        """
        try:
            yield from self._alerts(once=once, stop=stop)
        except KafkaError:  # what a broker that ended leaves behind; say that it ended
            time.sleep(LOOK_EVERY)
            self._check()
            raise

    def _alerts(self, *, once: bool, stop: threading.Event) -> Iterator[Alert]:
        drained = False
        while not stop.wait(LOOK_EVERY):
            self._check()
            while not self._has_read_all() and not stop.is_set():
                for records in self.reader.poll(timeout_ms=POLL_MS).values():
                    yield from (decode(Alert, record.value) for record in records)
            if drained:
                return
            drained = once and self._is_drained()

    def counts(self) -> dict[str, int]:
        """Return how many messages came onto each topic since the line started."""
        ends = ends_of(self.client, self.began)
        return {
            topic.name.removeprefix("tocsin."): sum(
                ends[partition] - start
                for partition, start in self.began.items()
                if partition.topic == topic.name
            )
            for topic in SHOWN
        }

    def _is_drained(self) -> bool:
        if time.monotonic() - self.started > DRAINED_WITHIN:
            raise DemoFailed(f"not done after {DRAINED_WITHIN:.0f} s; the worker said: {self._worker_said()}")
        chain = partitions_of([topic.name for topic in CHAIN], self.partitions)
        return is_drained(self.client, self.settings.group, chain)

    def _has_read_all(self) -> bool:
        ends = ends_of(self.client, self.reader.assignment())
        return all(self.reader.position(partition) >= end for partition, end in ends.items())

    def _check(self) -> None:
        if self.broker and (code := self.broker.process.poll()) is not None:
            raise DemoFailed(
                f"the embedded broker ended (exit code {code}): {children.last_words(self.broker.log)}"
            )
        if (code := self.worker.poll()) is not None:
            raise DemoFailed(f"the worker ended (exit code {code}): {self._worker_said()}")
        if self.page and (code := self.page.poll()) is not None:
            said = children.last_words(self.folder / "web.log")
            raise DemoFailed(f"the live page ended (exit code {code}): {said}")

    def _worker_said(self) -> str:
        return children.last_words(self.folder / "worker.log")


@contextlib.contextmanager
def running(settings: Settings, *, own_broker: bool, page: bool) -> Iterator[Line]:
    """Run the whole line for as long as the block lasts; nothing of it is left behind. `page`: the live page too.

    Raises TocsinError when a part of it cannot start.
    """
    web_port = free_port(settings.web_host, settings.web_port)
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        broker = stack.enter_context(embedded_broker(folder)) if own_broker else None
        changed: dict[str, object] = {"web_port": web_port}
        if page:
            changed["web_page_port"] = free_port(settings.web_host, settings.web_page_port)
        if broker:
            changed |= {"bootstrap": broker.bootstrap, "security_protocol": "PLAINTEXT", "replication": 1}
        settings = settings.model_copy(update=changed)
        client = admin(settings)
        stack.callback(client.close)
        topics.ensure(client, settings)
        partitions = topics.require(client, settings)
        worker = children.start(
            [sys.executable, "-m", "streams.cli", "worker"],
            log=folder / "worker.log",
            env=environment(settings),
        )
        stack.callback(_end, worker, broker)
        live = None
        if page:
            live = children.start(
                [sys.executable, "-m", "streams.cli", "web"],
                log=folder / "web.log",
                env=environment(settings),
            )
            stack.callback(_end, live, broker)
        reader = consumer(settings, "demo")
        stack.callback(reader.close, autocommit=False, timeout_ms=1_000)
        began = ends_of(client, partitions_of([topic.name for topic in SHOWN], partitions))
        _read_from_here(reader, began)
        yield Line(settings, folder, broker, worker, live, client, reader, partitions, began)


def _end(process: subprocess.Popen[bytes], broker: EmbeddedBroker | None) -> None:
    """End a process of the line; without its broker it would wait for it, so it is not asked."""
    is_orphan = broker is not None and broker.process.poll() is not None
    children.end(process, grace=0 if is_orphan else children.GRACE)


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment that gives the processes of the line these settings; what is secret they inherit."""
    said = settings.model_dump(mode="json", exclude_none=True, exclude={"sasl_password", "web_token"})
    return os.environ | {f"TOCSIN_{name.upper()}": str(value) for name, value in said.items()}


def _read_from_here(reader: KafkaConsumer, ends: dict[TopicPartition, int]) -> None:
    """Read alerts from where they end now: a broker of the user's may hold older ones."""
    partitions = [partition for partition in ends if partition.topic == ALERTS.name]
    reader.assign(partitions)
    for partition in partitions:
        reader.seek(partition, ends[partition])


def samples() -> Path:
    """Return the folder of sample articles, of the installed package or of the source tree."""
    installed = Path(str(files("streams"))) / "seeds"
    return installed if installed.is_dir() else Path(__file__).parents[1] / "seeds"
