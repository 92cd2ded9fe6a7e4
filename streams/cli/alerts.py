"""`tocsin alerts`: subscribe to the alerts, print those that are wanted."""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from typing import TYPE_CHECKING

import click
import orjson
from kafka.errors import KafkaError

from schemas.topics import ALERTS
from streams.broker import admin, consumer
from streams.delivery.subscription import BadDyad, Garbled, Received, Subscription, Wanted, read_dyad
from streams.delivery.terminal import escaped_json, one_line
from streams.delivery.text import render
from streams.settings import Settings, read_settings
from streams.topics import require_topic

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command()
@click.option("--follow", "-f", is_flag=True, help="Wait for more, until Ctrl-C; else leave at the end.")
@click.option("--min-severity", type=click.FloatRange(0, 10), default=0.0, help="Leave out the less severe.")
@click.option(
    "--dyad", "dyads", multiple=True, metavar="AAA-BBB", help="Only about these two, as RUS-USA. Repeatable."
)
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only of this rule. Repeatable.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print."
)
@click.option(
    "--group", metavar="NAME", help="Consumer group that remembers what was read. [tocsin-alerts-USER]"
)
@click.option("--from-beginning", is_flag=True, help="Read all that the topic keeps, once more.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(
    *,
    follow: bool,
    min_severity: float,
    dyads: tuple[str, ...],
    rules: tuple[str, ...],
    format_: str,
    group: str | None,
    from_beginning: bool,
    bootstrap: str | None,
) -> None:
    """Print the alerts that came since the last call, as text or as JSON lines.

    What was printed, or left out by a filter, counts as read; a call that is interrupted goes on
    where it was. Messages that are no alerts are named on stderr and passed over.
    """
    wanted = Wanted(min_severity, frozenset(map(_dyad, dyads)), frozenset(rules))
    settings = read_settings(bootstrap=bootstrap)
    _require(settings)
    group = group or _own_group()
    reader = consumer(settings, "alerts", group=group)
    subscription = Subscription(reader)
    try:
        subscription.start(from_beginning=from_beginning)
        messages = subscription.follow() if follow else subscription.until_end()
        if not _print(messages, wanted, as_json=format_ == "json"):
            click.echo(f"no new alerts for {group}; --from-beginning shows all that are kept", err=True)
    except KeyboardInterrupt:
        sys.exit(0 if follow else 130)
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        with contextlib.suppress(KafkaError):  # what stays uncommitted is printed again, nothing is lost
            subscription.commit()
        reader.close(autocommit=False, timeout_ms=1_000)


def _print(messages: Iterable[Received | Garbled | None], wanted: Wanted, *, as_json: bool) -> int:
    """Print the alerts that are wanted; return how many."""
    count = 0
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    was_silent = False
    for message in messages:
        if message is None and not was_silent:
            click.echo("tocsin: the broker does not answer; waiting for it", err=True)
        elif isinstance(message, Garbled):
            click.echo(one_line(f"tocsin: {message.where} is no alert: {message.why}"), err=True)
        elif isinstance(message, Received) and wanted(message.alert):
            click.echo(_as_json(message.raw) if as_json else render(message.alert, colour=colour) + "\n")
            sys.stdout.flush()
            count += 1
        was_silent = message is None
    return count


def _as_json(raw: bytes) -> str:
    return escaped_json(orjson.dumps(orjson.loads(raw)))


def _dyad(word: str) -> str:
    try:
        return read_dyad(word)
    except BadDyad as error:
        raise click.BadParameter(str(error), param_hint="--dyad") from error


def _own_group() -> str:
    try:
        return f"tocsin-alerts-{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user may have no name
        return "tocsin-alerts"


def _require(settings: Settings) -> None:
    client = admin(settings)
    try:
        require_topic(client, settings, ALERTS)
    finally:
        client.close()
