"""How fast pages become articles, on one core, without any network."""

from __future__ import annotations

import time
from dataclasses import dataclass

from streams.ingest.pages import article_of
from tests.ingest.pages.corpus import FETCHED, Made, made

SECONDS = 4.0  # of each measurement


@dataclass(frozen=True, slots=True)
class Rate:
    """What was read, in how many seconds of this core."""

    pages: int
    bytes: int
    seconds: float

    def __str__(self) -> str:
        rate, volume = self.pages / self.seconds, self.bytes / self.seconds / 1e6
        return f"{rate:8,.0f} pages/s {volume:9.2f} MB/s {self.bytes / self.pages / 1e3:8.1f} kB/page"


def measure() -> Rate:
    """Read every page of the corpus over and over; the first round, which fills the caches, does not count.

    Counted are seconds of this process: what else the machine does meanwhile counts little.
    """
    pages = made()
    read(pages)
    began, rounds = time.process_time(), 0
    while (seconds := time.process_time() - began) < SECONDS:
        read(pages)
        rounds += 1
    return Rate(rounds * len(pages), rounds * sum(len(page.raw) for page in pages), seconds)


def read(pages: list[Made]) -> None:
    """Read the pages once."""
    for page in pages:
        article_of(page.raw, url=page.url, charset=page.charset, fetched_at=FETCHED)


def main() -> None:
    """Print the measurement."""
    print("Pages, one core")
    print(f"  {f'{len(made())} pages of 14 layouts in 6 languages':42} {measure()}")


if __name__ == "__main__":
    main()
