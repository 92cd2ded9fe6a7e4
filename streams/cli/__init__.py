"""The `tocsin` command. Each subcommand is a module of this folder, loaded when it is called."""

from __future__ import annotations

import sys
from importlib.metadata import version

import click

from streams.cli.lazy import LazyGroup
from streams.errors import TocsinError

# name: module of this folder that holds it, in the order that help lists them
COMMANDS = {
    "demo": "demo",
    "tag": "tag",
    "stories": "stories",
    "export": "export",
    "publish": "publish",
    "ingest": "ingest",
    "worker": "worker",
    "top": "top",
    "alerts": "alerts",
    "explain": "explain",
    "web": "web",
    "deliver": "deliver",
    "receivers": "receivers",
    "silence": "silence",
    "feedback": "feedback",
    "topics": "topics",
    "rules": "rules",
    "sources": "sources",
    "deadletters": "deadletters",
    "schema": "schema",
    "eval": "eval",
}


@click.command(
    cls=LazyGroup,
    package=__name__,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(version("tocsin"), prog_name="tocsin")
def cli() -> None:
    """News articles in, escalation and de-escalation events, stories and alerts out.

    Exit codes: 0 done, 1 the work failed, 2 the words of the call are wrong, 130 interrupted.
    """


def main() -> None:
    """Run the command; turn what a user can act on into one line, and Ctrl-C into a clean end."""
    try:
        code = cli.main(standalone_mode=False)  # click returns the code of an Exit, and does not raise it
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except TocsinError as error:
        click.echo(f"tocsin: {error}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
