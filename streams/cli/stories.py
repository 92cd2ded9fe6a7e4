"""`tocsin stories`: events as JSON lines in, the stories that they tell out; no broker."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schemas import Event, encode
from streams.cli.known import bytes_of
from streams.cli.lines import Lines, print_json, until_enough
from streams.cli.progress import Meter
from streams.settings import read_settings
from streams.sources import Registry
from streams.stories import Held, Stories
from streams.tension import Dyads, contribution_of, load_watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Story


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE…|-",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option("--revisions", is_flag=True, help="Print every revision as it comes, not the last ones alone.")
@click.option(
    "--dyads",
    "watched",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A watch list: print, behind the stories, the state of each dyad, one JSON object a line.",
)
def command(paths: tuple[Path, ...], *, revisions: bool, watched: Path | None) -> None:
    """Print the stories that events tell, one JSON object a line, without any broker.

    FILE holds events as JSON lines, as `tocsin tag` prints them or as tocsin.events carries them; events of all
    articles, sources and languages meet. Gives the same stories with the same ids as a worker that reads the
    events in this order. The last revision of each story comes out at the end, the one told first at the top.

    With --dyads, contacts and tension of each dyad of the list follow, as of the day of the latest report.

    Names on stderr every line that is no event, and exits 1 if there is any; the rest is merged.
    """
    dyads = Dyads(load_watched(watched)) if watched else None
    with Meter("merged", total=bytes_of(list(paths)), quiet=sys.stdout.isatty()) as meter:
        events = Lines(Event, paths, meter)
        changed = _weighed(_changed(events, meter), dyads)
        with until_enough():
            for story in changed if revisions else _last(changed):
                print_json(encode(story))
            for dyad in dyads.dyads() if dyads is not None else ():
                print_json(encode(dyad))
    sys.exit(1 if events.unread else 0)


def _changed(events: Lines[Event], meter: Meter) -> Iterator[Story]:
    stories = Stories(Registry.load(read_settings().sources).family)
    for event in events:
        meter.add()
        if story := stories.add(event):
            yield story


def _weighed(changed: Iterator[Story], dyads: Dyads | None) -> Iterator[Story]:
    """Yield the revisions, and let each weigh on the dyads that it is about."""
    for story in changed:
        if dyads is not None:
            dyads.add(contribution_of(story))
        yield story


def _last(changed: Iterator[Story]) -> Iterator[Story]:
    """Yield the last revision of each story, also of those that were let go meanwhile."""
    held = Held()
    first_seen = {}
    for story in changed:
        held.put(story)
        first_seen[story.id] = story.first_seen
    for id_ in sorted(first_seen, key=lambda id_: (first_seen[id_], id_)):
        yield held.get(id_)
