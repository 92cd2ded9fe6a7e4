"""Source files → sources, or a list of everything that is wrong with them.

A later file extends those before: an entry whose id they know changes the fields that it states (null makes
one unknown again), any other entry is a new source.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from streams.errors import Mistake, nearest
from streams.placed_yaml import PlacedYaml, UnreadableYaml, read_yaml
from streams.sources.source import Fetching, Kind, Source, SourceErrors, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

SHIPPED = Path(str(files("streams.sources"))) / "sources.yaml"


@dataclass(frozen=True, slots=True)
class _Line:
    """Where something stands."""

    file: str
    number: int

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One source as files state it: its fields, and where each stands; `at` is where the entry begins."""

    name: str
    fields: dict[str, Any]
    lines: dict[str, _Line]
    at: _Line

    def line(self, field: str) -> _Line:
        """Return where the field stands, or the entry when the field is missing."""
        return self.lines.get(field, self.at)

    def mistake(self, field: str, problem: str, meant: str | None = None) -> Mistake:
        """Return the mistake at a field of this entry."""
        line = self.line(field)
        return Mistake(
            file=line.file, line=line.number, entry=f"source {self.name}", problem=problem, meant=meant
        )


def load_sources(path: Path | None = None, learnt: Path | None = None) -> list[Source]:
    """Return the sources that ship, changed by what was learnt, then extended and changed by a file of one's own.

    Raises SourceErrors listing every mistake: file, line, entry, what is wrong and what was probably meant.
    """
    entries: dict[str, _Entry] = {}
    mistakes: list[Mistake] = []
    for file in filter(None, (SHIPPED, learnt, path)):
        read, wrong = _read_file(file)
        mistakes += wrong
        mistakes += _taken_ids(read)
        for entry in read:
            known = entries.get(entry.name)
            entries[entry.name] = _changed(known, entry) if known else entry
    sources: list[Source] = []
    for entry in entries.values():
        source, wrong = _checked(entry)
        mistakes += wrong
        sources += [source] if source else []
    mistakes += _taken("domain", "domains", entries.values())
    mistakes += _taken("name", "names", entries.values())
    if mistakes:
        raise SourceErrors(sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line)))
    return sources


def stating(field: str, path: Path) -> frozenset[str]:
    """Return the ids of the entries of a file that state this field, if only as unknown."""
    entries, _ = _read_file(path)
    return frozenset(entry.name for entry in entries if field in entry.fields)


def _changed(known: _Entry, entry: _Entry) -> _Entry:
    fields = {name: value for name, value in (known.fields | entry.fields).items() if value is not None}
    return _Entry(known.name, fields, known.lines | entry.lines, entry.at)


def _read_file(file: Path) -> tuple[list[_Entry], list[Mistake]]:
    """Return the entries of a file that have an id, and what is wrong with the file or its other entries."""
    try:
        placed = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return [], [_file_mistake(file, 0, f"the file cannot be read: {error}")]
    except UnreadableYaml as error:
        return [], [_file_mistake(file, error.line, error.problem)]
    mistakes = [
        _file_mistake(file, line, f"the field {path[-1]} stands twice", entry=_name(placed, path))
        for path, line in placed.twice
    ]
    entries: list[_Entry] = []
    listed = _listed(file, placed, mistakes)
    for at, fields in enumerate(listed):
        line = placed.line(("sources", at))
        match fields:
            case {"id": str() as id_}:
                lines = {
                    str(field): _Line(str(file), placed.line(("sources", at, field))) for field in fields
                }
                entries.append(_Entry(id_, fields, lines, _Line(str(file), line)))
            case {"id": _}:
                mistakes.append(
                    _file_mistake(file, line, "id must be a word", entry=f"source number {at + 1}")
                )
            case dict():
                mistakes.append(
                    _file_mistake(file, line, "the field id is missing", entry=f"source number {at + 1}")
                )
            case _:
                problem = "fields are expected here, as in `id: lemonde`"
                mistakes.append(_file_mistake(file, line, problem, entry=f"source number {at + 1}"))
    return entries, mistakes


