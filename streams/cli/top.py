"""`tocsin top`: a live picture of the line in the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.live import Live

from streams.errors import TocsinError
from streams.settings import Settings, read_settings
from streams.top.drawing import Drawing
from streams.top.latest import Latest
from streams.top.picture import Look, paint
from streams.top.workers import BadAddress, Workers, address_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from streams.top.picture import Picture


class NoWorker(TocsinError):
    """No worker answers."""


@click.command("top")
@click.option(
    "--worker",
    "words",
    multiple=True,
    metavar="HOST:PORT",
    help="A worker to look at, or the URL of its metrics. Repeatable. [TOCSIN_WEB_HOST:TOCSIN_WEB_PORT]",
)
@click.option(
    "--every",
    type=click.FloatRange(0.2, 3600),
    default=2.0,
    help="Seconds between two looks.",
    show_default=True,
)
@click.option("--once", is_flag=True, help="Print one picture and leave; it takes two looks.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(*, words: tuple[str, ...], every: float, once: bool, bootstrap: str | None) -> None:
    """Show what the line does now: rates of its stages, what waits, sources that fell silent, dyads, latest alerts.

    Rates are those between two looks. Runs until Ctrl-C; exits 1 when no worker answers at the start.
    """
    settings = read_settings(bootstrap=bootstrap)
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # what is wrong stands in the picture
    workers = Workers(_addresses(words, settings))
    latest = Latest(settings)
    try:
        asyncio.run(_once(workers, latest, every) if once else _live(workers, latest, every))
    except KeyboardInterrupt:
        sys.exit(130 if once else 0)


def _addresses(words: tuple[str, ...], settings: Settings) -> list[str]:
    host = f"[{settings.web_host}]" if ":" in settings.web_host else settings.web_host
    try:
        return list(dict.fromkeys(map(address_of, words or [f"{host}:{settings.web_port}"])))
    except BadAddress as error:
        raise click.BadParameter(str(error), param_hint="--worker") from error


async def _once(workers: Workers, latest: Latest, every: float) -> None:
    first = await _first(workers)
    _, now = await asyncio.gather(latest.catch_up(), _after(every, workers))
    Console(highlight=False).print(Drawing(_painted(first, now, latest)))


async def _live(workers: Workers, latest: Latest, every: float) -> None:
    console = Console(highlight=False)
    pictures = _pictures(workers, latest, every)
    with Live(console=console, screen=console.is_terminal, auto_refresh=False) as live:
        async with _running(latest):
            async for picture in pictures:
                live.update(Drawing(picture, lines=console.height), refresh=True)


async def _pictures(workers: Workers, latest: Latest, every: float) -> AsyncIterator[Picture]:
    before = await _first(workers)
    yield _painted(before, before, latest)
    while True:
        now = await _after(every, workers)
        yield _painted(before, now, latest)
        before = before if now.is_blind else now


def _painted(before: Look, now: Look, latest: Latest) -> Picture:
    return paint(before, now, latest.alerts, latest.trouble)


async def _first(workers: Workers) -> Look:
    look = await workers.look()
    if look.is_blind:
        said = "; ".join(f"{worker.url} {worker.why}" for worker in look.workers)
        raise NoWorker(f"{said}: is `tocsin worker` running? --worker HOST:PORT names another")
    return look


async def _after(seconds: float, workers: Workers) -> Look:
    await asyncio.sleep(seconds)
    return await workers.look()


@contextlib.asynccontextmanager
async def _running(latest: Latest) -> AsyncIterator[None]:
    """Keep up with the alerts while the block lasts."""
    following = asyncio.create_task(latest.follow())
    try:
        yield
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
