"""A group of commands that imports a subcommand only to run it: `tocsin tag` must not pay for Kafka clients."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """The subcommands of a table, in its order: name → module of `package` that holds it as `command`."""

    def __init__(self, *args: Any, package: str, table: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._package, self._table = package, table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the subcommand of this name, or None."""
        if cmd_name not in self._table:
            return None
        command = getattr(import_module(f"{self._package}.{self._table[cmd_name]}"), "command")  # noqa: B009 - for mypy
        return command if isinstance(command, click.Command) else None
