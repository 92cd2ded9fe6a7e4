"""`tocsin ingest backfill`: archives of articles to the topic, at full speed, resumable."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from streams.cli.ingest.carrying import Tally, conveying, file_options, summarise
from streams.cli.known import known
from streams.cli.progress import Meter
from streams.ingest.archives import Reading, batch_of, find_archives
from streams.settings import read_settings

AGENT = "backfill"
BUFFER = (
    1024 * 1024
)  # bytes read at once: each read hands the interpreter to the thread that sends, and waits


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|DIR…", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("tocsin-backfill.journal"),
    show_default=True,
    help="Where it notes how far it got; the same call goes on from there.",
)
@file_options
def command(
    paths: tuple[Path, ...],
    *,
    journal: Path,
    source: str | None,
    lang: str | None,
    rate: float | None,
    as_json: bool,
    bootstrap: str | None,
) -> None:
    """Publish archives, marked as back-fill so that they alert nobody.

    Reads JSON lines (.jsonl .ndjson .json) and WARC (.warc), as they are or with .gz or .zst, and folders of these.

    Goes on where it was ended or killed: nothing is left out and nothing published twice. An input that is no
    article is named, and its bytes become a dead letter; exits 1 if there was any.
    """
    beside = known(source=source, lang=lang)
    files = find_archives(paths)
    settings = read_settings(bootstrap=bootstrap)
    with Meter("published", total=None) as meter:
        tally = Tally(meter, AGENT)
        reading = Reading(
            now=datetime.now(UTC),
            opened=lambda file: meter.watch(file.open("rb", buffering=BUFFER)),
            known=beside,
            backfill=True,
        )
        with conveying(AGENT, tally, settings, journal=journal, rate=rate) as conveyor:
            batches = conveyor.undone(batch_of(file, reading) for file in files)
            meter.expect(sum(batch.stamp.size for batch in batches))
            conveyor.carry(batches)
            whole = not conveyor.stopped()
    summarise(tally, whole=whole, as_json=as_json)
