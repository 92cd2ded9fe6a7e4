"""`tocsin explain history`: the tension of watched dyads day by day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from streams.cli.contributions import of_file, of_topic, until_day
from streams.delivery.subscription import BadDyad, read_dyad
from streams.settings import read_settings
from streams.tension import Dyads, NothingHeld, load_watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Dyad


@click.command("history")
@click.argument("names", metavar="[DYAD]...", nargs=-1)
@click.option("--days", type=click.IntRange(1, 400), default=90, show_default=True, help="Days to print.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a day and dyad.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Stories as JSON lines, instead of a broker; - reads standard input.",
)
@click.option("--dyads", type=click.Path(path_type=Path), help="Watch list, a YAML file. [TOCSIN_DYADS]")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def history(
    names: tuple[str, ...],
    *,
    days: int,
    as_json: bool,
    path: Path | None,
    dyads: Path | None,
    bootstrap: str | None,
) -> None:
    """Print the tension of each watched DYAD, or of all, on each day up to the latest reported on.

    Stories are told in their latest revision, also on days gone by: it is what is known now of those days.
    """
    settings = read_settings(bootstrap=bootstrap, dyads=dyads)
    watched = load_watched(settings.dyads)
    weighed = Dyads(watched)
    wanted = tuple(dyad_of(name) for name in names)
    for name in wanted:
        weighed.require(name)
    today = datetime.now(UTC).date()
    for contribution in until_day(of_file(path) if path else of_topic(settings), today):
        weighed.restore(contribution)
    weighed.settle(today)
    for dyad in _days(weighed, wanted or tuple(dyad.id for dyad in watched), days):
        if as_json:
            click.echo(orjson.dumps(_as_json(dyad)))
            continue
        tension = dyad.tension
        z = "" if tension.z is None else f"  z {tension.z:+.2f}"
        click.echo(f"{dyad.as_of}  {dyad.id:<16}{tension.value:>+10.3f}  {tension.stories} stories{z}")


def dyad_of(word: str) -> str:
    """Return the dyad that a word of the call names. Raises BadParameter."""
    try:
        return read_dyad(word)
    except BadDyad as error:
        raise click.BadParameter(str(error), param_hint="DYAD") from error


def _days(weighed: Dyads, names: tuple[str, ...], days: int) -> Iterator[Dyad]:
    """Yield the state of the dyads day by day, the earliest first; nothing when no story is held."""
    try:
        latest = weighed.dyad(names[0])
    except NothingHeld:
        return
    first = max(latest.window.start, latest.as_of - timedelta(days=days - 1))
    for number in range((latest.as_of - first).days + 1):
        for name in names:  # dyads within, so that the frame of a day is computed once
            yield weighed.dyad(name, first + timedelta(days=number))


def _as_json(dyad: Dyad) -> dict[str, Any]:
    return {
        "dyad": dyad.id,
        "as_of": f"{dyad.as_of}",
        "tension": dyad.tension.model_dump(mode="json", exclude_none=True),
    }
