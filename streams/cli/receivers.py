"""`tocsin receivers`: check the file of receivers, print its JSON Schema, send a test."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from streams.delivery.channels import Accepted, Answer, channel_of
from streams.delivery.policy import Plan, ReceiverErrors, load_receivers
from streams.delivery.policy.plan import receivers_schema
from streams.delivery.process import receivers_file
from streams.delivery.specimen import specimen
from streams.errors import TocsinError, nearest
from streams.settings import read_settings

if TYPE_CHECKING:
    from streams.delivery.policy.receivers import Receiver

file_option = click.option(
    "--receivers",
    "path",
    type=click.Path(path_type=Path),
    help="Who is told, a YAML file. [TOCSIN_RECEIVERS]",
)


class TestFailed(TocsinError):
    """A receiver did not take the test."""

    __test__ = False  # it is no test of pytest's


@click.group()
def command() -> None:
    """Check the receivers, or send one of them a test."""


@command.command()
@file_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(path: Path | None, *, as_json: bool) -> None:
    """Check the file of receivers, and that each secret is where it says.

    Prints every mistake as FILE:LINE, the entry, what is wrong and what was probably meant; exits 1 if
    there is any. Nothing is sent.
    """
    mistakes: list[str] = []
    plan: Plan | None = None
    try:
        plan = load_receivers(_file(path))
    except ReceiverErrors as error:
        mistakes = [str(mistake) for mistake in error.mistakes]
    for receiver in plan.receivers if plan else ():
        try:
            channel_of(receiver)
        except TocsinError as error:
            mistakes.append(str(error))
    found = [(one.name, one.kind, one.cap) for one in plan.receivers] if plan else []
    if as_json:
        listed = [dict(zip(("name", "kind", "cap"), row, strict=True)) for row in found]
        click.echo(orjson.dumps({"ok": not mistakes, "receivers": listed, "mistakes": mistakes}))
    else:
        lines = mistakes or [f"{name}  {kind}, at most {cap} messages an hour" for name, kind, cap in found]
        click.echo("\n".join(lines))
    if mistakes:
        raise click.exceptions.Exit(1)


@command.command()
def schema() -> None:
    """Print the JSON Schema of the file of receivers."""
    click.echo(receivers_schema(), nl=False)


@command.command()
@click.argument("name")
@file_option
def test(name: str, path: Path | None) -> None:
    """Send the receiver NAME an alert that is marked as a test, and say what it answered."""
    plan = load_receivers(_file(path))
    receiver = plan.named(name)
    if receiver is None:
        meant = nearest(name, [one.name for one in plan.receivers])
        hint = f"; did you mean {meant}?" if meant else ""
        raise TestFailed(f"no receiver is named {name}{hint}")
    answer = asyncio.run(_send(receiver))
    if not isinstance(answer, Accepted):
        raise TestFailed(f"{name} did not take the test: {answer.said}")
    click.echo(f"{name} took the test ({answer.status})")


async def _send(receiver: Receiver) -> Answer:
    channel = channel_of(receiver)
    try:
        return await channel.send(specimen(receiver.name, datetime.now(UTC)))
    finally:
        await channel.close()


def _file(path: Path | None) -> Path:
    return receivers_file(read_settings(receivers=path))
