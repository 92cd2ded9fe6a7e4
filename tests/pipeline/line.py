"""A line under test: topics on a clean broker, and workers that can be started, watched and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import uuid

from schemas import Alert, Dyad, Event, Story, decode, encode
from schemas.topics import (
    ALERTS,
    ARTICLES,
    CONTRIBUTIONS,
    DEADLETTERS,
    DYADS,
    EVENTS,
    MATCHES,
    STORIES,
    Topic,
)
from streams import children, topics
from streams.broker import admin, consumer, producer
from streams.lag import ends_of, is_drained, partitions_of
from streams.port import free_port
from streams.restore import read_to_end
from streams.settings import Settings
from tests.pipeline.waiting import wait_for

ENDS_WITHIN = 30  # seconds from SIGTERM; it takes 2


class Worker:
    """A `tocsin worker` process."""

    def __init__(self, settings: Settings, folder, worker_id: str | None) -> None:
        self.port = free_port("127.0.0.1")
        self.log = folder / f"worker-{self.port}.log"
        environment = os.environ | {
            "TOCSIN_BOOTSTRAP": settings.bootstrap,
            "TOCSIN_GROUP": settings.group,
            "TOCSIN_SESSION_TIMEOUT": "6",
            "TOCSIN_WEB_PORT": str(self.port),
        }
        if settings.rules:
            environment["TOCSIN_RULES"] = str(settings.rules)
        if worker_id:
            environment["TOCSIN_WORKER_ID"] = worker_id
        self.process = children.start(
            [sys.executable, "-m", "streams.cli", "worker"], log=self.log, env=environment
        )

    def get(self, page: str, **headers: str) -> tuple[int, str, str]:
        """Return status, content type and body of one of its pages; status 0 while it does not answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{page}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as got:
                return got.status, got.headers["Content-Type"], got.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read().decode()
        except OSError:
            return 0, "", ""

    def is_ready(self) -> bool:
        assert self.process.poll() is None, f"the worker ended: {self.log.read_text()}"
        return self.get("/readyz")[0] == 200

    def held(self) -> int:
        """Return how many partitions it holds."""
        for line in self.get("/metrics")[2].splitlines():
            if line.startswith("tocsin_partitions_held "):
                return int(float(line.split()[1]))
        return 0

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end, return its exit code."""
        self.process.terminate()
        return self.process.wait(ENDS_WITHIN)


class Line:
    """Topics on a clean broker, and the workers on them."""

    def __init__(self, bootstrap: str, folder, partitions: int = 4, rules=None) -> None:
        group = f"test-{uuid.uuid4().hex}"
        self.settings = Settings(bootstrap=bootstrap, group=group, partitions=partitions, rules=rules)
        self._folder, self._workers = folder, []
        self._admin = admin(self.settings)
        assert topics.ensure(self._admin, self.settings) == []

    def start_worker(self, worker_id: str | None = None) -> Worker:
        self._workers.append(Worker(self.settings, self._folder, worker_id))
        return self._workers[-1]

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()
        self._admin.close()

    def publish(self, *articles) -> None:
        self.send(*((article.id.encode(), encode(article)) for article in articles))

    def send(self, *messages: tuple[bytes | None, bytes | None]) -> None:
        """Put raw messages on the topic of articles."""
        sender = producer(self.settings, "test")
        sent = [
            sender.send(ARTICLES.name, value, key=key, headers=[("trace", b"t-1")]) for key, value in messages
        ]
        for future in sent:
            future.get(timeout=30)
        sender.close()

    def count(self, topic: Topic) -> int:
        """Return how many messages are on the topic."""
        return sum(ends_of(self._admin, partitions_of([topic.name], self.settings.partitions)).values())

    def records(self, topic: Topic) -> list:
        """Return every message of the topic."""
        reader = consumer(self.settings, "test")
        partitions = partitions_of([topic.name], self.settings.partitions)
        found = [record for partition in partitions for record in read_to_end(reader, partition)]
        reader.close()
        return found

    def is_drained(self) -> bool:
        chain = (ARTICLES, EVENTS, STORIES, CONTRIBUTIONS, DYADS, MATCHES)
        partitions = partitions_of([topic.name for topic in chain], self.settings.partitions)
        return is_drained(self._admin, self.settings.group, partitions)

    def drain(self) -> None:
        """Wait until everything published went through every stage."""
        wait_for(self.is_drained, "the line to be drained", within=90)

    def ids(self) -> dict[str, set[str]]:
        """Return the ids of all events, stories and alerts on one story; no others, which follow the clock."""
        return {
            "Event": {decode(Event, record.value).id for record in self.records(EVENTS)},
            "Story": {decode(Story, record.value).id for record in self.records(STORIES)},
            "Alert": {alert.id for alert in self.alerts() if alert.story},
        }

    def dyads(self) -> dict[str, Dyad]:
        """Return the last state of every dyad on the topic."""
        return {record.key.decode(): decode(Dyad, record.value) for record in self.records(DYADS)}

    def alerts(self) -> list[Alert]:
        """Return every alert on its topic."""
        return [decode(Alert, record.value) for record in self.records(ALERTS)]

    def deadletters(self) -> list:
        return self.records(DEADLETTERS)


def tocsin(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
