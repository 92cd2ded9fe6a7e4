"""How fast articles are tagged, on one core, without any broker."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.corpora import DAY

if TYPE_CHECKING:
    from schemas import Article
    from streams.tagging import Tagger

SECONDS = 4.0  # of each measurement


@dataclass(frozen=True, slots=True)
class Rate:
    """What was tagged, in how many seconds of this core."""

    articles: int
    bytes: int
    events: int
    seconds: float

    def __str__(self) -> str:
        rate, volume = self.articles / self.seconds, self.bytes / self.seconds / 1e6
        return f"{rate:8,.0f} articles/s {volume:6.2f} MB/s {self.events / self.articles:6.1f} events/article"


def measure(tagger: Tagger, articles: list[Article]) -> Rate:
    """Tag the articles over and over; the first round, which fills the caches, does not count."""
    sizes = [len(article.text.encode()) for article in articles]
    for article in articles:
        tagger.tag(article, now=DAY)
    count = volume = events = 0
    began = time.process_time()
    while (took := time.process_time() - began) < SECONDS:
        at = count % len(articles)
        events += len(tagger.tag(articles[at], now=DAY).events)
        volume += sizes[at]
        count += 1
    return Rate(count, volume, events, took)
