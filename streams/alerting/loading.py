"""Rule files → rules in force, or a list of everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cel import Program
from pydantic import ValidationError

from streams.alerting.conditions import compile_condition, variables_read
from streams.alerting.dyad_variables import DYAD_VARIABLES
from streams.alerting.misfits import misfits
from streams.alerting.needs import both, either, needs_of
from streams.alerting.rule import Rule, RuleErrors, Rules
from streams.alerting.variables import VARIABLES, Variable
from streams.alerting.written import RuleText
from streams.errors import Mistake
from streams.placed_yaml import PlacedYaml, UnreadableYaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.alerting.needs import Needs

STARTER_SET = Path(str(files("streams.alerting"))) / "rules"
TESTS = ".test"  # before the ending of a file that holds tests of rules
ENDINGS = {".yaml", ".yml"}
_DEPTH = 6  # rules, one, when, sequence, steps, one
_QUOTES = "a condition with quotes is best set after `match: |`"  # what breaks the YAML of rules most often


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
    found = sorted(
        file for file in path.iterdir() if file.suffix in ENDINGS and not file.stem.endswith(TESTS)
    )
    if not found:
        raise RuleErrors([Mistake(str(path), 0, None, "the folder holds no .yaml file")])
    return found


def _named_twice(ids: list[_Id]) -> list[Mistake]:
    first: dict[str, _Id] = {}
    return [
        Mistake(
            named.file,
            named.line,
            f"rule {named.id}",
            f"the id is taken by the rule at {known.file}:{known.line}",
        )
        for named in ids
        if (known := first.setdefault(named.id, named)) is not named
    ]


def _read_file(file: Path) -> _FileRead:
    try:
        placed = read_yaml(file.read_text(encoding="utf-8"), _DEPTH)
    except (OSError, UnicodeDecodeError) as error:
        return _FileRead([], [], [Mistake(str(file), 0, None, f"the file cannot be read: {error}")])
    except UnreadableYaml as error:
        problem = f"{error.problem}; {_QUOTES}"
        return _FileRead([], [], [Mistake(str(file), error.line, None, problem)])
    mistakes = [
        Mistake(str(file), line, _rule_name(placed, path), f"the field {path[-1]} stands twice")
        for path, line in placed.twice
    ]
    mistakes += [
        Mistake(str(file), placed.line(one.path), _rule_name(placed, one.path), one.problem, one.meant)
        for one in misfits(placed.value)
    ]
    ids, rules = [], []
    for at, raw in enumerate(raw_rules(placed.value)):
        line = placed.line(("rules", at))
        conditions = [_checked(file, placed, at, one) for one in _conditions(raw)]
        mistakes += [mistake for one in conditions for mistake in one.mistakes]
        if isinstance(id_ := raw.get("id"), str):
            ids.append(_Id(id_, str(file), line))
        if all(one.program for one in conditions) and (text := _fitting(raw)):
            rules.append(_rule(file, line, text, conditions))
    return _FileRead(ids, rules, sorted(mistakes, key=lambda mistake: mistake.line))


@dataclass(frozen=True, slots=True)
class _Written:
    """A condition where it stands."""

    path: tuple[str | int, ...]
    text: str
    variables: Mapping[str, Variable]


@dataclass(frozen=True, slots=True)
class _Checked:
    """A condition, its program where it can be read, and what is wrong with it."""

    written: _Written
    program: Program | None
    mistakes: list[Mistake]

    @property
    def is_step(self) -> bool:
        """Whether it is a step of a sequence."""
        return self.written.path[0] == "when"


def _conditions(raw: dict[str, Any]) -> Iterator[_Written]:
    """Yield the conditions of a rule, sound or not."""
    when = raw.get("when")
    variables = DYAD_VARIABLES if isinstance(when, dict) and "zscore" in when else VARIABLES
    if isinstance(match := raw.get("match"), str) and match.strip():
        yield _Written(("match",), match, variables)
    match when:
        case {"sequence": {"steps": [*steps]}}:
            for number, step in enumerate(steps):
                if isinstance(step, str) and step.strip():
                    yield _Written(("when", "sequence", "steps", number), step, VARIABLES)


def _checked(file: Path, placed: PlacedYaml, at: int, written: _Written) -> _Checked:
    program, faults = compile_condition(written.text, written.variables)
    path = ("rules", at, *written.path)
    name = _rule_name(placed, path)
    mistakes = [
        Mistake(str(file), placed.line_within(path, fault.line), name, fault.problem, fault.meant)
        for fault in faults
    ]
    return _Checked(written, program, mistakes)


def _rule(file: Path, line: int, text: RuleText, conditions: list[_Checked]) -> Rule:
    steps = [one for one in conditions if one.is_step]
    matches = [one for one in conditions if not one.is_step]
    programs = [(one.program, one.written.variables) for one in conditions if one.program]
    reads = {name for program, variables in programs for name in variables_read(program, variables)}
    return Rule(
        text=text,
        file=str(file),
        line=line,
        program=matches[0].program if matches else None,
        steps=tuple(one.program for one in steps if one.program),
        reads=tuple(sorted(reads)),
        needs=_needs(matches, steps),
    )


def _needs(matches: list[_Checked], steps: list[_Checked]) -> Needs:
    needs = needs_of(matches[0].written.text) if matches else {}
    return both(needs, either([needs_of(one.written.text) for one in steps])) if steps else needs


def raw_rules(value: Any) -> list[dict[str, Any]]:
    """Return what stands under `rules:`, an empty one in the place of what is none."""
    listed = value.get("rules") if isinstance(value, dict) else None
    return [raw if isinstance(raw, dict) else {} for raw in listed] if isinstance(listed, list) else []


def _fitting(raw: dict[str, Any]) -> RuleText | None:
    try:
        return RuleText.model_validate(raw)
    except ValidationError:
        return None  # `misfits` tells why


def _rule_name(placed: PlacedYaml, path: tuple[str | int, ...]) -> str | None:
    """Return the id of the rule a path leads into, or its number in the file when it has none."""
    match path:
        case ("rules", int() as at, *_):
            id_ = raw_rules(placed.value)[at].get("id")
            return f"rule {id_}" if isinstance(id_, str) else f"rule number {at + 1}"
    return None
