"""`tocsin ingest warc`: the pages of crawls, to the topic."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from streams.cli.ingest.carrying import Tally, conveying, file_options, summarise
from streams.cli.known import known
from streams.cli.progress import Meter
from streams.ingest.archives import WARC, Reading, batch_of, find_archives
from streams.settings import read_settings

AGENT = "warc"


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|DIR…", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Note here how far it got, so that the same call goes on from there.",
)
@file_options
def command(
    paths: tuple[Path, ...],
    *,
    journal: Path | None,
    source: str | None,
    lang: str | None,
    rate: float | None,
    as_json: bool,
    bootstrap: str | None,
) -> None:
    """Publish the pages in WARC files of today: HTML that was answered with 200. For those of the past, back-fill.

    Reads .warc, .warc.gz and .warc.zst, and folders of these. A page that is no article is named, and is a dead
    letter; so is a page that the file is cut off in. Exits 1 if there was any.
    """
    beside = known(source=source, lang=lang)
    files = find_archives(paths, WARC)
    settings = read_settings(bootstrap=bootstrap)
    with Meter("published", total=None) as meter:
        tally = Tally(meter, AGENT)
        reading = Reading(
            now=datetime.now(UTC), opened=lambda file: meter.watch(file.open("rb")), known=beside
        )
        with conveying(AGENT, tally, settings, journal=journal, rate=rate) as conveyor:
            batches = conveyor.undone(batch_of(file, reading) for file in files)
            meter.expect(sum(batch.stamp.size for batch in batches))
            conveyor.carry(batches)
            whole = not conveyor.stopped()
    summarise(tally, whole=whole, as_json=as_json)
