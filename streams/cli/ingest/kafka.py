"""`tocsin ingest kafka`: articles from a topic of another system, by a mapping."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
import orjson

from streams.broker import consumer
from streams.cli.ingest.carrying import (
    GRACE,
    Tally,
    outbox,
    require_topics,
    serve_metrics,
    summarise,
)
from streams.cli.ingest.ending import Ending
from streams.cli.progress import Meter
from streams.delivery.terminal import one_line
from streams.ingest.adapter import AGENT, Adapter
from streams.ingest.found import Found
from streams.ingest.mapping import Mapping, load_mapping, mapping_file_schema
from streams.settings import read_settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--topic", metavar="NAME", help="The topic to read from.")
@click.option("--mapping", type=_FILE, help="How its messages become articles, a YAML file.")
@click.option(
    "--group", metavar="NAME", default="tocsin-ingest", show_default=True, help="Consumer group to read as."
)
@click.option("--from", "source", metavar="HOST:PORT", help="Brokers of that topic, where they are others.")
@click.option("--once", is_flag=True, help="End when what is there now is read.")
@click.option("--check", type=_FILE, metavar="FILE", help="Only check this mapping, and name every mistake.")
@click.option("--sample", type=_FILE, metavar="FILE", help="With --check: print what this message becomes.")
@click.option("--schema", is_flag=True, help="Only print the JSON Schema of mapping files.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Of its metrics; 0 takes a free one. [TOCSIN_INGEST_KAFKA_PORT]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(
    *,
    topic: str | None,
    mapping: Path | None,
    group: str,
    source: str | None,
    once: bool,
    check: Path | None,
    sample: Path | None,
    schema: bool,
    port: int | None,
    as_json: bool,
    bootstrap: str | None,
) -> None:
    """Publish what a topic of another system holds, until told to stop.

    A mapping says by JMESPath where the fields of an article are; --check FILE --sample MESSAGE.json tries one.

    A message counts as read when the brokers have what it became. One that does not fit is named, and is a dead letter
    with its bytes and headers.
    """
    if schema:
        click.echo(mapping_file_schema(), nl=False)
        return
    if check:
        _try(load_mapping(check), check, sample)
        return
    if sample:
        raise click.UsageError("--sample is for --check.")
    if not topic or not mapping:
        raise click.UsageError("Name the topic to read with --topic, and the mapping with --mapping.")
    rules = load_mapping(mapping)
    settings = read_settings(bootstrap=bootstrap, ingest_kafka_port=port)
    require_topics(settings)
    reader = consumer(
        settings.model_copy(update={"bootstrap": source}) if source else settings,
        AGENT,
        group=group,
        member=settings.worker_id,
    )
    with Meter("published", total=None, quiet=not once) as meter, Ending(meter.say, grace=GRACE) as ending:
        tally = Tally(meter, AGENT, None if once else serve_metrics(settings, settings.ingest_kafka_port))
        with outbox(AGENT, settings, bulk=False) as way_out, closing(reader):
            Adapter(topic, rules, reader, way_out, tally, lambda: ending.asked).run(once=once)
    summarise(tally, whole=not (once and ending.asked), as_json=as_json)


def _try(rules: Mapping, file: Path, sample: Path | None) -> None:
    """Say that a mapping is sound; print what a message becomes. Exits 1 where it becomes no article."""
    if sample is None:
        click.echo(f"{file}: no mistakes")
        return
    inputs = list(rules.read(str(sample), sample.read_bytes(), datetime.now(UTC)))
    for found in inputs:
        if isinstance(found, Found):
            fields = found.article.model_dump(mode="json", exclude_defaults=True)
            click.echo(orjson.dumps(fields, option=orjson.OPT_INDENT_2))
        else:
            click.echo(one_line(f"tocsin: {found.where}: not an article: {found.why}"), err=True)
    if not inputs:
        click.echo(f"tocsin: {sample}: passed over", err=True)
    if not all(isinstance(found, Found) for found in inputs):
        raise click.exceptions.Exit(1)
