"""`tocsin ingest feeds`: poll the feeds of the sources and publish what is new."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from streams.cli.progress import Meter

if TYPE_CHECKING:
    from collections import Counter

    from streams.ingest.feeds.poll import Polled
    from streams.ingest.feeds.process import Tally
    from streams.ingest.feeds.subscription import Subscription

QUIET = {
    "kafka": logging.CRITICAL,
    "asyncio": logging.WARNING,
    "aiohttp": logging.WARNING,
}  # the outlet tells of brokers
ANSWERS = ("new", "nothing_new", "not_modified")  # what a poll comes to that did not fail


@click.command()
@click.option("--once", is_flag=True, help="Poll each feed once and end.")
@click.option(
    "--sources",
    type=click.Path(exists=True, path_type=Path),
    help="Sources of your own, a YAML file. [TOCSIN_SOURCES]",
)
@click.option("--only", metavar="ID", multiple=True, help="Only this source; may be given again.")
@click.option(
    "--state", type=click.Path(path_type=Path), help="What is known of each feed. [TOCSIN_FEEDS_STATE]"
)
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port of metrics and health; 0 takes a free one. [TOCSIN_FEEDS_PORT]",
)
@click.option("--json", "as_json", is_flag=True, help="With --once: print the summary as JSON.")
def command(
    *,
    once: bool,
    sources: Path | None,
    only: tuple[str, ...],
    state: Path | None,
    bootstrap: str | None,
    port: int | None,
    as_json: bool,
) -> None:
    """Poll the feeds of the sources, and publish each article that is new or has changed.

    Runs until SIGTERM or Ctrl-C, which lets polls under way end. A feed that fails is named, with the reason, and
    polled again later. With --once exits 1 when no feed answered.
    """
    from streams.ingest.feeds.process import poll_feeds  # noqa: PLC0415 - the help must not wait for clients
    from streams.ingest.feeds.subscription import subscriptions  # noqa: PLC0415
    from streams.settings import read_settings  # noqa: PLC0415
    from streams.sources import Registry  # noqa: PLC0415

    settings = read_settings(bootstrap=bootstrap, sources=sources, feeds_state=state, feeds_port=port)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    feeds = subscriptions(
        Registry.load(settings.sources, settings.sources_learnt), only=only, environment=os.environ
    )
    began = time.monotonic()
    with Meter("polled", total=None) as meter:
        if not once:
            meter.say(f"polling {_of(len(feeds), 'feed')}; metrics and health at port {settings.feeds_port}")

        def told(feed: Subscription, polled: Polled) -> None:
            meter.add()
            if polled.said:
                meter.say(f"tocsin: {feed.source}: {_where(feed)}: {polled.result}: {polled.said}")

        tally = poll_feeds(settings, feeds, once=once, told=told)
    _summarise(tally, time.monotonic() - began, as_json=as_json)
    sys.exit(0 if not once or any(tally.results[answer] for answer in ANSWERS) else 1)


def _where(feed: Subscription) -> str:
    from streams.fetching import shown  # noqa: PLC0415

    return shown(feed.url)


def _summarise(tally: Tally, seconds: float, *, as_json: bool) -> None:
    if as_json:
        summary = {
            "polls": dict(tally.results),
            "items": dict(tally.items),
            "spooled": tally.spooled,
            "seconds": round(seconds, 2),
        }
        click.echo(orjson.dumps(summary))
        return
    polls = tally.results.total()
    click.echo(f"{_of(polls, 'poll')} in {seconds:.1f} s: {_listed(tally.results) or 'none'}")
    if items := _listed(tally.items):
        click.echo(f"items: {items}")
    if tally.spooled:
        click.echo(f"on the spool for the brokers: {_of(tally.spooled, 'article')}")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {word.replace('_', ' ')}" for word, count in counts.most_common() if count)


def _of(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"
