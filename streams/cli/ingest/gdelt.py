"""`tocsin ingest gdelt`: articles that GDELT 2 names, and GDELT's own events to compare with."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import orjson
from prometheus_client import CollectorRegistry

from streams.cli.lines import print_json, until_enough
from streams.cli.progress import Meter
from streams.delivery.terminal import one_line
from streams.fetching import Fetcher, Guard
from streams.ingest.feeds.process import user_agent
from streams.ingest.gdelt import BadTable, Kind, addresses_in, events_in, rows_of
from streams.ingest.gdelt.lists import LAST_UPDATE, LAST_UPDATE_TRANSLATED
from streams.ingest.gdelt_articles import AGENT, PageAgent
from streams.ingest.gdelt_files import Choice, NoTable, listed_tables, local_tables
from streams.ingest.outlet import Outlet
from streams.ingest_metrics import IngestMetrics
from streams.settings import read_settings

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import AsyncIterator, Callable, Iterator

    from streams.ingest.gdelt import Address
    from streams.ingest.gdelt_files import Table
    from streams.settings import Settings

Call = TypeVar("Call", bound="Callable[..., object]")

READ = (Kind.MENTIONS, Kind.GKG)  # what addresses are taken from
REMEMBERED = 1_000_000  # addresses that are not told twice

_TIME = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%SZ"])
_OPTIONS = (
    click.argument(
        "files", nargs=-1, metavar="[FILE…]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
    ),
    click.option(
        "--list", "where", metavar="URL|FILE", help="A list of files. [default: GDELT's lastupdate.txt]"
    ),
    click.option(
        "--translated", is_flag=True, help="By default, the list of what GDELT reads in translation."
    ),
    click.option("--since", type=_TIME, help="Of a list, the files of this time (UTC) and later."),
    click.option("--until", type=_TIME, help="Of a list, the files before this time."),
)


def _file_options(call: Call) -> Call:
    for option in reversed(_OPTIONS):
        call = option(call)
    return call


@click.group("gdelt")
def command() -> None:
    """Read the 15-minute files of GDELT 2: mentions and knowledge graph for articles, events to compare with.

    FILE is one of GDELT's, as TIME.mentions.CSV.zip; without any, those are read that a list names.
    """


@command.command("addresses")
@_file_options
def addresses(**words: Any) -> None:
    """Print the address of every article that GDELT names, one JSON object a line, each once."""
    settings = read_settings()

    async def print_addresses() -> bool:
        async with _fetcher(settings) as fetcher:
            reading = _Reading(fetcher, READ, **words)
            async for address in reading.addresses():
                said = {"url": address.url, "site": address.site, "seen_at": address.seen_at}
                said |= {"title": address.title, "published_at": address.published_at}
                print_json(orjson.dumps({name: value for name, value in said.items() if value}))
            return reading.whole

    with until_enough():
        _end(whole=asyncio.run(print_addresses()))


@command.command("events")
@_file_options
def events(**words: Any) -> None:
    """Print GDELT's own events beside our types, one JSON object a line, marked "of": "gdelt".

    They are for comparison. They go on no topic, and no story, index or alert ever knows of them.
    """
    settings = read_settings()

    async def print_events() -> bool:
        async with _fetcher(settings) as fetcher:
            reading = _Reading(fetcher, (Kind.EVENTS,), **words)
            async for _, rows in reading.tables():
                for event in events_in(rows):
                    print_json(orjson.dumps(event))
            return reading.whole

    with until_enough():
        _end(whole=asyncio.run(print_events()))


@command.command("articles")
@_file_options
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def articles(*, bootstrap: str | None, as_json: bool, **words: Any) -> None:
    """Fetch every article that GDELT names, and publish it; its source is its site, not GDELT.

    Addresses of private networks are refused, hosts are asked one at a time, robots.txt is kept. Run it every 15
    minutes: what was published before is not published again.
    """
    settings = read_settings(bootstrap=bootstrap)
    with Meter("fetched", total=None) as meter:
        outcomes, whole = asyncio.run(_publish(settings, words, meter))
    if as_json:
        click.echo(orjson.dumps(outcomes))
    else:
        click.echo(", ".join(f"{count:,} {name}" for name, count in outcomes.most_common()) or "no article")
    _end(whole=whole)


async def _publish(settings: Settings, words: dict[str, Any], meter: Meter) -> tuple[Counter[str], bool]:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    def say(line: str) -> None:
        meter.say(one_line(f"tocsin: {line}"))

    async with AsyncExitStack() as stack:
        metrics = IngestMetrics(CollectorRegistry())
        outlet = await stack.enter_async_context(Outlet(settings, agent=AGENT, metrics=metrics))
        fetcher = await stack.enter_async_context(_fetcher(settings))
        reading = _Reading(fetcher, READ, **words)
        agent = PageAgent(fetcher, outlet, say, stop.is_set)
        await agent.run(_counted(reading.addresses(), meter))
        return agent.outcomes, reading.whole and not stop.is_set()


async def _counted(addresses_: AsyncIterator[Address], meter: Meter) -> AsyncIterator[Address]:
    async for address in addresses_:
        meter.add()
        yield address


class _Reading:
    """The tables that a call names; says on stderr which could not be read, and is then not `whole`."""

    def __init__(
        self,
        fetcher: Fetcher,
        kinds: tuple[Kind, ...],
        *,
        files: tuple[Path, ...],
        where: str | None,
        translated: bool,
        since: datetime | None,
        until: datetime | None,
    ) -> None:
        if files and (where or since or until or translated):
            raise click.UsageError("Name files, or choose from a list, not both.")
        since, until = (time and time.replace(tzinfo=UTC) for time in (since, until))
        choice = Choice(kinds, since, until)
        default = LAST_UPDATE_TRANSLATED if translated else LAST_UPDATE
        self._tables = (
            local_tables(files, choice) if files else listed_tables(where or default, choice, fetcher)
        )
        self.whole = True

    async def tables(self) -> AsyncIterator[tuple[Kind, Iterator[list[str]]]]:
        """Yield the kind and the rows of every table."""
        async for table in self._tables:
            if isinstance(table, NoTable):
                self._miss(table)
            else:
                yield table.kind, self._rows(table)

    async def addresses(self) -> AsyncIterator[Address]:
        """Yield the addresses of every table, each once."""
        told: set[str] = set()
        async for kind, rows in self.tables():
            for address in addresses_in(kind, rows):
                if address.url not in told:
                    if len(told) >= REMEMBERED:
                        told.clear()
                    told.add(address.url)
                    yield address

    def _rows(self, table: Table) -> Iterator[list[str]]:
        try:
            yield from rows_of(table.name, table.kind, table.stream)
        except BadTable as error:
            self._miss(error)

    def _miss(self, error: Exception) -> None:
        self.whole = False
        click.echo(one_line(f"tocsin: {error}"), err=True)


def _fetcher(settings: Settings) -> Fetcher:
    guard = Guard(filter(None, settings.fetch_allow.split(",")))
    return Fetcher(user_agent=user_agent(settings.fetch_contact), guard=guard)


def _end(*, whole: bool) -> None:
    """Exit 1 where something could not be read."""
    if not whole:
        raise click.exceptions.Exit(1)
