"""`tocsin ingest watch`: what is laid into a folder, to the topic."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.cli.ingest.carrying import Tally, conveying, file_options, serve_metrics, summarise
from streams.cli.known import known
from streams.cli.progress import Meter
from streams.ingest.archives import Reading
from streams.ingest.folder import Folder
from streams.ingest.read import open_file
from streams.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AGENT = "watch"
JOURNAL = ".tocsin-watch.journal"  # hidden, so that it is no file to be read
NAP = 0.2  # seconds between two glances at whether to stop


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="Time between two looks. A file is read when two looks find it the same.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Where it notes what is done. [default: {JOURNAL} in DIR]",
)
@click.option("--once", is_flag=True, help="End when what is there now is read.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Of its metrics; 0 takes a free one. [TOCSIN_INGEST_WATCH_PORT]",
)
@file_options
def command(
    folder: Path,
    *,
    every: float,
    journal: Path | None,
    once: bool,
    port: int | None,
    source: str | None,
    lang: str | None,
    rate: float | None,
    as_json: bool,
    bootstrap: str | None,
) -> None:
    """Publish the files that are laid into a folder and the folders below it, until told to stop.

    Reads what `tocsin publish` and `tocsin ingest backfill` read. A file is read once, and again when it changes; one
    that is still being written is left until it is whole, and hidden files are never read.

    An input that is no article is named, and its bytes become a dead letter.
    """
    beside = known(source=source, lang=lang)
    settings = read_settings(bootstrap=bootstrap, ingest_watch_port=port)
    with Meter("published", total=None, quiet=not once) as meter:
        tally = Tally(meter, AGENT, None if once else serve_metrics(settings, settings.ingest_watch_port))
        with conveying(AGENT, tally, settings, journal=journal or folder / JOURNAL, rate=rate) as conveyor:
            watched = Folder(folder, conveyor.journal)
            for files in _looks(watched, every, once=once, stopped=conveyor.stopped):
                reading = Reading(now=datetime.now(UTC), opened=open_file, known=beside)
                conveyor.carry(watched.batch(file, reading) for file in files)
            whole = not (once and conveyor.stopped())
    summarise(tally, whole=whole, as_json=as_json)


def _looks(folder: Folder, every: float, *, once: bool, stopped: Callable[[], bool]) -> Iterator[list[Path]]:
    """Yield the files that are ready, look by look; with `once` until none is left."""
    while not stopped():
        if files := folder.look():
            yield files
        if once and not folder.unsettled:
            return
        until = time.monotonic() + every
        while time.monotonic() < until and not stopped():
            time.sleep(min(every, NAP))
