"""How fast the story stage is on one core, and what live mentions weigh: events as bytes in, stories as bytes out."""

from __future__ import annotations

import argparse
import base64
import random
import resource
import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from schemas import Event, EventDate, Place, decode, encode, taxonomy
from streams.stories import Limits, Stories
from streams.worker import collect_seldom
from tests.factories import NOON, an_event

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIES = (
    "RUS",
    "UKR",
    "USA",
    "CHN",
    "TWN",
    "ISR",
    "IRN",
    "IND",
    "PAK",
    "FRA",
    "DEU",
    "POL",
    "TUR",
    "SYR",
    "YEM",
    "KOR",
    "PRK",
)
TYPES = tuple(type_.name for type_ in taxonomy().types)[::4]
PLACED, NAMED = 0.5, 0.8  # shares of the happenings with a place, of the reports that name who did it
DAYS = 14
MOST_REPORTS = 60
COPIES = 0.4  # of the reports of a happening, copies of one text
BATCH = 1_000  # events that lie ready
QUOTE = "The words of the text are here, and they are some forty words long as those of the news are. " * 2


@dataclass(frozen=True, slots=True)
class Merged:
    """What was merged in how many seconds of this core, and how much memory it took."""

    events: int
    stories: int
    mentions: int
    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return (
            f"{self.events / self.seconds:8,.0f} events/s   {self.mentions:,} live mentions of {self.stories:,} "
            f"stories in {self.megabytes:,.0f} MB"
        )


def main() -> None:
    """Print the rate and the memory for so many mentions."""
    parser = argparse.ArgumentParser(prog="python -m bench.stories", description=__doc__)
    parser.add_argument("--mentions", type=int, default=50_000)
    mentions = parser.parse_args().mentions
    collect_seldom()  # as the worker does
    print(measure(mentions))


def measure(count: int) -> Merged:
    """Merge so many events of two weeks, reported as news is: most happenings once, a few by dozens."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stories = Stories(family=str, limits=Limits(keep_days=DAYS * 2, mentions=count))
    events, took = _events(count), 0.0
    while batch := [
        encode(event) for event in islice(events, BATCH)
    ]:  # all at once would weigh more than they do
        began = time.process_time()
        for value in batch:
            if story := stories.add(decode(Event, value)):
                encode(story)
        took += time.process_time() - began
    weighs = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return Merged(count, len(stories), stories.mentions, took, weighs)


def _events(count: int) -> Iterator[Event]:
    drawn = random.Random(1)
    told = 0
    while told < count:
        began = NOON + timedelta(days=DAYS * told / count)
        type_, (actor, target) = drawn.choice(TYPES), drawn.sample(PARTIES, 2)
        where = {"lat": round(drawn.uniform(-60, 60), 2), "lon": round(drawn.uniform(-170, 170), 2)}
        place = Place(name="there", country=target, **where) if drawn.random() < PLACED else None
        text = _signature(drawn)
        for _ in range(min(MOST_REPORTS, int(drawn.paretovariate(0.9)), count - told)):
            told += 1
            published = began + timedelta(minutes=drawn.randrange(600))
            day = published.date()
            yield an_event(
                type_,
                actors=[actor] if drawn.random() < NAMED else [],
                targets=[target],
                place=place,
                article=f"article-{told}",
                source=f"source-{drawn.randrange(300)}",
                published=published,
                tagged_at=published,
                quote=QUOTE,
                signature=text if drawn.random() < COPIES else _signature(drawn),
                event_date=EventDate(start=day, end=day, precision="day"),
            )


def _signature(drawn: random.Random) -> str:
    return "1" + base64.b64encode(drawn.randbytes(96)).decode()


if __name__ == "__main__":
    main()
