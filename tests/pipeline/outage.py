"""Load on ingest while the broker is away or the agent is killed, and the account of it afterwards."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry

from schemas import Article
from streams import children
from streams.ingest.outlet import Outlet
from streams.ingest_metrics import IngestMetrics
from streams.settings import Settings, read_settings
from tests.ingest.http.service import an_article
from tests.pipeline.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@dataclass
class Account:
    """What was told to be safe, against what is on the topic."""

    told: list[str]
    on_topic: list[str]
    seconds: float = 0.0  # from the broker's return until all of it was there

    @property
    def lost(self) -> set[str]:
        return set(self.told) - set(self.on_topic)

    @property
    def doubled(self) -> list[str]:
        return [id_ for id_, times in Counter(self.on_topic).items() if times > 1]

    def __str__(self) -> str:
        return (
            f"{len(set(self.told)):,} told to be safe, {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"all there {self.seconds:.0f} s after the return"
        )


def settled(
    told: Callable[[], Iterable[str]], on_topic: Callable[[], list[str]], within: float = 60.0
) -> Account:
    """Wait until everything that was told is on the topic; return the account."""
    began = time.monotonic()
    wait_for(lambda: set(told()) <= set(on_topic()), "everything told to be safe", within=within, every=2)
    took = time.monotonic() - began
    time.sleep(1)  # what would come twice may come late
    return Account(list(told()), on_topic(), took)


def a_numbered(number: int) -> Article:
    return Article(
        id=f"n-{number:07}",
        body="They spoke for an hour. " * 40,
        published_at=datetime(2022, 5, 13, tzinfo=UTC),
    )


async def agent(settings: Settings, *, rate: float, first: int = 0) -> None:
    """Put numbered articles through an outlet for ever, telling each that is safe on a line of its own."""
    async with Outlet(settings, agent="watch", metrics=IngestMetrics(CollectorRegistry())) as outlet:
        number, began = first, time.monotonic()
        putting: set[asyncio.Task] = set()

        async def put(article: Article) -> None:
            outcome = await outlet.put(article)
            sys.stdout.write(f"{article.id} {outcome}\n")
            sys.stdout.flush()

        while True:
            while number - first < (time.monotonic() - began) * rate:
                task = asyncio.create_task(put(a_numbered(number)))
                putting.add(task)
                task.add_done_callback(putting.discard)
                number += 1
            await asyncio.sleep(0.01)


class Agent:
    """The agent in a process of its own: what it told, over its lives."""

    def __init__(self, settings: Settings, folder: Path, *, rate: float) -> None:
        self._log, self._rate = folder / "agent.log", rate
        self._environment = os.environ | {
            "TOCSIN_BOOTSTRAP": settings.bootstrap,
            "TOCSIN_SPOOL": str(folder / "spool"),
            "TOCSIN_SPOOL_AFTER": "1",
        }
        self._process = None
        self._lives = 0

    def start(self, first: int = 0) -> None:
        command = [sys.executable, "-m", "tests.pipeline.outage", str(self._rate), str(first)]
        self._process = children.start(command, log=self._log, env=self._environment)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def told(self) -> dict[str, str]:
        """Return every article that was told to be safe, with how."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        return dict(line.split() for line in lines if line.startswith("n-") and line.count(" ") == 1)

    def next_number(self) -> int:
        """Return where an agent that remembers what was safe goes on: the first number not told."""
        told, number = self.told(), 0
        while f"n-{number:07}" in told:
            number += 1
        return number


@dataclass
class Senders:
    """Threads that post batches to the service, each again until it is answered 202; ids of what was."""

    service: object
    batch: int = 5
    safe: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, number: int = 4) -> Senders:
        self._threads = [threading.Thread(target=self._send, args=(at,)) for at in range(number)]
        for thread in self._threads:
            thread.start()
        return self

    def _send(self, sender: int) -> None:
        turn = 0
        while not self._stop.is_set():
            articles = [an_article(f"{sender}-{turn}-{at}") for at in range(self.batch)]
            try:
                answer = self.service.post(articles)
            except (OSError, json.JSONDecodeError):
                time.sleep(0.1)  # killed in the midst of it: sent again, the same
                continue
            if answer.status == 202:
                self.safe += [item["id"] for item in answer.said["items"]]
                turn += 1
            else:
                time.sleep(0.2)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


if __name__ == "__main__":
    asyncio.run(agent(read_settings(), rate=float(sys.argv[1]), first=int(sys.argv[2])))
