"""Rule files → rules in force, or a list of everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from streams.alerting.conditions import compile_condition, variables_read
from streams.alerting.rule import Mistake, Rule, RuleErrors, RuleFile, Rules, RuleText
from streams.errors import nearest
from streams.placed_yaml import PlacedYaml, UnreadableYaml, read_yaml

if TYPE_CHECKING:
    from cel import Program
    from pydantic_core import ErrorDetails

STARTER_SET = Path(str(files("streams.alerting"))) / "rules"
_ENDINGS = {".yaml", ".yml"}
_QUOTES = "a condition with quotes is best set after `when: |`"  # what breaks the YAML of rules most often


@dataclass(frozen=True, slots=True)
class _Id:
    """An id that a rule takes, sound or not."""

    id: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class _FileRead:
    """What one file holds: the ids it takes, the rules that are sound, and what is wrong with the others."""

    ids: list[_Id]
    rules: list[Rule]
    mistakes: list[Mistake]


def load_rules(path: Path | None = None) -> Rules:
    """Return the rules of a file, of the YAML files of a folder, or of the starter set.

    Raises RuleErrors listing every mistake: file, line, rule, what is wrong and what was probably meant.
    """
    read = [_read_file(file) for file in _rule_files(path or STARTER_SET)]
    mistakes = [mistake for file in read for mistake in file.mistakes]
    mistakes += _named_twice([id_ for file in read for id_ in file.ids])
    if mistakes:
        raise RuleErrors(mistakes)
    return Rules(tuple(rule for file in read for rule in file.rules))


def _rule_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix in _ENDINGS)
    if not found:
        raise RuleErrors([Mistake(str(path), 0, None, "the folder holds no .yaml file")])
    return found


def _named_twice(ids: list[_Id]) -> list[Mistake]:
    first: dict[str, _Id] = {}
    return [
        Mistake(named.file, named.line, named.id, f"the id is taken by the rule at {known.file}:{known.line}")
        for named in ids
        if (known := first.setdefault(named.id, named)) is not named
    ]


def _read_file(file: Path) -> _FileRead:
    try:
        placed = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return _FileRead([], [], [Mistake(str(file), 0, None, f"the file cannot be read: {error}")])
    except UnreadableYaml as error:
        problem = f"{error.problem}; {_QUOTES}"
        return _FileRead([], [], [Mistake(str(file), error.line, None, problem)])
    mistakes = [
        Mistake(str(file), line, _rule_name(placed, path), f"the field {path[-1]} stands twice")
        for path, line in placed.twice
    ]
    mistakes += [_misfit(file, placed, error) for error in _misfits(placed.value)]
    ids, rules = [], []
    for at, raw in enumerate(_raw_rules(placed.value)):
        line = placed.line(("rules", at))
        program, wrong = _checked_condition(file, placed, at, raw.get("when"))
        mistakes += wrong
        if isinstance(id_ := raw.get("id"), str):
            ids.append(_Id(id_, str(file), line))
        if program and (text := _fitting(raw)):
            rules.append(_rule(file, line, text, program))
    return _FileRead(ids, rules, sorted(mistakes, key=lambda mistake: mistake.line))


def _rule(file: Path, line: int, text: RuleText, program: Program) -> Rule:
    return Rule(
        id=text.id,
        version=text.version,
        title=text.title,
        description=text.description,
        condition=text.when.strip(),
        file=str(file),
        line=line,
        program=program,
        reads=variables_read(program),
    )


def _raw_rules(value: Any) -> list[dict[str, Any]]:
    listed = value.get("rules") if isinstance(value, dict) else None
    return [raw if isinstance(raw, dict) else {} for raw in listed] if isinstance(listed, list) else []


def _fitting(raw: dict[str, Any]) -> RuleText | None:
    try:
        return RuleText.model_validate(raw)
    except ValidationError:
        return None  # `_misfits` tells why


def _misfits(value: Any) -> list[ErrorDetails]:
    try:
        RuleFile.model_validate(value)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _misfit(file: Path, placed: PlacedYaml, error: ErrorDetails) -> Mistake:
    """Say what pydantic says in the words of someone who writes rules."""
    path = error["loc"]
    name = str(path[-1]) if path else "file"
    meant = None
    match error["type"]:
        case "missing":
            problem = f"the field {name} is missing"
        case "extra_forbidden":
            problem = f"no field is named {name}"
            meant = nearest(name, RuleText.model_fields if "rules" in path else RuleFile.model_fields)
        case "string_pattern_mismatch":
            problem = f"{name} {error['input']!r} must be small letters, digits and hyphens, a letter first"
        case "model_type" | "model_attributes_type":
            problem = "fields are expected here, as in `rules:` or `id: nuclear-signal`"
        case _:
            problem = f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return Mistake(str(file), placed.line(path), _rule_name(placed, path), problem, meant)


def _rule_name(placed: PlacedYaml, path: tuple[str | int, ...]) -> str | None:
    """Return the id of the rule a path leads into, or its number in the file when it has none."""
    match path:
        case ("rules", int() as at, *_):
            id_ = _raw_rules(placed.value)[at].get("id")
            return id_ if isinstance(id_, str) else f"number {at + 1}"
    return None


def _checked_condition(
    file: Path, placed: PlacedYaml, at: int, condition: object
) -> tuple[Program | None, list[Mistake]]:
    if not isinstance(condition, str) or not condition.strip():
        return None, []  # its misfit is told already
    program, faults = compile_condition(condition)
    path = ("rules", at, "when")
    return program, [
        Mistake(
            str(file),
            placed.line_within(path, fault.line),
            _rule_name(placed, path),
            fault.problem,
            fault.meant,
        )
        for fault in faults
    ]
