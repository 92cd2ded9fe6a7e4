"""`tocsin rules`: check alert rules, test them, try them on history, and print their JSON Schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from streams.alerting import Rule, RuleErrors, load_rules, rule_file_schema
from streams.cli.backtest import command as backtest
from streams.cli.rule_stats import stats
from streams.rehearsal.cases import Outcome, files_of_tests, run, schema_of_tests
from streams.settings import read_settings
from streams.sources import Registry

if TYPE_CHECKING:
    from streams.errors import Mistake


@click.group("rules")
def command() -> None:
    """Check alert rules, test them, try them on history, and print their JSON Schema."""


command.add_command(backtest)


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


@command.command("test")
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def test_(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Run the tests of rule files, or of folders of them; without PATH of the rules that a worker would use.

    The tests of FILE.yaml stand beside it in FILE.test.yaml: reports in, the alerts that must come out. Prints each
    that does not hold as FILE:LINE with what came instead; exits 1 if there is any, or none to run.
    """
    settings = read_settings()
    registry = Registry.load(settings.sources, settings.sources_learnt)
    outcomes: list[Outcome] = []
    mistakes: list[Mistake] = []
    for file in [file for path in paths or (settings.rules,) for file in files_of_tests(path)]:
        try:
            outcomes += run(file, registry)
        except RuleErrors as error:
            mistakes += error.mistakes
    failed = [outcome for outcome in outcomes if outcome.problem]
    if as_json:
        found = {"ok": not failed and not mistakes, "tests": outcomes, "mistakes": mistakes}
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        held = f"{len(outcomes) - len(failed)} of {len(outcomes)} tests hold"
        click.echo("\n".join([*map(str, mistakes), *map(str, failed), held]))
    if failed or mistakes or not outcomes:
        raise click.exceptions.Exit(1)


@command.command()
@click.option("--tests", is_flag=True, help="Of the files that hold tests of rules.")
def schema(*, tests: bool) -> None:
    """Print the JSON Schema of rule files."""
    click.echo(schema_of_tests() if tests else rule_file_schema(), nl=False)


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
