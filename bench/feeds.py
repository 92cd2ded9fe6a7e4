"""`python -m bench.feeds`: two cycles over 2,000 feeds, good and bad ones, on one core: time, memory, reasons."""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from streams.ingest.feeds.store import Store
from tests.ingest.feeds.world import KINDS, Kept, cycle, served, subscriptions

MOST_SECONDS, MOST_MB = 60, 300


class Counting(Kept):
    """Counts what it is given, and keeps nothing of it."""

    def __init__(self) -> None:
        super().__init__()
        self.published = self.buried = 0

    async def put(self, *_article: object, **_how: object) -> None:
        """Count an article."""
        self.published += 1

    async def bury(self, *_raw: object, **_how: object) -> None:
        """Count a dead letter."""
        self.buried += 1


def measure(count: int) -> bool:
    """Print two cycles; return whether they kept the figures."""
    good = True
    with (
        served() as port,
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "feeds.sqlite") as store,
    ):
        os.sched_setaffinity(0, {0})
        feeds = subscriptions(port, count)
        for name in ("first cycle", "second cycle"):
            outlet, began, used = Counting(), time.monotonic(), time.process_time()
            results, items, _ = asyncio.run(cycle(feeds, store, outlet))
            seconds, used = time.monotonic() - began, time.process_time() - used
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name}: {len(feeds):,} feeds in {seconds:.1f} s ({used:.1f} s of CPU), peak {peak:.0f} MB; "
                f"{outlet.published:,} articles, {outlet.buried} dead letters; items {dict(items)}",
                flush=True,
            )
            good &= seconds <= MOST_SECONDS and peak <= MOST_MB
            if name == "first cycle":
                wrong = {key: n for key, n in results.items() if KINDS[key[0]].result != key[1]}
                print(f"under another reason than theirs: {wrong or 'none'}", flush=True)
                good &= not wrong
    return good


def main() -> None:
    """Measure, and exit 1 where a figure was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.feeds", description=__doc__)
    parser.add_argument("--feeds", type=int, default=2_000)
    sys.exit(0 if measure(parser.parse_args().feeds) else 1)


if __name__ == "__main__":
    main()
