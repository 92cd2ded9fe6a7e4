"""`tocsin rules backtest`: what rules would have said over a stretch of history."""

from __future__ import annotations

import heapq
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from kafka import TopicPartition
from rich.console import Console

from schemas import Event, Story, Unreadable, Withdrawal, decode
from schemas.cloudevents import event_type
from schemas.contracts import CONTRACTS
from schemas.topics import EVENTS
from streams.alerting import load_rules
from streams.broker import consumer
from streams.cli.known import bytes_of
from streams.cli.lines import Lines
from streams.cli.progress import Meter
from streams.cli.trial_text import as_json, as_text
from streams.rehearsal import Rehearsal
from streams.rehearsal.backtest import Trial, begin, differences
from streams.rehearsal.peek import Peek
from streams.restore import read_to_end
from streams.settings import read_settings
from streams.sources import Registry
from streams.stories import Stories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.alerting import Rules
    from streams.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True, slots=True)
class _Tried:
    """Rules, the line that they run on, and what they said."""

    line: Rehearsal
    trial: Trial

    @classmethod
    def of(cls, rules: Rules, registry: Registry) -> _Tried:
        return cls(Rehearsal(rules, registry), begin(rules))

    def tell(self, story: Story) -> None:
        """Have the rules judge a revision of a story."""
        self.trial.take(self.line.tell(story))

    def finish(self, days: set[date]) -> None:
        """Have time judged until the end of the last day on which anything was reported."""
        self.trial.days = days
        if days:
            end = datetime.combine(max(days), time(), UTC) + timedelta(days=1)
            self.trial.take(self.line.finish(end))


@click.command("backtest")
@click.argument("rules", type=click.Path(exists=True, path_type=Path))
@click.option("--against", type=click.Path(exists=True, path_type=Path), help="Other rules to compare with.")
@click.option("--from", "first", type=_DAY, help="Leave out what was published before this day.")
@click.option("--to", "last", type=_DAY, help="Leave out what was published after this day.")
@click.option("--file", "events", type=_FILE, help="Events as JSON lines, as `tocsin tag` prints them.")
@click.option(
    "--stories", type=_FILE, help="Stories as JSON lines, as `tocsin stories --revisions` prints them."
)
@click.option("--json", "as_json_", is_flag=True, help="Print one JSON object.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(
    *,
    rules: Path,
    against: Path | None,
    first: datetime | None,
    last: datetime | None,
    events: Path | None,
    stories: Path | None,
    as_json_: bool,
    bootstrap: str | None,
) -> None:
    """Show what RULES, a file or a folder, would have said: how often, why, and how much of it was noise.

    Reads tocsin.events, 30 days, unless a file of events or stories is given. From events the stories are told as a
    worker tells them. Time goes by with the reports. Exits 1 if a line could not be read.
    """
    if events and stories:
        raise click.UsageError("--file and --stories exclude each other.")
    settings = read_settings(bootstrap=bootstrap)
    registry = Registry.load(settings.sources, settings.sources_learnt)
    loaded = [load_rules(path) for path in (rules, against) if path]
    tried = [_Tried.of(each, registry) for each in loaded]
    peek = Peek(loaded, first.date() if first else date.min, last.date() if last else date.max)
    file = events or stories
    with Meter(
        "tried", total=bytes_of([file]) if file else None, quiet=sys.stdout.isatty() and not file
    ) as meter:
        told = Told(settings, registry, meter, peek)
        for story in told.by_stories(stories) if stories else told.by_events(events):
            for one in tried:
                one.tell(story)
        for one in tried:
            one.finish(peek.days())
    changes = list(differences(tried[0].trial, tried[1].trial)) if against else None
    if as_json_:
        click.echo(orjson.dumps(as_json(tried[0].trial, changes), option=orjson.OPT_INDENT_2))
    else:
        Console().print(as_text(tried[0].trial, changes), highlight=False, soft_wrap=True)
    sys.exit(1 if told.unread else 0)


class Told:
    """The revisions of stories over a stretch of days, from a file or from the topic of events."""

    def __init__(self, settings: Settings, registry: Registry, meter: Meter, peek: Peek) -> None:
        self._settings, self._registry, self._meter, self._peek = settings, registry, meter, peek
        self.unread = 0

    def by_stories(self, path: Path) -> Iterator[Story]:
        """Yield the stories of a file."""
        lines = Lines(Story, [path], self._meter, self._peek.passes_over)
        for story in lines:
            self._meter.add()
            yield story
        self.unread = lines.unread

    def by_events(self, path: Path | None) -> Iterator[Story]:
        """Yield the stories that the events of a file tell, or those of the topic."""
        stories = Stories(self._registry.family)
        for told in self._of_file(path) if path else self._of_topic():
            self._meter.add()
            if isinstance(told, Withdrawal):
                yield from stories.withdraw(told)
            elif story := stories.add(told):
                yield story

    def _of_file(self, path: Path) -> Iterator[Event]:
        lines = Lines(Event, [path], self._meter, self._peek.passes_over)
        yield from lines
        self.unread = lines.unread

    def _of_topic(self) -> Iterator[Event | Withdrawal]:
        """Yield what is on the topic of events, its partitions side by side in the order of time."""
        reader = consumer(self._settings, "backtest")
        partitions = sorted(reader.partitions_for_topic(EVENTS.name) or ())
        reader.close()
        readers = [consumer(self._settings, f"backtest-{number}") for number in partitions]
        records = [
            read_to_end(one, TopicPartition(EVENTS.name, number))
            for one, number in zip(readers, partitions, strict=True)
        ]
        kind = CONTRACTS[Withdrawal].event_type
        for record in heapq.merge(*records, key=lambda record: record.timestamp):
            is_withdrawal = event_type(dict(record.headers)) == kind
            if not is_withdrawal and self._peek.passes_over(record.value or b""):
                self._meter.add()
                continue
            try:
                yield decode(Withdrawal, record.value) if is_withdrawal else decode(Event, record.value)
            except Unreadable as error:
                self.unread += 1
                self._meter.say(f"tocsin: {record.topic}[{record.partition}]@{record.offset}: {error}")
        for one in readers:
            one.close()
