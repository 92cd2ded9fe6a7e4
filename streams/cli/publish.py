"""`tocsin publish`: articles from files or standard input to the topic."""

from __future__ import annotations

import dataclasses
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
import orjson

from schemas.topics import ARTICLES
from streams.broker import admin, producer
from streams.cli.known import article_files, bytes_of, known, known_options
from streams.cli.progress import Meter
from streams.delivery.terminal import one_line
from streams.ingest.found import Found, Unread
from streams.ingest.publish import publish
from streams.ingest.read import open_file, read_articles
from streams.outbox import Acknowledged, Outbox, Unacknowledged
from streams.settings import read_settings
from streams.topics import require_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.ingest.found import Known
    from streams.outbox import Outcome
    from streams.settings import Settings

GRACE = 10.0  # seconds after Ctrl-C for the broker's word on what was sent


@dataclasses.dataclass(slots=True)
class _Tally:
    """What became of the articles."""

    meter: Meter
    keep: bool  # of those that failed, all; else their number alone
    failed: int = 0
    kept: list[Unread | Unacknowledged] = dataclasses.field(default_factory=list)
    handled_to: str | None = None

    def noting(self, inputs: Iterable[Found | Unread]) -> Iterator[Found | Unread]:
        """Yield the inputs, say what a person should know of them, note how far they were handled."""
        for found in inputs:
            for note in found.notes if isinstance(found, Found) else ():
                self.meter.say(one_line(f"tocsin: {found.where}: {note}"))
            yield found
            self.handled_to = found.where

    def count(self, outcome: Outcome | Unread) -> None:
        """Count an outcome; name what failed."""
        if isinstance(outcome, Acknowledged):
            self.meter.add()
            return
        self.failed += 1
        if self.keep:
            self.kept.append(outcome)
        if isinstance(outcome, Unacknowledged):
            line = f"tocsin: {outcome.where} (id {outcome.id}): not acknowledged: {outcome.why}"
        else:
            line = f"tocsin: {outcome.where}: not an article: {outcome.why}"
        self.meter.say(one_line(line))


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE…|-",
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
)
@known_options
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(
    paths: tuple[Path, ...],
    *,
    source: str | None,
    lang: str | None,
    published_at: str | None,
    url: str | None,
    as_json: bool,
    bootstrap: str | None,
) -> None:
    """Publish articles: plain text, HTML, JSON, JSON lines, or folders of these.

    A text or page may have NAME.meta.yaml beside it, with url, source, lang, published_at, origin_hint.
    The same article always has the same id: publishing it again adds nothing downstream.

    Names every article that was not acknowledged, and exits 1 if there is any.
    """
    said = known(url=url, source=source, lang=lang, published_at=published_at)
    files = article_files(paths, url=url)
    settings = read_settings(bootstrap=bootstrap)
    outbox = _outbox(settings)
    began = time.monotonic()
    with Meter("published", total=bytes_of(files)) as meter:
        tally = _Tally(meter, keep=as_json)
        interrupted = _publish(files, said, outbox, tally)
        outbox.close()
    summary = {
        "published": meter.count,
        "failed": tally.failed,
        "seconds": round(time.monotonic() - began, 2),
    }
    _summarise(
        summary | ({"interrupted_after": tally.handled_to} if interrupted else {}), tally, as_json=as_json
    )
    if interrupted:
        sys.exit(130)
    sys.exit(1 if tally.failed else 0)


def _publish(files: list[Path], said: Known, outbox: Outbox, tally: _Tally) -> bool:
    """Publish the files; on Ctrl-C wait for what was sent. Return whether there was one."""

    def opened(file: Path) -> BinaryIO:
        return tally.meter.watch(open_file(file))

    inputs = read_articles(files, now=datetime.now(UTC), known=said, opened=opened)
    try:
        for outcome in publish(tally.noting(inputs), outbox):
            tally.count(outcome)
    except KeyboardInterrupt:
        tally.meter.say("tocsin: interrupted; waiting for the broker's word on what was sent")
        for outcome in outbox.drain(within=GRACE):
            tally.count(outcome)
        return True
    return False


def _summarise(summary: dict[str, Any], tally: _Tally, *, as_json: bool) -> None:
    if as_json:
        failures = [_told(failure) for failure in tally.kept]
        click.echo(orjson.dumps(summary | {"failures": failures}))
        return
    count = summary["published"]
    line = f"published {count:,} article{'s' * (count != 1)} in {summary['seconds']} s"
    if tally.failed:
        line += f"; {tally.failed:,} failed, named above"
    if "interrupted_after" in summary:
        after = summary["interrupted_after"] or "the beginning"
        line += f"; interrupted, what stands after {after} is to be published again"
    click.echo(line)


def _told(failure: Unread | Unacknowledged) -> dict[str, str]:
    named = {"id": failure.id} if isinstance(failure, Unacknowledged) else {}
    return {"where": failure.where, **named, "why": failure.why}


def _outbox(settings: Settings) -> Outbox:
    client = admin(settings)
    try:
        require_topic(client, settings, ARTICLES)
    finally:
        client.close()
    return Outbox(producer(settings, "publish"), patience=settings.delivery_timeout)
