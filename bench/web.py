"""`python -m bench.web`: 100,000 stories kept: memory, the way of a story to 50 browsers, bytes, how fast it opens."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import aiohttp
from playwright.sync_api import sync_playwright

from bench.stories import _events
from schemas import Story, encode
from schemas.base import stable_id
from schemas.topics import STORIES
from streams import children
from streams.broker import producer
from streams.port import free_port
from streams.stories import Stories
from tests.onbroker import OnBroker
from tests.pipeline.brokers import Embedded, Kafka
from tests.pipeline.waiting import wait_for
from tests.web import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

PATTERNS = 3_000  # stories that all others are made of: other ids, words and addresses
WORDS = 26  # of a quote
AT_ONCE = 500  # stories sent before the broker has acknowledged any of them
BROWSERS = 50
RATE, SECONDS = 20, 15  # stories a second while latency is measured
OPENED = 8  # times
DEFLATED = {"Accept-Encoding": "gzip"}


def main() -> None:
    """Print each figure as it is made."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--broker", choices=["embedded", "kafka"], default="embedded")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-web-") as name:
        folder = Path(name)
        kind = (Kafka if arguments.broker == "kafka" else Embedded)(folder)
        try:
            broker = OnBroker(SimpleNamespace(bootstrap=kind.clean()))
            broker.provision()
            measure(broker, folder, arguments.stories, reads_back=arguments.broker == "kafka")
        finally:
            kind.stop()


def measure(broker: OnBroker, folder: Path, count: int, *, reads_back: bool) -> None:
    """Print what the page takes and how late it tells.

    `reads_back`: whether the stories are there when it starts; the embedded broker sends a partition as one answer,
    whatever limits are asked for.
    """
    stories = told()
    size = publish(broker, stories, count) if reads_back else 0
    page = Page(broker, folder)
    try:
        size = size or publish(broker, stories, count)
        wait_for(lambda: page.kept() >= count, "the stories to be kept", within=900)
        now, most = page.memory()
        print(
            f"{page.kept():,} stories of {size / count:,.0f} bytes kept in {now:,.0f} MB, {most:,.0f} MB at the most"
        )
        if reads_back:
            print(f"  {'ready after':32} {page.took:8,.0f} s", flush=True)
        _measure(page, broker, stories)
    finally:
        page.stop()


class Page:
    """`tocsin web` beside the broker."""

    def __init__(self, broker: OnBroker, folder: Path) -> None:
        self.port, began = free_port("127.0.0.1"), time.monotonic()
        self.address = f"http://127.0.0.1:{self.port}"
        environment = os.environ | broker.environment | {"TOCSIN_WEB_PAGE_PORT": str(self.port)}
        command = [sys.executable, "-m", "streams.cli", "web"]
        self._log = folder / "log"
        self._process = children.start(command, log=self._log, env=environment)
        wait_for(self._is_ready, "the page to be ready", within=600)
        self.took = time.monotonic() - began

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, self._log.read_text()
        try:
            return self.get("/readyz")[0] == 200  # noqa: PLR2004 - the status
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body as they come over the wire."""
        request = urllib.request.Request(self.address + path, headers=DEFLATED)
        with urllib.request.urlopen(request, timeout=60) as got:
            return got.status, got.read()

    def kept(self) -> int:
        """Return how many stories it keeps."""
        return int(json.loads(self.get("/api/v1/status")[1])["stories_kept"])

    def memory(self) -> tuple[float, float]:
        """Return megabytes now and at the most."""
        said = Path(f"/proc/{self._process.pid}/status").read_text()
        now, most = (int(re.search(rf"{name}:\s+(\d+) kB", said)[1]) / 1024 for name in ("VmRSS", "VmHWM"))
        return now, most

    def stop(self) -> None:
        """End it."""
        children.end(self._process)


def told() -> Iterator[Story]:
    """Yield stories of their own ids and words, reported as news is: most once, a few by dozens."""
    drawn = random.Random(2)
    vocabulary = ["".join(drawn.choices("aeinorstludmcpg", k=drawn.randrange(3, 10))) for _ in range(4_000)]
    patterns = _patterns()
    number = 0
    while True:
        number += 1
        story = patterns[number % len(patterns)]
        quotes = {one.evidence.quote: " ".join(drawn.choices(vocabulary, k=WORDS)) for one in story.evidence}
        evidence = [
            one.model_copy(
                update={
                    "url": f"https://{one.source}.example/{number}/{drawn.choice(vocabulary)}",
                    "evidence": one.evidence.model_copy(update={"quote": quotes[one.evidence.quote]}),
                }
            )
            for one in story.evidence
        ]
        headline = f"{story.headline}, {drawn.choice(vocabulary)} {drawn.choice(vocabulary)}"
        yield story.model_copy(
            update={"id": stable_id("story", number), "headline": headline, "evidence": evidence}
        )


def _patterns() -> list[Story]:
    stories = Stories(family=str)
    latest: dict[str, Story] = {}
    for event in _events(PATTERNS * 3):
        if story := stories.add(event):
            latest[story.id] = story
    return list(latest.values())


def publish(broker: OnBroker, stories: Iterator[Story], count: int) -> int:
    """Put stories on their topic; return how many bytes they are."""
    sender, size = producer(broker.settings, "bench"), 0
    for number in range(count):
        story = next(stories)
        value = encode(story)
        size += len(value)
        sender.send(STORIES.name, value, key=story.id.encode(), partition=number % broker.settings.partitions)
        if number % AT_ONCE == 0:
            sender.flush()  # what waits for too long is given up
    sender.flush()
    sender.close()
    return size


def _measure(page: Page, broker: OnBroker, stories: Iterator[Story]) -> None:
    for path in ("/api/v1/stories", "/api/v1/stories?q=nowhere", "/api/v1/matrix", "/api/v1/facets"):
        print(f"  {path:32} {_milliseconds(page, path):8,.0f} ms", flush=True)
    late = asyncio.run(latency(page, broker, stories))
    ordered = sorted(late)
    p50, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    print(
        f"  story on its topic → {BROWSERS} browsers, {RATE} a second: p50 {p50:,.0f} ms   p99 {p99:,.0f} ms   "
        f"most {ordered[-1]:,.0f} ms   ({len(late):,} told)"
    )
    print(f"  {page.memory()[1]:,.0f} MB at the most with {BROWSERS} browsers")
    wire(page)
    opening(page)


def _milliseconds(page: Page, path: str) -> float:
    began = time.monotonic()
    page.get(path)
    return (time.monotonic() - began) * 1000


async def latency(page: Page, broker: OnBroker, stories: Iterator[Story]) -> list[float]:
    """Return the milliseconds from each story's instant on its topic to each browser."""
    late: list[float] = []
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
        browsers = [asyncio.create_task(_browser(session, page, late)) for _ in range(BROWSERS)]
        await asyncio.sleep(2)
        await asyncio.to_thread(_tell, broker, stories)
        for _ in range(100):
            await asyncio.sleep(0.1)
            if len(late) >= BROWSERS * RATE * SECONDS:
                break
        for browser in browsers:
            browser.cancel()
        await asyncio.gather(*browsers, return_exceptions=True)
    return late


