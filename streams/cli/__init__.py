"""The `tocsin` command. Each subcommand is a module of this folder, loaded when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version

import click

from streams.errors import TocsinError

# name: module of this folder that holds it, in the order that help lists them
COMMANDS = {
    "demo": "demo",
    "tag": "tag",
    "stories": "stories",
    "export": "export",
    "publish": "publish",
    "worker": "worker",
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


class Commands(click.Group):
    """A group that imports a subcommand only to run it: `tocsin tag` must not pay for Kafka clients."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the subcommand of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"streams.cli.{COMMANDS[cmd_name]}"), "command")  # noqa: B009 - for mypy
        return command if isinstance(command, click.Command) else None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("tocsin"), prog_name="tocsin")
def cli() -> None:
    """News articles in, escalation and de-escalation events, stories and alerts out.

    Exit codes: 0 done, 1 the work failed, 2 the words of the call are wrong, 130 interrupted.
    """


def main() -> None:
    """Run the command; turn what a user can act on into one line, and Ctrl-C into a clean end."""
    try:
        cli.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except TocsinError as error:
        click.echo(f"tocsin: {error}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
