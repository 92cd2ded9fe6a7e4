"""`python -m bench.tension`: how fast contributions are weighed on one core, and what holding them costs."""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from schemas import Contribution, EventDate, decode, encode, taxonomy
from streams.tension import Dyads, load_watched
from streams.tension.holdings import MOST_OTHERS, MOST_WATCHED

if TYPE_CHECKING:
    from collections.abc import Iterator

STORIES = 100_000
DAYS = 150
WATCHED = (
    0.4  # of the stories are about watched dyads: far more than in news, where it is one in ten or fewer
)
STATUSES = ["occurred"] * 6 + ["historical", "planned", "denied"]
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print every measurement as it is made."""
    watch = load_watched()
    feed = [encode(contribution) for contribution in stories(STORIES, DAYS, WATCHED)]
    print(f"{STORIES:,} stories of {DAYS} days, {WATCHED:.0%} about {len(watch)} watched dyads, one core")
    print(f"  {'size of a contribution':44} {sum(map(len, feed)) / len(feed):10,.0f} bytes")
    dyads = Dyads(watch)
    began, told = time.process_time(), 0
    for raw in feed:
        told += len([encode(dyad) for dyad in dyads.add(decode(Contribution, raw))])
    took = time.process_time() - began
    print(
        f"  {'read, weighed, and what changed written':44} {STORIES / took:10,.0f} a second, {told:,} dyads"
    )
    read = [decode(Contribution, raw) for raw in feed]
    dyads = Dyads(watch)
    began = time.process_time()
    for contribution in read:
        dyads.add(contribution)
    print(f"  {'weighed alone':44} {STORIES / (time.process_time() - began):10,.0f} a second")
    restored = Dyads(watch)
    began = time.process_time()
    for raw in feed:
        restored.restore(decode(Contribution, raw))
    restored.add(read[-1])
    print(f"  {'read back after a restart':44} {STORIES / (time.process_time() - began):10,.0f} a second")
    assert restored.dyads() == dyads.dyads()
    del feed, read, restored
    for what, count, share in (("others", MOST_OTHERS, 0.0), ("watched dyads", MOST_WATCHED, 1.0)):
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
            held = fresh.submit(memory, count, share).result()
        print(f"  {f'{count:,} stories about {what} held':44} {held:10,.0f} MB")


def memory(count: int, share: float) -> float:
    """Return the megabytes that holding so many stories adds to this process, which did nothing before."""
    watch = load_watched()
    before = resident()
    dyads = Dyads(watch)
    for contribution in stories(count, 100, share):
        dyads.restore(contribution)
    assert len(dyads) == count
    return resident() - before


def resident() -> float:
    """Return the megabytes of this process that are in memory, as Linux tells."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def stories(count: int, days: int, watched: float) -> Iterator[Contribution]:
    """Yield contributions in the order of their days; the same ones each time."""
    chance = random.Random(4)
    sides = [tuple(map(sorted, dyad.parties)) for dyad in load_watched()]
    for number in range(count):
        type_ = chance.choice(taxonomy().types)
        seen = BEGIN + timedelta(days=days * number / count)
        happened = seen.date() - timedelta(days=chance.choice([0, 0, 0, 1, 2]))
        if chance.random() < watched:
            pair = [chance.choice(side) for side in chance.choice(sides)]
        else:
            pair = [f"X{chance.randrange(75)}", f"Y{chance.randrange(75)}"]
        actor, target = chance.sample(pair, 2)
        yield Contribution(
            id=f"{number:026x}",
            revision=1,
            type=type_.name,
            family=type_.family,
            polarity=type_.polarity,
            severity=type_.severity,
            status=chance.choice(STATUSES),
            actors=[actor],
            targets=[target],
            event_date=EventDate(start=happened, end=happened, precision="day"),
            first_seen=seen - timedelta(hours=30 * chance.random()),
            last_seen=seen,
            origins=chance.choice([1, 1, 2, 5]),
            mentions=3,
            headline=f"{actor} did {type_.name} to {target}",
        )


if __name__ == "__main__":
    main()