def _tell(broker: OnBroker, stories: Iterator[Story]) -> None:
    sender = producer(broker.settings, "bench")
    for number in range(RATE * SECONDS):
        story = next(stories)
        sender.send(STORIES.name, encode(story), key=story.id.encode(), partition=number % 2)
        time.sleep(1 / RATE)
    sender.flush()
    sender.close()


async def _browser(session: aiohttp.ClientSession, page: Page, late: list[float]) -> None:
    kind = b""
    async with session.get(f"{page.address}/api/v1/stream") as stream:
        async for line in stream.content:
            if line.startswith(b"event: "):
                kind = line
            elif line.startswith(b"data: ") and b"story" in kind:
                now, card = datetime.now(UTC), json.loads(line[6:])
                late.append((now - datetime.fromisoformat(card["updated_at"])).total_seconds() * 1000)


def wire(page: Page) -> None:
    """Print how many bytes the page is, deflated as a browser asks for it, with its first answers."""
    try:
        index = page.get("/")[1]
    except OSError:
        print("  the page itself is not there")
        return
    static = Path(__file__).parents[1] / "streams" / "web" / "static"
    files = [file.relative_to(static).as_posix() for file in static.rglob("*") if file.is_file()]
    sizes: dict[str, Any] = {
        name: len(page.get(f"/static/{name}")[1]) for name in files if name != "index.html"
    }
    total = len(index) + sum(sizes.values())
    answers = sum(len(page.get(path)[1]) for path in ("/api/v1/status", "/api/v1/stories", "/api/v1/facets"))
    print(
        f"  on the wire: {total / 1000:,.0f} kB for all {len(files)} files, {answers / 1000:,.0f} kB of answers"
    )


def opening(page: Page) -> None:
    """Print how long a browser that has nothing cached takes to a feed that answers a key."""
    where = chromium.program()
    if where is None:
        print("  chromium is not installed: how fast the page opens is not measured")
        return
    took = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=chromium.ARGUMENTS)
        for _ in range(OPENED):
            context = browser.new_context()  # with a cache of its own
            tab, began = context.new_page(), time.monotonic()
            tab.goto(page.address)
            tab.locator(".card").first.wait_for()
            tab.keyboard.press("j")
            tab.locator(".card:focus").wait_for()
            took.append((time.monotonic() - began) * 1000)
            context.close()
        browser.close()
    print(
        f"  opened and answering a key, nothing cached: {statistics.median(took):,.0f} ms, most {max(took):,.0f} ms"
    )


if __name__ == "__main__":
    main()