def _listed(file: Path, placed: PlacedYaml, mistakes: list[Mistake]) -> list[Any]:
    """Return what stands under `sources:`; what stands beside it, or instead of it, is a mistake."""
    top = placed.value
    if not isinstance(top, dict):
        mistakes.append(_file_mistake(file, 1, "`sources:` with a list of sources is expected here"))
        return []
    for field in top:
        if field not in SourceFile.model_fields:
            problem, meant = f"no field is named {field}", nearest(str(field), SourceFile.model_fields)
            mistakes.append(_file_mistake(file, placed.line((str(field),)), problem, meant=meant))
    listed = top.get("sources")
    if not isinstance(listed, list) or not listed:
        mistakes.append(
            _file_mistake(file, placed.line(("sources",)), "`sources:` must list one source or more")
        )
        return []
    return listed


def _file_mistake(
    file: Path, line: int, problem: str, *, entry: str | None = None, meant: str | None = None
) -> Mistake:
    return Mistake(file=str(file), line=line, entry=entry, problem=problem, meant=meant)


def _name(placed: PlacedYaml, path: tuple[str | int, ...]) -> str | None:
    """Return the id of the entry that a path leads into, or its number in the file when it has none."""
    match path:
        case ("sources", int() as at, *_):
            fields = placed.value["sources"][at]
            id_ = fields.get("id") if isinstance(fields, dict) else None
            return f"source {id_}" if isinstance(id_, str) else f"source number {at + 1}"
    return None


def _checked(entry: _Entry) -> tuple[Source | None, list[Mistake]]:
    try:
        return Source.model_validate(entry.fields), []
    except ValidationError as error:
        return None, [_misfit(entry, details) for details in error.errors(include_url=False)]


def _misfit(entry: _Entry, error: ErrorDetails) -> Mistake:
    """Say what pydantic says in the words of someone who writes sources."""
    field = str(error["loc"][0])
    if field == "fetching":
        return _misfit_of_fetching(entry, error)
    given, context = error["input"], error.get("ctx", {})
    meant = None
    match error["type"]:
        case "missing":
            problem = f"the field {field} is missing"
        case "extra_forbidden":
            problem, meant = f"no field is named {field}", nearest(field, Source.model_fields)
        case "literal_error":
            kinds = get_args(Kind)
            problem, meant = f"{field} {given!r} is none of {', '.join(kinds)}", nearest(str(given), kinds)
        case "string_pattern_mismatch" if field in {"id", "owner"}:
            problem = f"{field} {given!r} must be small letters, digits and hyphens"
        case "string_pattern_mismatch" if field == "feeds":
            problem = f"feeds: {given!r} is no http or https address"
        case "string_pattern_mismatch":
            problem = f"{field}: {given!r} is no code of a language, as fr"
        case _:
            problem, meant = f"{field}: {error['msg'][:1].lower()}{error['msg'][1:]}", context.get("meant")
    return entry.mistake(field, problem, meant)


def _misfit_of_fetching(entry: _Entry, error: ErrorDetails) -> Mistake:
    field, meant = ".".join(map(str, error["loc"])), None
    if error["type"] == "extra_forbidden":
        name = field.removeprefix("fetching.")
        problem, meant = f"no field of fetching is named {name}", nearest(name, Fetching.model_fields)
    else:
        problem = f"{field}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return entry.mistake("fetching", problem, meant)


def _taken_ids(entries: Iterable[_Entry]) -> Iterator[Mistake]:
    first: dict[str, _Entry] = {}
    for entry in entries:
        if (known := first.setdefault(entry.name, entry)) is not entry:
            yield entry.mistake("id", f"the id is taken by the source at {known.at}")


def _taken(what: str, field: str, entries: Iterable[_Entry]) -> Iterator[Mistake]:
    """Find what two sources claim, or one claims twice: nobody could say who is meant."""
    first: dict[str, _Entry] = {}
    for entry in entries:
        claimed = [(field, word) for word in _words(entry.fields.get(field))]
        if field == "names":
            claimed += [("name", word) for word in _words([entry.fields.get("name")])]
        for stands_in, word in claimed:
            known = first.setdefault(word.casefold(), entry)
            if known is not entry:
                yield entry.mistake(
                    stands_in, f"the {what} {word} is taken by {known.name} at {known.line(field)}"
                )


def _words(value: object) -> set[str]:
    return {word for word in value if isinstance(word, str)} if isinstance(value, list) else set()
