"""`python -m bench.http`: articles acknowledged a second, and what a broker that is away for minutes costs."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import aiohttp

from schemas.topics import ARTICLES
from streams.ingest.http.answers import TAKEN
from tests.ingest.http.service import TOKEN, Service, an_article
from tests.pipeline.brokers import Embedded, Kafka
from tests.pipeline.line import Line
from tests.pipeline.outage import Account, Agent, Senders, settled
from tests.pipeline.waiting import wait_for

BODY = "They spoke for an hour. " * 120  # 3 kB, as an article of the news has
SHAPES = ((1, 128), (10, 32), (50, 16))  # articles a request, requests at once
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Rate:
    """What one run came to; `cpu` in microseconds of the service an article."""

    articles: float
    p50: float
    p99: float
    cpu: float

    def __str__(self) -> str:
        return (
            f"{self.articles:8,.0f} articles/s   p50 {self.p50 * 1000:4,.0f} ms   p99 {self.p99 * 1000:5,.0f} ms"
            f"   {self.cpu:4,.0f} µs of the service's CPU each"
        )


def main() -> None:
    """Print every figure as it is made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broker", choices=["embedded", "kafka"], default="embedded")
    parser.add_argument("--articles", type=int, default=10_000, help="of each shape of request")
    parser.add_argument("--minutes", type=float, default=2, help="that the broker is away; 0 leaves that out")
    parser.add_argument("--rate", type=float, default=100, help="articles a second while it is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-http-") as name:
        folder = Path(name)
        broker = (Kafka if arguments.broker == "kafka" else Embedded)(folder)
        try:
            print(f"tocsin ingest http, {arguments.broker} broker on this machine, {os.cpu_count()} cores")
            rates(broker, folder, arguments.articles)
            if arguments.minutes:
                outage(broker, folder, arguments.minutes * 60, arguments.rate)
        finally:
            broker.stop()


def rates(broker: Embedded | Kafka, folder: Path, articles: int) -> None:
    """Print the rate of each shape of request, and what the service weighed at its heaviest."""
    line = Line(broker.clean(), folder)
    service = Service(os.environ | {"TOCSIN_BOOTSTRAP": line.settings.bootstrap}, folder)
    service.start(TOCSIN_SPOOL_AFTER="30")  # a machine that is busy must not look like a broker that is away
    try:
        numbers = count()
        asyncio.run(_post(service, 1_000, *SHAPES[-1], numbers))  # what is done for the first time is done
        for batch, at_once in SHAPES:
            rate = asyncio.run(_post(service, articles, batch, at_once, numbers))
            print(f"  {f'{batch} a request, {at_once} requests at once':38} {rate}", flush=True)
        print(f"  {'peak memory of the service':38} {_peak(service.process.pid):8,.0f} MB")
    finally:
        service.stop()
        line.close()


async def _post(service: Service, articles: int, batch: int, at_once: int, numbers: count) -> Rate:
    bodies = iter([_body(batch, numbers) for _ in range(articles // batch)])
    took: list[float] = []
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connector = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def sender() -> None:
            for body in bodies:
                began = time.monotonic()
                async with session.post(f"{service.address}/v1/articles", data=body) as answer:
                    await answer.read()
                    assert answer.status == TAKEN, answer.status
                took.append(time.monotonic() - began)

        cpu, began = _cpu(service.process.pid), time.monotonic()
        await asyncio.gather(*(sender() for _ in range(at_once)))
        seconds, cpu = time.monotonic() - began, _cpu(service.process.pid) - cpu
    took.sort()
    done = len(took) * batch
    return Rate(done / seconds, took[len(took) // 2], took[len(took) * 99 // 100], cpu / done * 1e6)


def _body(batch: int, numbers: count) -> bytes:
    articles = [an_article(next(numbers), body=BODY) for _ in range(batch)]
    return json.dumps(articles if batch > 1 else articles[0]).encode()


def outage(broker: Embedded | Kafka, folder: Path, seconds: float, rate: float) -> None:
    """Print what was lost and doubled of what agents and senders were told to be safe, over an outage."""
    line = Line(broker.clean(), folder)
    service = Service(os.environ | {"TOCSIN_BOOTSTRAP": line.settings.bootstrap}, folder).start()
    agent, senders = Agent(line.settings, folder, rate=rate), Senders(service).start()
    agent.start()
    try:
        wait_for(lambda: len(agent.told()) > rate and len(senders.safe) > rate, "load")
        broker.go_away()
        time.sleep(seconds)
        broker.come_back()
        told, safe = len(agent.told()), len(senders.safe)
        wait_for(
            lambda: len(agent.told()) > told + 10 * rate and len(senders.safe) > safe + rate,
            "load after the return",
            within=120,
        )
        senders.stop()
        said = agent.told()
        accounts: list[tuple[str, Account]] = []
        for name, ids in (("through the spool", [*said]), ("posted", senders.safe)):
            mine = "n-" if name != "posted" else ""
            account = settled(
                lambda ids=ids: ids,
                lambda mine=mine: [id_ for id_ in _on_topic(line) if id_.startswith("n-") == bool(mine)],
                within=300,
            )
            accounts.append((name, account))
        print(f"broker away for {seconds / 60:g} minutes, {rate:g} articles/s")
        for name, account in accounts:
            print(f"  {name:38} {account}", flush=True)
        print(f"  {'spooled meanwhile':38} {sum(how == 'spooled' for how in said.values()):,} articles")
    finally:
        senders.stop()
        agent.kill()
        service.stop()
        line.close()


def _on_topic(line: Line) -> list[str]:
    return [record.key.decode() for record in line.records(ARTICLES)]


def _cpu(pid: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _peak(pid: int) -> float:
    """Return the most memory that a process held, in MB."""
    [line] = [
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")
    ]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
