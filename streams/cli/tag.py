"""`tocsin tag`: articles in, events out as JSON lines, or why they are what they are; no broker."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console

from schemas import encode
from streams.cli.known import article_files, bytes_of, known, known_options
from streams.cli.lines import print_json, until_enough
from streams.cli.progress import Meter
from streams.delivery.terminal import one_line
from streams.explanation import show
from streams.ingest.found import Found, Unread
from streams.ingest.read import open_file, read_articles
from streams.settings import read_settings
from streams.sources import Registry
from streams.tagging import Tagged, Tagger
from streams.tagging.explain import explain as reasons

if TYPE_CHECKING:
    from collections.abc import Iterable

Printer = Callable[[Found, Tagged], None]


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE…|-",
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
)
@known_options
@click.option("--explain", is_flag=True, help="Show why: sentence by sentence, also what was dropped.")
@click.option("--json", "as_json", is_flag=True, help="With --explain: JSON on a terminal too.")
def command(
    paths: tuple[Path, ...],
    *,
    source: str | None,
    lang: str | None,
    published_at: str | None,
    url: str | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Print the events that articles report, one JSON object a line, without any broker.

    Reads what `tocsin publish` reads, and gives the same events with the same ids as a worker does.
    Names on stderr every input that is no article, and exits 1 if there is any; the rest flows on.

    With --explain: on a terminal, every sentence with its words in colour and what decided; elsewhere, one
    JSON object for each candidate, kept or dropped.
    """
    said = known(url=url, source=source, lang=lang, published_at=published_at)
    files = article_files(paths, url=url)
    with Meter("tagged", total=bytes_of(files), quiet=sys.stdout.isatty()) as meter:
        inputs = read_articles(
            files, now=datetime.now(UTC), known=said, opened=lambda file: meter.watch(open_file(file))
        )
        unread = 0
        with until_enough():
            unread = _tag(inputs, meter, _printer(explain=explain, as_json=as_json), explain=explain)
    sys.exit(1 if unread else 0)


def _tag(inputs: Iterable[Found | Unread], meter: Meter, printed: Printer, *, explain: bool) -> int:
    """Print what the articles yield; return how many inputs were no article."""
    tagger, unread = Tagger.load(sources=Registry.load(read_settings().sources)), 0
    for found in inputs:
        if isinstance(found, Unread):
            unread += 1
            meter.say(one_line(f"tocsin: {found.where}: not an article: {found.why}"))
            continue
        for note in found.notes:
            meter.say(one_line(f"tocsin: {found.where}: {note}"))
        printed(found, tagger.tag(found.article, now=datetime.now(UTC), explain=explain))
        meter.add()
    return unread


def _printer(*, explain: bool, as_json: bool) -> Printer:
    if not explain:
        return _print_events
    if as_json or not sys.stdout.isatty():
        return _print_reasons
    console = Console(highlight=False)
    return lambda found, tagged: show(console, found.where, tagged, reasons(found.article, tagged))


def _print_events(_found: Found, tagged: Tagged) -> None:
    for event in tagged.events:
        print_json(encode(event))


def _print_reasons(found: Found, tagged: Tagged) -> None:
    for passage in reasons(found.article, tagged):
        sentence = {"number": passage.number, **dataclasses.asdict(passage.words)}
        for candidate in passage.candidates:
            place = {
                "where": found.where,
                "article": found.article.id,
                "lang": tagged.lang,
                "sentence": sentence,
            }
            print_json(orjson.dumps(place | dataclasses.asdict(candidate)))
