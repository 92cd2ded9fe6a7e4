"""`tocsin eval`: what the tagger gets right and wrong on the gold; no broker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.console import Console
from rich.progress import track

from streams.evaluation.gold import read_gold, set_files
from streams.evaluation.page import fill
from streams.evaluation.pins import Drop, drops, pinned_figures, read_pins, write_pins
from streams.evaluation.report import as_text, misses
from streams.evaluation.running import Run, evaluate
from streams.tagging import Tagger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.evaluation.gold import Case, Probe

GOLD = Path("tests/gold")
PINS = GOLD / "pinned.json"
PAGE = Path("docs/quality.md")
SETS = ("dev", "frozen", "probes")


@click.command()
@click.argument(
    "paths", nargs=-1, metavar="[GOLD…]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--set", "set_", type=click.Choice([*SETS, "all"]), default="all", help="Which of the project's own sets."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--misses", "show_misses", is_flag=True, help="Print each miss on the sets that are for tuning."
)
@click.option(
    "--misses-frozen", is_flag=True, help="Print each miss on the frozen set: not for whoever tunes."
)
@click.option("--pin", is_flag=True, help=f"Write the figures to {PINS} and {PAGE}, and pin them there.")
def command(
    paths: tuple[Path, ...], *, set_: str, as_json: bool, show_misses: bool, misses_frozen: bool, pin: bool
) -> None:
    """Print precision, recall and F1 of the tagger on gold, by type, status, role and language.

    Without GOLD the project's own sets, compared with the figures that are pinned for them: exits 1 if
    one has dropped. GOLD are files of JSON lines, or of YAML as in tests/tagging.
    """
    if paths and set_ != "all":
        raise click.UsageError("--set is for the project's own sets, not for named files")
    if pin and (paths or set_ != "all"):
        raise click.UsageError("--pin is for all of the project's own sets at once")
    files = {"given": list(paths)} if paths else set_files(GOLD)
    wanted = {name: files[name] for name in files if set_ in (name, "all") or paths}
    runs = _run(
        {name: [text for path in group for text in read_gold(path)] for name, group in wanted.items()}
    )
    figures = {name: run.figures() for name, run in runs.items()}
    dropped = [] if paths or pin else _dropped(figures)
    if pin:
        _pin(figures)
    if as_json:
        click.echo(orjson.dumps({"sets": figures, "dropped": dropped}, option=orjson.OPT_INDENT_2).decode())
    else:
        click.echo("\n\n".join(as_text(name, each) for name, each in figures.items()))
    for line in _misses(runs, wanted, show=show_misses, frozen=misses_frozen):
        click.echo(line, err=as_json)
    if dropped:
        click.echo("\n".join(f"dropped: {drop}" for drop in dropped), err=True)
        raise click.exceptions.Exit(1)


def _run(gold: dict[str, list[Case | Probe]]) -> dict[str, Run]:
    """Return a run for each set, with a progress bar on a terminal."""
    tagger = Tagger.load()
    screen = Console(stderr=True)
    return {
        name: evaluate(
            tagger, track(texts, name, console=screen, transient=True, disable=not screen.is_terminal)
        )
        for name, texts in gold.items()
    }


def _dropped(figures: dict[str, Any]) -> list[Drop]:
    """Return what has dropped below its pin, of the sets that were run."""
    pins = read_pins(PINS)
    return drops(
        {name: pins.get(name, {}) for name in figures},
        {name: pinned_figures(each) for name, each in figures.items()},
    )


def _pin(figures: dict[str, Any]) -> None:
    write_pins(PINS, {name: pinned_figures(each) for name, each in figures.items()})
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


def _misses(runs: dict[str, Run], files: dict[str, list[Path]], *, show: bool, frozen: bool) -> Iterator[str]:
    for name, run in runs.items():
        shut = name == "frozen" or any("frozen" in path.resolve().parts for path in files[name])
        if frozen if shut else show:
            yield from misses(run.comparisons, run.probed)
