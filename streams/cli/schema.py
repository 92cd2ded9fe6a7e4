"""`tocsin schema`: write the generated schemas, or check that they are in step with the models."""

from __future__ import annotations

import json
from difflib import unified_diff
from importlib.resources import files
from pathlib import Path

import click

from schemas.compatibility import Schema, breaks
from schemas.contracts import CONTRACTS
from schemas.export import generated, json_schema
from streams.errors import TocsinError

RELEASED = Path(str(files("schemas"))) / "released"


class SchemasOutOfStep(TocsinError):
    """A generated file does not say what the models say."""


class BreakingChange(TocsinError):
    """A message of the last release would no longer be taken."""


_dir = click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: Path(str(files("schemas"))),
    help="Folder of the generated files.  [default: the installed schemas]",
)


@click.group(name="schema")
def command() -> None:
    """Write or check the JSON Schemas and the AsyncAPI document."""


@command.command()
@_dir
def export(folder: Path) -> None:
    """Write the JSON Schemas and the AsyncAPI document."""
    for name, document in generated().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(document), encoding="utf-8")
        click.echo(path)


@command.command()
@_dir
def check(folder: Path) -> None:
    """Exit 1 when a file is out of step with the models, or a model breaks with the last release."""
    stale = [name for name, document in generated().items() if _differs(folder / name, _text(document))]
    if stale:
        raise SchemasOutOfStep(f"out of step with the models: {', '.join(stale)}; run `tocsin schema export`")
    if broken := [line for each in released() for line in breaks(*each)]:
        raise BreakingChange(
            "\n  ".join(
                ["these changes break readers of the last release and need a new major version:", *broken]
            )
        )
    click.echo(f"{len(generated())} files are in step with the models and take what the last release wrote")


def released() -> list[tuple[Schema, Schema]]:
    """Return, of every message that was released in this major version, the schema then and now."""
    paths = {model: RELEASED / f"v{c.version}" / f"{c.name}.json" for model, c in CONTRACTS.items()}
    return [
        (json.loads(path.read_text(encoding="utf-8")), json_schema(model))
        for model, path in paths.items()
        if path.is_file()
    ]


def _text(document: Schema) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _differs(path: Path, wanted: str) -> bool:
    """Print the difference between a file and what it should say; tell whether there is one."""
    found = path.read_text(encoding="utf-8") if path.is_file() else ""
    diff = list(
        unified_diff(
            found.splitlines(), wanted.splitlines(), f"{path} (found)", f"{path} (wanted)", lineterm=""
        )
    )
    for line in diff:
        click.echo(line)
    return bool(diff)
