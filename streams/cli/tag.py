"""`tocsin tag`: articles in, events out as JSON lines; no broker."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schemas import encode
from streams.cli.known import article_files, bytes_of, known, known_options
from streams.cli.progress import Meter
from streams.delivery.terminal import one_line
from streams.ingest.found import Found, Unread
from streams.ingest.read import open_file, read_articles
from streams.tagging import Tagger

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE…|-",
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
)
@known_options
def command(
    paths: tuple[Path, ...],
    *,
    source: str | None,
    lang: str | None,
    published_at: str | None,
    url: str | None,
) -> None:
    """Print the events that articles report, one JSON object a line, without any broker.

    Reads what `tocsin publish` reads, and gives the same events with the same ids as a worker does.
    Names on stderr every input that is no article, and exits 1 if there is any; the rest flows on.
    """
    said = known(url=url, source=source, lang=lang, published_at=published_at)
    files = article_files(paths, url=url)
    with Meter("tagged", total=bytes_of(files), quiet=sys.stdout.isatty()) as meter:
        inputs = read_articles(
            files, now=datetime.now(UTC), known=said, opened=lambda file: meter.watch(open_file(file))
        )
        try:
            unread = _tag(inputs, meter)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read the events has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            unread = 0
    sys.exit(1 if unread else 0)


def _tag(inputs: Iterable[Found | Unread], meter: Meter) -> int:
    """Print the events; return how many inputs were no article."""
    tagger, unread = Tagger.load(), 0
    for found in inputs:
        if isinstance(found, Unread):
            unread += 1
            meter.say(one_line(f"tocsin: {found.where}: not an article: {found.why}"))
            continue
        for note in found.notes:
            meter.say(one_line(f"tocsin: {found.where}: {note}"))
        for event in tagger.tag(found.article, now=datetime.now(UTC)).events:
            sys.stdout.buffer.write(encode(event) + b"\n")
        meter.add()
    return unread
