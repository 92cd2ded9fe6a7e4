"""`tocsin demo`: the whole line on this machine, until Ctrl-C."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, NoReturn

import click
import orjson

from streams.delivery.text import render
from streams.demo import Line, running, samples
from streams.settings import read_settings

if TYPE_CHECKING:
    from schemas import Alert


@click.command()
@click.option("--once", is_flag=True, help="Publish the samples, wait until they went through, and leave.")
@click.option("--bootstrap", metavar="HOST:PORT", help="Use this Kafka, not a broker of the demo's own.")
@click.option(
    "--web-port", type=click.IntRange(0, 65535), default=0, help="Port of metrics and health; 0, any."
)
@click.option("--page-port", type=click.IntRange(0, 65535), default=0, help="Port of the live page; 0, any.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print alerts as JSON lines, and the summary as the last."
)
def command(bootstrap: str | None, web_port: int, page_port: int, *, once: bool, as_json: bool) -> None:
    """Run everything on this machine: a broker, a worker, the live page, the sample articles and their alerts.

    Nothing needs to be set up, and nothing is left behind.
    """
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # the demo says itself what went wrong
    began = time.monotonic()
    settings = read_settings(bootstrap=bootstrap, web_port=web_port, web_page_port=page_port)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        _say("starting " + ("a worker" if bootstrap else "a broker and a worker"))
        with running(settings, own_broker=bootstrap is None, page=not once) as line:
            _show(line, once=once, as_json=as_json, began=began)
            _leave_in_peace()
    except KeyboardInterrupt:
        _say("stopped; nothing is left running")
        sys.exit(130 if once else 0)


def _show(line: Line, *, once: bool, as_json: bool, began: float) -> None:
    _say(f"broker {line.settings.bootstrap}   " + "   ".join(line.pages()))
    if live_page := line.live_page():
        _say(f"live page {live_page}")
    line.publish([samples()])
    stop = _told_to_stop()
    for alert in line.alerts(once=once, stop=stop):
        _print(alert, as_json=as_json)
    if stop.is_set():
        _leave_in_peace()
        raise KeyboardInterrupt
    counts = line.counts() | {"seconds": round(time.monotonic() - began, 1)}
    if as_json:
        click.echo(orjson.dumps(counts))
    else:
        _say("   ".join(f"{name} {count}" for name, count in counts.items()))


def _print(alert: Alert, *, as_json: bool) -> None:
    colour = sys.stdout.isatty()
    click.echo(
        orjson.dumps(alert.model_dump(mode="json", exclude_none=True))
        if as_json
        else render(alert, colour=colour)
    )
    sys.stdout.flush()


def _say(words: str) -> None:
    click.echo(f"tocsin demo: {words}", err=True)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _told_to_stop() -> threading.Event:
    """Return what is set by Ctrl-C from here on.

    An exception could come up within a Kafka client, which then keeps a lock that its end waits for.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _leave_in_peace() -> None:
    """Let nothing interrupt the end: what was started must be ended."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
