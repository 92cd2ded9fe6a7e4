"""`tocsin rules`: check alert rules, and print the JSON Schema that editors complete them by."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from streams.alerting import Mistake, Rule, RuleErrors, load_rules, rule_file_schema
from streams.cli.rule_stats import stats
from streams.settings import read_settings


@click.group("rules")
def command() -> None:
    """Check alert rules and print their JSON Schema."""


command.add_command(stats)


@command.command()
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Check rule files, or folders of them; without PATH the rules that a worker would use.

    Prints every mistake as FILE:LINE, the rule, what is wrong and what was probably meant;
    exits 1 if there is any.
    """
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for path in paths or (read_settings().rules,):
        try:
            rules += load_rules(path).rules
        except RuleErrors as error:
            mistakes += error.mistakes
    click.echo(_as_json(rules, mistakes) if as_json else _as_text(rules, mistakes))
    if mistakes:
        raise click.exceptions.Exit(1)


@command.command()
def schema() -> None:
    """Print the JSON Schema of rule files."""
    click.echo(rule_file_schema(), nl=False)


def _as_text(rules: list[Rule], mistakes: list[Mistake]) -> str:
    if mistakes:
        return "\n".join([*map(str, mistakes), f"{len(mistakes)} mistake{'s' * (len(mistakes) > 1)}"])
    width = max(len(rule.id) for rule in rules)
    listed = [f"{rule.id:<{width}}  v{rule.version}  {rule.title}" for rule in rules]
    return "\n".join([*listed, f"{len(rules)} rule{'s' * (len(rules) > 1)}, no mistakes"])


def _as_json(rules: list[Rule], mistakes: list[Mistake]) -> str:
    shown = ("id", "version", "title", "condition", "reads", "file", "line")
    found = {
        "ok": not mistakes,
        "rules": [{name: getattr(rule, name) for name in shown} for rule in rules],
        "mistakes": mistakes,
    }
    return orjson.dumps(found, option=orjson.OPT_INDENT_2).decode()
