"""`tocsin topics`: provision the topics, show how they are."""

from __future__ import annotations

import sys

import click
import orjson
from kafka.errors import KafkaError

from schemas.topics import TOPICS
from streams.broker import BrokerUnreachable, admin
from streams.settings import Settings, read_settings
from streams.topics import Found, drift, ensure, found

bootstrap = click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")


@click.group()
def command() -> None:
    """Provision the topics, or show how they are."""


@command.command(name="ensure")
@bootstrap
@click.option(
    "--partitions", type=click.IntRange(min=1), help="Partitions of each new topic. [TOCSIN_PARTITIONS]"
)
@click.option(
    "--replication", type=click.IntRange(min=1), help="Copies of each partition. [TOCSIN_REPLICATION]"
)
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a topic is not as it should be.")
def ensure_topics(
    bootstrap: str | None, partitions: int | None, replication: int | None, *, check: bool
) -> None:
    """Create the topics that are missing, set the configuration of the others. Never shrinks or deletes."""
    settings = read_settings(bootstrap=bootstrap, partitions=partitions, replication=replication)
    client = admin(settings)
    try:
        remaining = drift(_found(client, settings), settings) if check else ensure(client, settings)
    finally:
        client.close()
    for difference in remaining:
        click.echo(f"{difference.topic} {difference.what}")
    if not remaining:
        click.echo(f"{len(TOPICS)} topics at {settings.bootstrap} are as they should be")
    sys.exit(1 if remaining else 0)


@command.command()
@bootstrap
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(bootstrap: str | None, *, as_json: bool) -> None:
    """Show each topic: what it carries, what its key is, and how the brokers have it."""
    settings = read_settings(bootstrap=bootstrap)
    client = admin(settings)
    try:
        topics = _found(client, settings)
    finally:
        client.close()
    if as_json:
        click.echo(orjson.dumps([_as_json(seen) for seen in topics], option=orjson.OPT_INDENT_2))
        return
    for seen in topics:
        state = f"{seen.partitions} partitions, {seen.replication} copies" if seen.partitions else "MISSING"
        click.echo(f"{seen.topic.name}  ({state})\n  {seen.topic.about}\n  key: {seen.topic.key}")
        click.echo(f"  {', '.join(f'{key}={value}' for key, value in seen.config.items())}")


def _found(client: object, settings: Settings) -> list[Found]:
    try:
        return found(client)
    except KafkaError as error:
        raise BrokerUnreachable(f"the brokers at {settings.bootstrap} do not answer: {error}") from error


def _as_json(seen: Found) -> dict[str, object]:
    return {
        "name": seen.topic.name,
        "about": seen.topic.about,
        "key": seen.topic.key,
        "value": seen.topic.value.__name__ if seen.topic.value else None,
        "partitions": seen.partitions,
        "replication": seen.replication,
        "config": seen.config,
    }
