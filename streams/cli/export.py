"""`tocsin export`: events as JSON lines in, a table of GDELT, CSV or Parquet out."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from schemas import Event
from streams.cli.known import bytes_of
from streams.cli.lines import Lines, until_enough
from streams.cli.progress import Meter
from streams.errors import TocsinError
from streams.export.flat import write_csv
from streams.export.gdelt import write_gdelt
from streams.export.parquet import write_parquet
from streams.ingest.read import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Unwritable(TocsinError):
    """A file that cannot be written."""


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE…|-",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["gdelt", "csv", "parquet"]),
    required=True,
    help="What to write.",
)
@click.option(
    "-o",
    "--output",
    default=STDIN,
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Where to write it; - is standard output, the default. Parquet needs a file.",
)
@click.option(
    "--mentions",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With gdelt: write the table of mentions here.",
)
@click.option("--all", "every", is_flag=True, help="With gdelt: write plans, denials and history too.")
def command(
    paths: tuple[Path, ...], *, format_: str, output: Path, mentions: Path | None, every: bool
) -> None:
    """Write events as a table: GDELT 2.0, CSV or Parquet.

    FILE holds events as JSON lines, as `tocsin tag` prints them or as tocsin.events carries them. An event
    that comes twice is written once. A file is put in place whole, or not at all.

    Names on stderr every line that is no event, and exits 1 if there is any; the rest is written.
    """
    if format_ != "gdelt" and (mentions or every):
        raise click.UsageError("--mentions and --all go with --format gdelt.")
    if format_ == "parquet" and output == STDIN:
        raise click.UsageError("Parquet goes into a file: -o FILE.")
    quiet = output == STDIN and sys.stdout.isatty()
    with Meter("exported", total=bytes_of(list(paths)), quiet=quiet) as meter:
        reader = _Reader(paths, meter)
        counted = format_ == "gdelt" and not every
        with until_enough():
            _write(reader.events(counted=counted), format_, output, mentions)
    click.echo(reader.summary(), err=True)
    sys.exit(1 if reader.unread else 0)


class _Reader:
    """Reads events from files, each once, and counts what it leaves out."""

    def __init__(self, paths: Iterable[Path], meter: Meter) -> None:
        self._lines, self.meter = Lines(Event, paths, meter), meter
        self.repeated = self.uncounted = 0
        self._seen: set[str] = set()

    @property
    def unread(self) -> int:
        """Lines that are no event."""
        return self._lines.unread

    def events(self, *, counted: bool) -> Iterator[Event]:
        """Yield the events; only those whose status counts, if so wished."""
        for event in self._lines:
            if event.id in self._seen:
                self.repeated += 1
            elif counted and not event.status.counts:
                self.uncounted += 1
            else:
                self._seen.add(event.id)
                self.meter.add()
                yield event

    def summary(self) -> str:
        """Say how many events were written, and what was left out."""
        count = self.meter.count
        left_out = {
            "that came again": self.repeated,
            "neither occurred nor ongoing (--all writes them)": self.uncounted,
            "unreadable, named above": self.unread,
        }
        said = [f"{number:,} {why}" for why, number in left_out.items() if number]
        return "; ".join([f"exported {count:,} event{'s' * (count != 1)}", *said])


def _write(events: Iterable[Event], format_: str, output: Path, mentions: Path | None) -> None:
    with contextlib.ExitStack() as files:
        table = files.enter_context(_replaced(output))
        if format_ == "parquet":
            write_parquet(events, table)
            return
        text = files.enter_context(_as_text(table))
        if format_ == "csv":
            write_csv(events, text)
            return
        beside = files.enter_context(_as_text(files.enter_context(_replaced(mentions)))) if mentions else None
        write_gdelt(events, text, beside)


def _as_text(stream: BinaryIO) -> TextIO:
    return io.TextIOWrapper(stream, encoding="utf-8", newline="")


@contextlib.contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    """Write beside the file, and put it in place when all is written."""
    if path == STDIN:
        with open(sys.stdout.fileno(), "wb", closefd=False) as standard:
            yield standard
        return
    part = path.with_name(f"{path.name}.part")
    try:
        stream = part.open("wb")
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error.strerror}") from error
    try:
        with stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
