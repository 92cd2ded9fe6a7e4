"""`tocsin sources`: check source files, list what is known, tell how sources stand, learn how often they publish."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click
import orjson

from streams.cli.heard import known_sources
from streams.cli.sources_learn import command as learn
from streams.cli.sources_stats import command as stats
from streams.cli.table import table
from streams.errors import Mistake
from streams.sources import Source, SourceErrors, source_file_schema


@click.group("sources")
def command() -> None:
    """Check source files, list the sources that are known, tell how they stand, learn how often they publish."""


command.add_command(learn)


command.add_command(stats)


@command.command()
@click.argument("path", required=False, metavar="[FILE]", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(path: Path | None, *, as_json: bool) -> None:
    """Check a source file together with those that ship; without FILE the sources that a worker would use.

    Prints every mistake as FILE:LINE, the source, what is wrong and what was probably meant;
    exits 1 if there is any.
    """
    number, mistakes = 0, list[Mistake]()
    try:
        number = len(known_sources(path))
    except SourceErrors as error:
        mistakes += error.mistakes
    if as_json:
        found = {
            "ok": not mistakes,
            "sources": number,
            "mistakes": [dataclasses.asdict(mistake) for mistake in mistakes],
        }
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    elif mistakes:
        click.echo("\n".join([*map(str, mistakes), f"{len(mistakes)} mistake{'s' * (len(mistakes) > 1)}"]))
    else:
        click.echo(f"{number} sources, no mistakes")
    if mistakes:
        raise click.exceptions.Exit(1)


@command.command("list")
@click.option("--lang", metavar="CODE", help="Only those that publish in this language, as uk.")
@click.option("--country", metavar="CODE", help="Only of this country, as UKR.")
@click.option("--tier", type=click.IntRange(1, 3), help="Only of this tier.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, one source each, with every field.")
def list_(*, lang: str | None, country: str | None, tier: int | None, as_json: bool) -> None:
    """Print the sources that are known: those that ship and those of TOCSIN_SOURCES. A dash means unknown."""
    wanted = [
        source
        for source in known_sources()
        if (lang is None or lang.lower() in source.langs)
        and (country is None or source.country == country.upper())
        and (tier is None or source.tier == tier)
    ]
    if as_json:
        for source in wanted:
            click.echo(orjson.dumps(_fields(source)))
    else:
        click.echo(_table(wanted))


@command.command()
def schema() -> None:
    """Print the JSON Schema of source files."""
    click.echo(source_file_schema(), nl=False)


def _fields(source: Source) -> dict[str, Any]:
    """Return the fields of a source; what is unknown is null."""
    return source.model_dump(mode="json")


def _table(sources: list[Source]) -> str:
    head = ("id", "name", "country", "langs", "kind", "tier", "state", "owner")
    count = f"{len(sources)} source{'s' * (len(sources) != 1)}"
    return f"{table(head, [*map(_row, sources)])}\n{count}" if sources else count


def _row(source: Source) -> tuple[str, ...]:
    controlled = {True: "yes", False: "no", None: "-"}[source.state_controlled]
    return (
        source.id,
        source.name,
        source.country or "-",
        ",".join(source.langs),
        source.kind,
        str(source.tier),
        controlled,
        source.owner or "-",
    )
