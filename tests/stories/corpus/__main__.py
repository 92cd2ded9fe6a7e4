"""Print how a merger of events does on the corpus: python -m tests.stories.corpus [module:function]."""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING

from tests.stories.corpus.data import happenings
from tests.stories.corpus.mentions import HALVES, read
from tests.stories.corpus.report import lines
from tests.stories.corpus.scoring import by_stories
from tests.stories.corpus.writing import articles

if TYPE_CHECKING:
    from tests.stories.corpus.scoring import Merger


def main() -> None:
    """Tag the corpus, have it merged, and print the report."""
    asked = _arguments()
    merger = _merger(asked.merger)
    told = articles()
    reading = read(told)
    started = time.perf_counter()
    story_of = merger(reading.events)
    took = time.perf_counter() - started
    sys.stdout.write(
        f"{len(told):,} articles on {len(happenings())} happenings, {len(reading.mentions):,} mentions "
        f"({len(reading.unread)} not read), merged in {took:.2f} s\n"
    )
    for line in lines(reading.mentions, story_of, shown=asked.show, worst=asked.worst):
        sys.stdout.write(f"{line}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stories.corpus", description=__doc__)
    parser.add_argument(
        "merger", nargs="?", help="events → {event id: story id}; default: streams.stories.Stories"
    )
    parser.add_argument("--worst", type=int, default=5, help="so many faults of each kind (default: 5)")
    parser.add_argument(
        "--show", choices=HALVES, default="dev", help="of this half (default: dev, to tune on)"
    )
    return parser.parse_args()


def _merger(named: str | None) -> Merger:
    if named is None:
        return by_stories
    module, _, function = named.partition(":")
    return getattr(import_module(module), function)


if __name__ == "__main__":
    main()
