"""`tocsin deadletters`: list, show and replay the messages that could not be processed."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

import click
import orjson

from schemas import Reason
from schemas.topics import DEADLETTERS
from streams.broker import admin, consumer, producer
from streams.cli.progress import Meter
from streams.deadletters import Alien, BadPlace, Kept, Place, read_all, read_one, read_place
from streams.deadletters import replay as resend
from streams.delivery.terminal import escaped, one_line, wrap
from streams.outbox import Acknowledged, Outbox
from streams.settings import Settings, read_settings
from streams.topics import require_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kafka import KafkaConsumer

    from schemas import DeadLetter

FIRST_BYTES = 600  # of a message, shown
WIDTH = 80

bootstrap_option = click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
reason_option = click.option(
    "--reason", type=click.Choice([r.value for r in Reason]), help="Only of this reason."
)
stage_option = click.option("--stage", help="Only of this stage.")


@click.group("deadletters")
def command() -> None:
    """List, show and replay the messages that could not be processed."""


@command.command("list")
@reason_option
@stage_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@bootstrap_option
def list_(*, reason: str | None, stage: str | None, as_json: bool, bootstrap: str | None) -> None:
    """List the dead letters that are kept: where each lies, when, which stage, and why."""
    count = 0
    with _reader(read_settings(bootstrap=bootstrap)) as reader:
        for kept in _chosen(read_all(reader), reason=reason, stage=stage):
            count += 1
            click.echo(orjson.dumps(_as_json(kept)) if as_json else _as_lines(kept))
    if not count:
        click.echo("no dead letters", err=True)


@command.command()
@click.argument("place", metavar="PARTITION:OFFSET", callback=lambda _context, _option, word: _place(word))
@click.option("--raw", is_flag=True, help="Write the bytes of the message to standard output, nothing else.")
@bootstrap_option
def show(*, place: Place, raw: bool, bootstrap: str | None) -> None:
    """Show one dead letter: why, from where, its headers and its first bytes."""
    with _reader(read_settings(bootstrap=bootstrap)) as reader:
        kept = read_one(reader, place)
    if raw:
        sys.stdout.buffer.write(kept.letter.value or b"")
        return
    click.echo(_as_lines(kept))
    click.echo("\n".join(_contents(kept.letter)))


@command.command()
@click.argument(
    "places",
    nargs=-1,
    metavar="PARTITION:OFFSET…",
    callback=lambda _context, _option, words: [_place(word) for word in words],
)
@click.option(
    "--all", "everything", is_flag=True, help="All that are kept; narrow it with --reason and --stage."
)
@reason_option
@stage_option
@bootstrap_option
def replay(
    *, places: list[Place], everything: bool, reason: str | None, stage: str | None, bootstrap: str | None
) -> None:
    """Send dead letters again, as they were, to where they came from.

    For after the cause is mended. A dead letter stays listed until its retention ends; what had been
    processed all the same does no harm twice, ids are stable. Exits 1 if one was not acknowledged.
    """
    if bool(places) == everything:
        raise click.UsageError("Name the dead letters, or say --all.")
    if places and (reason or stage):
        raise click.UsageError("--reason and --stage choose among --all.")
    settings = read_settings(bootstrap=bootstrap)
    with _reader(settings) as reader:
        if everything:
            kept: Iterable[Kept] = _chosen(read_all(reader), reason=reason, stage=stage)
        else:
            kept = [read_one(reader, place) for place in places]
        outbox = Outbox(producer(settings, "replay"), patience=settings.delivery_timeout)
        sent, failed = _replay(kept, outbox)
    click.echo(f"replayed {sent:,}" + (f"; {failed:,} failed, named above" if failed else ""))
    sys.exit(1 if failed else 0)


def _replay(kept: Iterable[Kept], outbox: Outbox) -> tuple[int, int]:
    """Send these dead letters again; return how many were acknowledged and how many were not."""
    failed = 0
    with contextlib.closing(outbox), Meter("replayed", total=None) as meter:
        for outcome in resend(kept, outbox):
            if isinstance(outcome, Acknowledged):
                meter.add()
            else:
                failed += 1
                meter.say(
                    one_line(f"tocsin: {outcome.where} (key {outcome.id}): not replayed: {outcome.why}")
                )
    return meter.count, failed


def _chosen(found: Iterable[Kept | Alien], *, reason: str | None, stage: str | None) -> Iterator[Kept]:
    """Yield the dead letters of this reason and stage; name on stderr what is none."""
    for kept in found:
        if isinstance(kept, Alien):
            click.echo(one_line(f"tocsin: what lies at {kept.place} is no dead letter: {kept.why}"), err=True)
        elif reason in (None, kept.letter.reason.value) and stage in (None, kept.letter.stage):
            yield kept


@contextlib.contextmanager
def _reader(settings: Settings) -> Iterator[KafkaConsumer]:
    client = admin(settings)
    try:
        require_topic(client, settings, DEADLETTERS)
    finally:
        client.close()
    reader = consumer(settings, "deadletters")
    try:
        yield reader
    finally:
        reader.close()


def _place(word: str) -> Place:
    try:
        return read_place(word)
    except BadPlace as error:
        raise click.BadParameter(str(error)) from error


def _as_lines(kept: Kept) -> str:
    """Return two lines or so: what and why."""
    letter = kept.letter
    size = f"{len(letter.value or b''):,} bytes"
    came = f"{letter.topic} {letter.partition}:{letter.offset}"
    what = f"{letter.stage}: {letter.reason.value}, {size}, attempt {letter.attempt}"
    first = f"{kept.place} {letter.failed_at} {what}"
    why = wrap(one_line(f"{letter.exception}: {letter.message}"), width=WIDTH - 6)
    return "\n".join([one_line(first), f"      from {one_line(came)}", *(f"      {line}" for line in why)])


def _contents(letter: DeadLetter) -> Iterator[str]:
    value = letter.value or b""
    yield f"      key {escaped(letter.key) if letter.key is not None else '(none)'}"
    for name, header in letter.headers.items():
        yield f"      header {escaped(name.encode())}: {escaped(header)}"
    beyond = f", the first {FIRST_BYTES}" if len(value) > FIRST_BYTES else ""
    yield f"      {len(value):,} bytes{beyond}:"
    yield from (f"        {line}" for line in wrap(escaped(value[:FIRST_BYTES]), width=WIDTH - 8))


def _as_json(kept: Kept) -> dict[str, Any]:
    letter = kept.letter
    return {
        "place": str(kept.place),
        "stage": letter.stage,
        "reason": letter.reason,
        "exception": letter.exception,
        "message": letter.message,
        "topic": letter.topic,
        "partition": letter.partition,
        "offset": letter.offset,
        "attempt": letter.attempt,
        "failed_at": letter.failed_at,
        "key": escaped(letter.key) if letter.key is not None else None,
        "bytes": len(letter.value or b""),
    }
