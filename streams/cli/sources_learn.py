"""`tocsin sources learn`: how often each source publishes, learnt from what it did publish."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from streams.cli.heard import hear_articles, known_sources, spoken
from streams.cli.table import table
from streams.settings import read_settings
from streams.sources import Heard, Registry, duration, stating, write_learnt
from streams.sources.rhythm import FEWEST, SHORTEST_SPAN

if TYPE_CHECKING:
    from streams.sources import OfSource, Rhythm

HEAD = ("source", "articles", "days", "expected", "learnt", "longest", "rhythm", "note")
RIGHT = frozenset({"articles", "days", "expected", "learnt", "longest"})
WHY_NOT = {
    "few": f"too few articles, {FEWEST} are needed",
    "short": f"seen for too short, {SHORTEST_SPAN.days} days are needed",
}
EVEN = (
    0.5,
    2.0,
)  # articles an hour at weekends as a share of other days: within this, weekends are like them


@click.command("learn")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
    help="Articles, as JSON lines or a folder; else those on their topic. Repeatable.",
)
@click.option(
    "--write",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the intervals to this file, for TOCSIN_SOURCES_LEARNT.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, one source each.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(*, files: tuple[Path, ...], target: Path | None, as_json: bool, bootstrap: str | None) -> None:
    """Learn how often each source publishes, from the articles on their topic or in files.

    Longer gaps than the interval are less than a twentieth of all time, nights and weekends included; to learn it
    takes 20 articles over two days. An interval that your own file of sources states is never replaced. Exits 1 if
    an input was no article.
    """
    settings = read_settings(bootstrap=bootstrap)
    registry = known_sources()
    heard = Heard(registry, datetime.now(UTC))
    unread = hear_articles(heard, settings, files)
    by_hand = stating("expected_interval", settings.sources) if settings.sources else frozenset[str]()
    rows = [(source, source.rhythm()) for source in heard.sources() if source.articles]
    if as_json:
        for source, rhythm in rows:
            click.echo(orjson.dumps(_as_json(source, rhythm, by_hand)))
    elif rows:
        click.echo(table(HEAD, [_row(*row, by_hand) for row in rows], right=RIGHT))
    else:
        click.echo("no articles to learn from", err=True)
    if target:
        _write(target, rows, by_hand)
    sys.exit(1 if unread else 0)


def _write(target: Path, rows: list[tuple[OfSource, Rhythm]], by_hand: frozenset[str]) -> None:
    learnt = [
        (source.known, rhythm) for source, rhythm in rows if source.known and source.known.id not in by_hand
    ]
    text = write_learnt(learnt, shipped={source.id for source in Registry.load()})
    if text is None:
        click.echo(f"nothing was learnt, {target} is left as it is", err=True)
        return
    new = target.with_name(f".{target.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(target)
    count = sum(rhythm.interval is not None for _, rhythm in learnt)
    click.echo(f"{count} interval{'s' * (count != 1)} written to {target}", err=True)


def _row(source: OfSource, rhythm: Rhythm, by_hand: frozenset[str]) -> tuple[str, ...]:
    return (
        source.id,
        f"{source.articles:,}",
        f"{rhythm.span.total_seconds() / 86_400:.1f}",
        spoken(source.expected),
        spoken(rhythm.interval),
        spoken(rhythm.longest),
        _said(rhythm),
        _note(source, rhythm, by_hand),
    )


def _said(rhythm: Rhythm) -> str:
    """Say what shapes the interval, and what was not seen."""
    if rhythm.interval is None:
        return "-"
    quiet = f"quiet {rhythm.quiet[0]:02}-{rhythm.quiet[1]:02} UTC" if rhythm.quiet else "no quiet hours"
    if rhythm.weekend is None:
        return f"{quiet}, no weekend seen"
    if EVEN[0] <= rhythm.weekend <= EVEN[1]:
        return f"{quiet}, weekends as other days"
    return f"{quiet}, weekends {rhythm.weekend:.0%} of other days"


def _note(source: OfSource, rhythm: Rhythm, by_hand: frozenset[str]) -> str:
    if source.known is None:
        return "not in the registry"
    if rhythm.why_not:
        return WHY_NOT[rhythm.why_not]
    return "set by hand, kept" if source.known.id in by_hand else ""


def _as_json(source: OfSource, rhythm: Rhythm, by_hand: frozenset[str]) -> dict[str, Any]:
    return {
        "source": source.id,
        "in_registry": source.known is not None,
        "articles": source.articles,
        "days": round(rhythm.span.total_seconds() / 86_400, 2),
        "expected": duration(source.expected) if source.expected else None,
        "by_hand": source.id in by_hand,
        "learnt": duration(rhythm.interval) if rhythm.interval else None,
        "why_not": rhythm.why_not,
        "longest_gap": duration(rhythm.longest) if rhythm.longest else None,
        "quiet_hours_utc": rhythm.quiet,
        "weekend_share": rhythm.weekend,
    }
