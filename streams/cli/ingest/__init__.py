"""`tocsin ingest`: the agents that bring articles in. Each is a module of this folder, loaded when it is called."""

from __future__ import annotations

import click

from streams.cli.lazy import LazyGroup

# name: module of this folder that holds it as `command`, in the order that help lists them
AGENTS = {
    "feeds": "feeds",
    "http": "http",
    "watch": "watch",
    "kafka": "kafka",
    "warc": "warc",
    "gdelt": "gdelt",
    "stix": "stix",
    "backfill": "backfill",
}


@click.command("ingest", cls=LazyGroup, package=__name__, table=AGENTS)
def command() -> None:
    """Bring articles in from where they are published, one agent each."""
