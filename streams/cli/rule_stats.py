"""`tocsin rules stats`: what readers say of the stories they were alerted to, per rule, type and source."""

from __future__ import annotations

import click
import orjson

from streams.delivery.precision import Precision
from streams.delivery.records import all_feedback
from streams.settings import read_settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def stats(bootstrap: str | None, *, as_json: bool) -> None:
    """Show the precision of each rule, type and source, as readers judged with `tocsin feedback`."""
    precision = Precision()
    for feedback in all_feedback(read_settings(bootstrap=bootstrap)):
        precision.take(feedback)
    table = precision.table()
    if not table and not as_json:
        click.echo("no story was judged yet: tocsin feedback STORY right|wrong-type|…")
    for (of, name), judged in table.items():
        counts = {verdict.value: count for verdict, count in judged.verdicts.most_common()}
        if as_json:
            row = {"of": of, "name": name, "stories": judged.stories, "precision": judged.precision}
            click.echo(orjson.dumps(row | {"verdicts": counts}))
            continue
        said = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        click.echo(f"{of:<7}{name:<32}{judged.precision:>5.0%} of {judged.stories}  ({said})")
