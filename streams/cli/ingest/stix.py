"""`tocsin ingest stix`: reports of threat intelligence, to the topic."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.cli.ingest.carrying import Tally, conveying, file_options, summarise
from streams.cli.known import known
from streams.cli.progress import Meter
from streams.ingest.conveyor import Batch
from streams.ingest.found import MAX_BYTES, Unread
from streams.ingest.journal import Stamp
from streams.ingest.stix import read_reports
from streams.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.ingest.found import Found, Known

AGENT = "stix"


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@file_options
def command(
    files: tuple[Path, ...],
    *,
    source: str | None,
    lang: str | None,
    rate: float | None,
    as_json: bool,
    bootstrap: str | None,
) -> None:
    """Publish the reports of threat intelligence: STIX 2.1 bundles (report, note) and MISP events (their reports).

    Ids are those of the reports, so that a later version revises the earlier one and a revoked one is taken back.
    Indicators and all other objects are passed over.
    """
    beside = known(source=source, lang=lang)
    settings = read_settings(bootstrap=bootstrap)
    with Meter("published", total=None) as meter:
        tally = Tally(meter, AGENT)
        with conveying(AGENT, tally, settings, journal=None, rate=rate) as conveyor:
            conveyor.carry(Batch(str(file), Stamp.of(file), partial(_read, file, beside)) for file in files)
            whole = not conveyor.stopped()
    summarise(tally, whole=whole, as_json=as_json)


def _read(file: Path, beside: Known, skip: int) -> Iterator[Found | Unread]:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        yield Unread(str(file), f"cannot be read: {error.strerror or error}")
        return
    yield from islice(read_reports(str(file), raw, now=datetime.now(UTC), known=beside), skip, None)
