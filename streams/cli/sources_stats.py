"""`tocsin sources stats`: how each source stands: what it sent, what that yields, and whether it is late."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from streams.cli.heard import hear_articles, hear_events, known_sources, spoken
from streams.cli.table import table
from streams.settings import read_settings
from streams.sources import Heard, Standing, duration

if TYPE_CHECKING:
    from datetime import timedelta

    from streams.sources import OfSource

HEAD = ("source", "articles", "last article", "ago", "expected", "learnt", "seen", "yields events", "stands")
RIGHT = frozenset({"articles", "ago", "expected", "learnt", "seen", "yields events"})


@click.command("stats")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
    help="Articles, as JSON lines or a folder; else those on their topic. Repeatable.",
)
@click.option(
    "--events",
    "of_events",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="With --file: the events of these articles, as `tocsin tag` prints them. Repeatable.",
)
@click.option("--all", "everyone", is_flag=True, help="Also the sources of which nothing was heard.")
@click.option(
    "--late",
    "late_only",
    is_flag=True,
    help="Only the sources that are late or dead; exits 1 if there is one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, one source each.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(
    *,
    files: tuple[Path, ...],
    of_events: tuple[Path, ...],
    everyone: bool,
    late_only: bool,
    as_json: bool,
    bootstrap: str | None,
) -> None:
    """Show of each source: articles, the last one, how often one is expected and how often one came, what they yield.

    A source is late once its newest article is older than the expected interval, dead after three of them. `seen` is
    the median time between two articles. Exits 1 if an input was no article.
    """
    if of_events and not files:
        raise click.UsageError("--events goes with --file; without it the events are read from their topic.")
    settings, now = read_settings(bootstrap=bootstrap), datetime.now(UTC)
    heard = Heard(known_sources(), now)
    unread = hear_articles(heard, settings, files)
    unread += hear_events(heard, settings, of_events, from_topic=not files)
    knows_events = bool(of_events) or not files
    shown = [
        source
        for source in heard.sources()
        if (source.articles or everyone)
        and (not late_only or source.standing(now) in (Standing.LATE, Standing.DEAD))
    ]
    if as_json:
        for source in shown:
            click.echo(orjson.dumps(_as_json(source, now, knows_events=knows_events)))
    else:
        rows = [_row(source, now, knows_events=knows_events) for source in shown]
        count = f"{len(shown)} source{'s' * (len(shown) != 1)}"
        click.echo(f"{table(HEAD, rows, right=RIGHT)}\n{count}" if rows else count)
    sys.exit(1 if unread or (late_only and shown) else 0)


def _row(source: OfSource, now: datetime, *, knows_events: bool) -> tuple[str, ...]:
    return (
        source.id,
        f"{source.articles:,}",
        f"{source.last:%Y-%m-%d %H:%M}" if source.last else "-",
        spoken(now - source.last if source.last else None),
        spoken(source.expected),
        spoken(source.rhythm().interval),
        spoken(source.usual_gap),
        f"{source.share:.0%}" if source.share is not None and knows_events else "-",
        source.standing(now).value,
    )


def _as_json(source: OfSource, now: datetime, *, knows_events: bool) -> dict[str, Any]:
    return {
        "source": source.id,
        "in_registry": source.known is not None,
        "articles": source.articles,
        "last_article": source.last,
        "expected": _written(source.expected),
        "learnt": _written(source.rhythm().interval),
        "seen": _written(source.usual_gap),
        "yields_events": source.share if knows_events else None,
        "stands": source.standing(now).value,
    }


def _written(interval: timedelta | None) -> str | None:
    return None if interval is None else duration(interval)
