"""Write the reference pages that follow from the code; with `--check` only compare them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click
import orjson
from prometheus_client import CollectorRegistry
from pydantic_core import PydanticUndefined

from streams.cli import cli
from streams.feed_metrics import FeedMetrics
from streams.ingest_metrics import IngestMetrics
from streams.metrics import Instruments, Metrics
from streams.settings import Settings
from streams.web.openapi import document
from streams.web_metrics import WebMetrics

if TYPE_CHECKING:
    from collections.abc import Iterator


class Measured(Protocol):
    """The instruments of one kind of process."""

    make: Instruments

    def __init__(self, registry: CollectorRegistry) -> None: ...


DOCS = Path(__file__).parents[1] / "docs"
METRICS = """\
# Metrics

Served as `/metrics` by every process that runs on; times are in seconds. Beside these, every process tells of itself
as Prometheus clients do: `process_resident_memory_bytes`, `process_cpu_seconds_total`, `python_info`.

The budget is the largest number of time series that a metric can make in one process, whatever articles, rules and
receivers name. What is beyond the bound of a label counts under the value `other`; sources that the registry does not
name do from the start. A test floods every label and holds the budget. An installation uses a small part of it.
"""
MEASURED: dict[str, type[Measured]] = {  # by the processes that serve them
    "Workers and delivery": Metrics,
    "Ingest agents": IngestMetrics,
    "The feed agent": FeedMetrics,
    "The live page": WebMetrics,
}
WRITTEN = "Written by `tools/write_docs.py` from the code; change it there.\n"


def pages() -> dict[str, str]:
    """Return every page by its name."""
    return {
        "commands.md": _commands(),
        "settings.md": _settings(),
        "metrics.md": _metrics(),
        "openapi-web.json": _openapi(),
    }


def _openapi() -> str:
    return orjson.dumps(orjson.loads(document()), option=orjson.OPT_INDENT_2).decode() + "\n"


def _commands() -> str:
    parts = ["# Commands\n", WRITTEN]
    for words, command in commands("tocsin", cli):
        context = click.Context(command, info_name=words, terminal_width=100, max_content_width=100)
        parts.append(f"## {words}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def commands(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all commands below it, each with the words that call it."""
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if below := command.get_command(context, name):
                yield from commands(f"{words} {name}", below)


def _settings() -> str:
    head = "# Settings\n\nRead from the environment, once, when a process starts.\n\n" + WRITTEN
    rows = [
        (
            f"`TOCSIN_{name.upper()}`",
            _shown(field.get_default(call_default_factory=True)),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]
    return head + "\n" + _table(("Variable", "Default", "Meaning"), rows)


def _shown(default: Any) -> str:
    return "none" if default in (None, PydanticUndefined) else f"`{default}`"


def _metrics() -> str:
    sections = [
        f"## {title}\n\n{_table(('Metric', 'Kind', 'Labels', 'Budget', 'Meaning'), _instruments(of))}"
        for title, of in MEASURED.items()
    ]
    return "\n".join([METRICS, WRITTEN, *sections])


def _instruments(of: type[Measured]) -> list[tuple[str, ...]]:
    made = of(CollectorRegistry()).make.made
    rows = [
        (
            f"`{one.name}`",
            one.kind,
            ", ".join(f"`{label}`" for label in one.labels),
            f"{one.most:,}",
            one.about,
        )
        for one in made
    ]
    total = f"{sum(one.most for one in made):,}"
    return [*rows, ("**all**", "", "", total, "What one process can make at the most.")]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def main() -> None:
    """Write the pages, or with --check exit 1 naming those that are out of step."""
    if "--check" not in sys.argv[1:]:
        for name, text in pages().items():
            (DOCS / name).write_text(text, encoding="utf-8")
        return
    stale = [
        name
        for name, text in pages().items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    if stale:
        sys.exit(f"out of step with the code: docs/{', docs/'.join(stale)}; run python tools/write_docs.py")


if __name__ == "__main__":
    main()
