"""`python -m bench.backfill`: JSON lines to the topic, articles a second, and where the time goes."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from streams import topics
from streams.broker import admin
from streams.ingest.archives import Reading, batch_of
from streams.ingest.publish import record_of
from streams.settings import Settings
from tests.pipeline.brokers import Embedded, Kafka

if TYPE_CHECKING:
    from streams.ingest.conveyor import Batch

FIGURE = 5_000  # articles a second
PROSE = (
    "the ministry said on Tuesday that talks with the neighbouring country would resume after weeks of silence "
    "while troops remained at the border and officials urged calm"
)


def main() -> None:
    """Measure each step by itself and the command as a whole; exit 1 where the figure was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.backfill", description=__doc__)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--broker", choices=["embedded", "kafka"], default="embedded")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        folder = Path(name)
        (folder / "broker").mkdir()
        plain = _archive(folder / "news.jsonl", arguments.articles)
        packed = folder / "news.jsonl.gz"
        packed.write_bytes(gzip.compress(plain.read_bytes(), 6))
        size = plain.stat().st_size / arguments.articles / 1e3
        print(
            f"{arguments.articles:,} articles of {size:.1f} kB, {arguments.broker} broker, {os.cpu_count()} cores"
        )
        _steps(plain)
        broker = (Kafka if arguments.broker == "kafka" else Embedded)(folder / "broker")
        try:
            rates = [_command(file, broker.clean()) for file in (plain, packed)]
        finally:
            broker.stop()
    sys.exit(0 if rates[0] >= FIGURE else 1)


def _archive(file: Path, count: int) -> Path:
    """Write so many articles of about the length of news."""
    chance, words = random.Random(1), PROSE.split()
    with file.open("w") as lines:
        for number in range(count):
            body = "\n\n".join(" ".join(chance.choices(words, k=60)) + "." for _ in range(7))
            article = {
                "url": f"https://example.org/{number}",
                "source": "example",
                "title": " ".join(chance.choices(words, k=9)),
                "body": body,
                "published_at": "2022-05-13T20:00:00Z",
                "lang": "en",
            }
            lines.write(json.dumps(article) + "\n")
    return file


def _steps(file: Path) -> None:
    """Print what reading, and reading and encoding, take by themselves, on one core."""
    reading = Reading(now=datetime.now(UTC), opened=lambda one: one.open("rb"), backfill=True)
    for name, work in (("read", _read), ("read and encoded", _encode)):
        began = time.process_time()
        count = work(batch_of(file, reading))
        print(f"  {name:36} {count / (time.process_time() - began):8,.0f} articles/s of CPU", flush=True)


def _read(batch: Batch) -> int:
    return sum(1 for _ in batch.read(0))


def _encode(batch: Batch) -> int:
    return sum(1 for found in batch.read(0) if record_of(found, "bench"))


def _command(file: Path, bootstrap: str) -> float:
    """Run the command on a clean broker; print and return its rate, start and end included."""
    settings = Settings(bootstrap=bootstrap)
    client = admin(settings)
    topics.ensure(client, settings)
    client.close()
    journal = file.with_suffix(".journal")
    words = ["ingest", "backfill", "--json", "--journal", str(journal), "--bootstrap", bootstrap, str(file)]
    used, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([sys.executable, "-m", "streams.cli", *words], capture_output=True, check=True)
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    count = json.loads(done.stdout)["published"]
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    print(
        f"  {f'tocsin ingest backfill {file.name}':36} {count / seconds:8,.0f} articles/s "
        f"({cpu / seconds:.0%} of a core)",
        flush=True,
    )
    return count / seconds


if __name__ == "__main__":
    main()
