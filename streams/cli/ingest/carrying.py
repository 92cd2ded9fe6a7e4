"""What the agents that read files share: their options, what they say of their work, and how they end."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

import click
import orjson
from prometheus_client import CollectorRegistry, start_http_server

from schemas.topics import ARTICLES, DEADLETTERS
from streams.broker import admin, producer
from streams.cli.ingest.ending import Ending
from streams.cli.progress import Meter
from streams.delivery.terminal import one_line
from streams.ingest.conveyor import Conveyor
from streams.ingest.found import Unread
from streams.ingest.journal import Journal
from streams.ingest.pace import Pace
from streams.ingest_metrics import IngestMetrics
from streams.outbox import Outbox
from streams.port import free_port
from streams.topics import require_topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from streams.settings import Settings

Call = TypeVar("Call", bound="Callable[..., object]")

GRACE: Final = 10.0  # seconds after Ctrl-C for the brokers' word on what was sent
OUTAGE: Final = 86_400.0  # seconds that brokers may be away: the files wait as well as a spool would
NAMED: Final = 1_000  # refused inputs that the summary in JSON names; the others are counted

_OPTIONS = (
    click.option("--source", help="Source of articles that name none; an id of the source registry."),
    click.option("--lang", help="Language of articles that name none, as fr or en-GB; else it is detected."),
    click.option(
        "--rate",
        type=click.FloatRange(min=0, min_open=True),
        metavar="N",
        help="At most so many articles a second.",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON."),
    click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]"),
)


def port_option(agent: str) -> Callable[[Call], Call]:
    """Return the option --port of an agent that serves its metrics."""
    variable = f"TOCSIN_INGEST_{agent.upper()}_PORT"
    return click.option(
        "--port", type=click.IntRange(0, 65535), help=f"Of its metrics; 0 takes a free one. [{variable}]"
    )


def file_options(call: Call) -> Call:
    """Add --source, --lang, --rate, --json and --bootstrap to a command."""
    for option in reversed(_OPTIONS):
        call = option(call)
    return call


@dataclass(slots=True)
class Tally:
    """What became of the inputs: counted, and said on stderr where a person should know."""

    meter: Meter
    agent: str
    metrics: IngestMetrics | None = None
    began: float = field(default_factory=time.monotonic)
    refused_count: int = 0
    refusals: list[Unread] = field(default_factory=list)

    def published(self) -> None:
        """Count an article that the brokers have."""
        self.meter.add()
        if self.metrics:
            self.metrics.counted(self.agent, "published")

    def refused(self, unread: Unread) -> None:
        """Count and name an input that is no article."""
        self.refused_count += 1
        if len(self.refusals) < NAMED:
            self.refusals.append(unread)
        if self.metrics:
            self.metrics.counted(self.agent, "refused" if unread.raw is None else "dead")
        self.meter.say(one_line(f"tocsin: {unread.where}: not an article: {unread.why}"))

    def noted(self, where: str, note: str) -> None:
        """Tell how an input was read."""
        self.meter.say(one_line(f"tocsin: {where}: {note}"))


@contextmanager
def conveying(
    agent: str, tally: Tally, settings: Settings, *, journal: Path | None, rate: float | None
) -> Iterator[Conveyor]:
    """Have a conveyor to the topic. Within, Ctrl-C or SIGTERM makes it read no more and wait for the brokers' word.

    GRACE seconds later, or at the second signal, it leaves at once: the journal and the topic know what was sent.
    Raises Stopped, JournalInUse, JournalUnusable, BrokerUnreachable, TopicsMissing.
    """
    require_topics(settings)
    with (
        Journal(journal) as kept,
        Ending(tally.meter.say, grace=GRACE) as ending,
        outbox(agent, settings) as way_out,
    ):
        conveyor = Conveyor(agent, settings, way_out, kept, Pace(rate), tally, lambda: ending.asked)
        conveyor.start()
        yield conveyor


@contextmanager
def outbox(agent: str, settings: Settings, *, bulk: bool = True) -> Iterator[Outbox]:
    """Have an outbox that waits for brokers that are away: what is read from lasts as well as a spool would."""
    opened = Outbox(producer(settings, agent, tries_for=OUTAGE, bulk=bulk), patience=OUTAGE)
    try:
        yield opened
    except BaseException:
        opened.abandon()  # what is not acknowledged yet is not journalled or committed either
        raise
    opened.close()


def serve_metrics(settings: Settings, port: int) -> IngestMetrics:
    """Serve /metrics from a thread, and return the instruments. Raises PortTaken."""
    registry = CollectorRegistry()
    taken = free_port(settings.web_host, port)
    start_http_server(taken, settings.web_host, registry)
    click.echo(f"metrics at http://{settings.web_host}:{taken}/metrics", err=True)
    return IngestMetrics(registry)


def require_topics(settings: Settings) -> None:
    """Raise TopicsMissing unless the topics that agents write are there."""
    client = admin(settings)
    try:
        for topic in (ARTICLES, DEADLETTERS):
            require_topic(client, settings, topic)
    finally:
        client.close()


def summarise(tally: Tally, *, whole: bool, as_json: bool) -> NoReturn:
    """Print what was done and leave: 0 all published, 1 some inputs were refused, 130 interrupted."""
    seconds = round(time.monotonic() - tally.began, 2)
    count = tally.meter.count
    if as_json:
        summary = {
            "published": count,
            "refused": tally.refused_count,
            "seconds": seconds,
            "interrupted": not whole,
            "refusals": [{"where": one.where, "why": one.why} for one in tally.refusals],
        }
        click.echo(orjson.dumps(summary))
    else:
        line = f"published {count:,} article{'s' * (count != 1)} in {seconds} s ({count / max(seconds, 0.01):,.0f}/s)"
        if tally.refused_count:
            line += f"; {tally.refused_count:,} refused, named above"
        click.echo(line if whole else f"{line}; interrupted, the same call goes on from there")
    sys.exit(130 if not whole else 1 if tally.refused_count else 0)
