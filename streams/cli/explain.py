"""`tocsin explain`: why a number is what it is."""

from __future__ import annotations

import dataclasses
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console

from streams.cli.contributions import of_file, of_topic, until_day
from streams.cli.dyad_history import dyad_of, history
from streams.delivery.terminal import escaped_json
from streams.dyad_text import show
from streams.settings import read_settings
from streams.tension import Dyads, formula, load_watched

if TYPE_CHECKING:
    from streams.tension import Explanation

WIDTH = 160  # columns where output is no terminal: a table of nine columns


@click.group("explain")
def command() -> None:
    """Show why a number is what it is."""


command.add_command(history)


@command.command()
@click.argument("name", metavar="DYAD")
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="As of this day, from what was first reported until then. [the latest day reported on]",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, every story of every direction."
)
@click.option(
    "--most", type=click.IntRange(min=1), default=20, show_default=True, help="Stories to print one by one."
)
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Stories as JSON lines, instead of a broker; - reads standard input.",
)
@click.option(
    "--dyads",
    type=click.Path(path_type=Path),
    help="Watch list, a YAML file; another than the workers' will do. [TOCSIN_DYADS]",
)
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def dyad(
    name: str,
    *,
    as_of: datetime | None,
    as_json: bool,
    most: int,
    path: Path | None,
    dyads: Path | None,
    bootstrap: str | None,
) -> None:
    """Print tension, baseline, contacts and the stories behind the value of a watched DYAD.

    DYAD is written as RUS-USA or RUS-WEST. The shares of the stories add up to the value. Stories are told in
    their latest revision, also as of a day gone by.
    """
    settings = read_settings(bootstrap=bootstrap, dyads=dyads)
    weighed = Dyads(load_watched(settings.dyads))
    weighed.require(dyad_id := dyad_of(name))
    day = as_of.date() if as_of else None
    contributions = of_file(path) if path else of_topic(settings)
    until = day or datetime.now(UTC).date()
    for contribution in until_day(contributions, until):
        weighed.restore(contribution)
    weighed.settle(until)
    explanation = weighed.explain(dyad_id, day)
    if as_json:
        click.echo(_as_json(explanation))
    else:
        console = Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else WIDTH)
        show(console, explanation, formula(), most=most)


def _as_json(explanation: Explanation) -> str:
    told = {
        "dyad": explanation.dyad.model_dump(mode="json", exclude_none=True),
        "values": explanation.values,
        "shares": {
            direction: [dataclasses.asdict(share) for share in shares]
            for direction, shares in explanation.shares.items()
        },
    }
    return escaped_json(orjson.dumps(told))
