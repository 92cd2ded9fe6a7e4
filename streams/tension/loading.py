"""Watch list file → watched dyads, or a list of everything that is wrong with it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from streams.errors import Mistake, nearest
from streams.placed_yaml import PlacedYaml, UnreadableYaml, read_yaml
from streams.tension.watch import BlocText, DyadText, Watched, WatchErrors, WatchFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

SHIPPED = Path(str(files("streams.tension"))) / "dyads.yaml"


def load_watched(path: Path | None = None) -> tuple[Watched, ...]:
    """Return the dyads of a file, or of the watch list that ships, in the order they are written.

    Raises WatchErrors listing every mistake: file, line, entry, what is wrong and what was probably meant.
    """
    file = path or SHIPPED
    try:
        placed = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise WatchErrors([Mistake(str(file), 0, None, f"the file cannot be read: {error}")]) from error
    except UnreadableYaml as error:
        raise WatchErrors([Mistake(str(file), error.line, None, error.problem)]) from error
    mistakes = [
        Mistake(str(file), line, _entry(placed, path), f"the field {path[-1]} stands twice")
        for path, line in placed.twice
    ]
    try:
        written = WatchFile.model_validate(placed.value)
    except ValidationError as error:
        mistakes += [_misfit(file, placed, details) for details in error.errors(include_url=False)]
    else:
        mistakes += _contradictions(file, placed, written)
    if mistakes:
        raise WatchErrors(sorted(mistakes, key=lambda mistake: mistake.line))
    return tuple(_watched(dyad, written.blocs) for dyad in written.dyads)


def _watched(dyad: DyadText, blocs: dict[str, BlocText]) -> Watched:
    one, other = dyad.id.split("-")
    return Watched(
        id=dyad.id,
        title=dyad.title,
        sides=(one, other),
        parties=(_parties(one, blocs), _parties(other, blocs)),
        blocs={side: sorted(_parties(side, blocs)) for side in (one, other) if side in blocs},
    )


def _parties(side: str, blocs: dict[str, BlocText]) -> frozenset[str]:
    return frozenset((side, *blocs[side].members)) if side in blocs else frozenset((side,))


def _contradictions(file: Path, placed: PlacedYaml, written: WatchFile) -> Iterator[Mistake]:
    """Find what is well written and yet cannot be watched."""
    first: dict[str, int] = {}
    for at, dyad in enumerate(written.dyads):
        line = placed.line(("dyads", at, "id"))
        known = first.setdefault(dyad.id, line)
        if known != line:
            yield Mistake(str(file), line, dyad.id, f"it is watched already, by the entry at line {known}")
        one, other = dyad.id.split("-")
        if one == other:
            yield Mistake(str(file), line, dyad.id, "both sides are the same")
        elif one > other:
            problem = "the sides are in alphabetical order"
            yield Mistake(str(file), line, dyad.id, problem, f"{other}-{one}")
        elif both := _parties(one, written.blocs) & _parties(other, written.blocs):
            problem = f"{', '.join(sorted(both))} would stand on both sides"
            yield Mistake(str(file), line, dyad.id, problem)
    named = {side for dyad in written.dyads for side in dyad.id.split("-")}
    for bloc in written.blocs.keys() - named:
        yield Mistake(str(file), placed.line(("blocs", bloc)), bloc, "no dyad names this bloc")


def _misfit(file: Path, placed: PlacedYaml, error: ErrorDetails) -> Mistake:
    """Say what pydantic says in the words of someone who writes watch lists."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    name = str(path[-1]) if path else "file"
    meant = None
    match error["type"]:
        case "missing":
            problem = f"the field {name} is missing"
        case "extra_forbidden":
            problem, meant = f"no field is named {name}", nearest(name, _fields(path))
        case "string_pattern_mismatch" if name == "id":
            problem = f"{error['input']!r} names no dyad; write two ids, as RUS-USA"
        case "string_pattern_mismatch":
            problem = f"{error['input']!r} is no id of a party; write capitals, as USA or NATO"
        case "model_type" | "model_attributes_type":
            problem = "fields are expected here, as in `dyads:` or `id: RUS-USA`"
        case _:
            problem = f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return Mistake(str(file), placed.line(path), _entry(placed, path), problem, meant)


def _fields(path: tuple[str | int, ...]) -> list[str]:
    within = path[0] if len(path) > 1 else None
    model = DyadText if within == "dyads" else BlocText if within == "blocs" else WatchFile
    return list(model.model_fields)


def _entry(placed: PlacedYaml, path: tuple[str | int, ...]) -> str | None:
    """Return the bloc or dyad that a path leads into; a dyad without an id by its number in the file."""
    match path:
        case ("blocs", str() as bloc, *_):
            return bloc
        case ("dyads", int() as at, *_):
            fields: Any = placed.value["dyads"][at]
            id_ = fields.get("id") if isinstance(fields, dict) else None
            return id_ if isinstance(id_, str) else f"dyad number {at + 1}"
    return None
