"""Tests beside rules: reports in, the alerts that must come of them out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from streams.alerting import RuleErrors, load_rules
from streams.alerting.loading import ENDINGS, STARTER_SET, TESTS
from streams.alerting.written import Duration
from streams.errors import Mistake, nearest
from streams.placed_yaml import UnreadableYaml, read_yaml
from streams.rehearsal.line import Rehearsal
from streams.rehearsal.reports import BEGAN, Report, told

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from schemas import Alert
    from streams.alerting import Rules
    from streams.placed_yaml import PlacedYaml
    from streams.sources import Registry

_DEPTH = 5  # tests, one, alerts, one, a field of it


class Expected(BaseModel):
    """An alert that must come. Only what is written is compared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str = Field(description="Id of the rule.")
    msg_type: Literal["Alert", "Update", "Cancel"] = Field(
        default="Alert", description="Which message it is."
    )
    confirmed: bool | None = Field(default=None, description="Whether it is confirmed.")
    severity: float | None = Field(default=None, description="How grave.")
    status: str | None = Field(default=None, description="The status that it tells.")
    changes: list[str] | None = Field(default=None, description="The fields that an update says otherwise.")
    group: dict[str, str] | None = Field(default=None, description="Whose group it is.")
    summary: str | None = Field(default=None, description="Its sentence.")

    def as_in(self, alert: Alert) -> dict[str, Any]:
        """Return of an alert what is written here."""
        said = {name: getattr(alert, name) for name in self.model_fields_set - {"rule", "status", "changes"}}
        if self.status is not None:
            said["status"] = alert.status.value
        if self.changes is not None:
            said["changes"] = [change.field for change in alert.changes]
        return {"rule": alert.rule.id, "msg_type": alert.msg_type} | said

    @property
    def written(self) -> dict[str, Any]:
        """What is written, as `as_in` gives it."""
        return {"rule": self.rule, "msg_type": self.msg_type} | self.model_dump(include=self.model_fields_set)


class Case(BaseModel):
    """One test: all alerts of the rules beside it, in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)] = Field(description="What it shows, as a sentence.")
    reports: list[Report] = Field(default=[], description="In the order that they come in.")
    until: Duration | None = Field(
        default=None,
        description="How long after the first report time is judged, at every midnight and at its end.",
    )
    alerts: list[Expected] = Field(description="Every alert that must come, and no other may.")


class CaseFile(BaseModel):
    """Tests of the rules in the file of the same name."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="tests of tocsin alert rules")

    tests: Annotated[list[Case], Field(min_length=1)] = Field(description="The tests.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a test: `problem` is None when it holds."""

    file: str
    line: int
    name: str
    problem: str | None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.name}: {self.problem or 'holds'}"


def files_of_tests(path: Path | None) -> list[Path]:
    """Return the files of tests at a path, or of the starter set."""
    path = path or STARTER_SET
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix in ENDINGS and file.stem.endswith(TESTS))
    return [path if path.stem.endswith(TESTS) else path.with_suffix(f"{TESTS}{path.suffix}")]


def schema_of_tests() -> str:
    """Return the JSON Schema of files of tests, as it stands in tests.schema.json beside that of the rules."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | CaseFile.model_json_schema()
    return json.dumps(schema, indent=2) + "\n"


def run(file: Path, registry: Registry | None = None) -> list[Outcome]:
    """Return what becomes of the tests of a file. Raises RuleErrors when they, or the rules, cannot be used."""
    cases, placed = _read(file)
    rules = load_rules(file.with_name(f"{file.stem.removesuffix(TESTS)}{file.suffix}"))
    unknown = _unknown_rules(file, cases, placed, rules)
    if unknown:
        raise RuleErrors(unknown)
    return [
        Outcome(str(file), placed.line(("tests", at)), case.name, problem(case, rules, registry))
        for at, case in enumerate(cases.tests)
    ]


def problem(case: Case, rules: Rules, registry: Registry | None = None) -> str | None:
    """Return how the alerts differ from those that must come; None when they do not."""
    came = alerts_of(case, rules, registry)
    for number, (expected, alert) in enumerate(zip(case.alerts, came, strict=False), start=1):
        wanted, got = expected.written, expected.as_in(alert)
        if wanted != got:
            return f"alert {number} must be {_shown(wanted)}, it is {_shown(got)}"
    if len(came) < len(case.alerts):
        return f"alert {len(came) + 1} must be {_shown(case.alerts[len(came)].written)}, none came"
    if len(came) > len(case.alerts):
        extra = came[len(case.alerts)]
        said = {"rule": extra.rule.id, "msg_type": extra.msg_type, "summary": extra.summary}
        return f"no alert {len(case.alerts) + 1} may come, it is {_shown(said)}"
    return None


def alerts_of(case: Case, rules: Rules, registry: Registry | None = None) -> list[Alert]:
    """Return the alerts that come of a test's reports, each source its own owner unless the registry knows it."""
    line = Rehearsal(rules, registry, lambda source: (registry and registry.family(source)) or source)
    came = []
    for number, report in enumerate(case.reports):
        if report.heard:
            line.hear(report.heard, BEGAN + (report.after or timedelta(0)))
        else:
            came += line.add(told(report, number))
    if case.until:
        step = timedelta(hours=1)
        for number in range(1, round(case.until / step) + 1):
            came += line.tick(BEGAN + number * step, first=True)
    return came


def _shown(said: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in said.items())


def _read(file: Path) -> tuple[CaseFile, PlacedYaml]:
    try:
        placed = read_yaml(file.read_text(encoding="utf-8"), _DEPTH)
    except (OSError, UnicodeDecodeError) as error:
        raise RuleErrors([Mistake(str(file), 0, None, f"the file cannot be read: {error}")]) from error
    except UnreadableYaml as error:
        raise RuleErrors([Mistake(str(file), error.line, None, error.problem)]) from error
    try:
        return CaseFile.model_validate(placed.value), placed
    except ValidationError as error:
        raise RuleErrors([_misfit(file, placed, one) for one in error.errors(include_url=False)]) from error


def _misfit(file: Path, placed: PlacedYaml, error: ErrorDetails) -> Mistake:
    path = error["loc"]
    name = str(path[-1]) if path else "file"
    meant = None
    match error["type"]:
        case "missing":
            problem = f"the field {name} is missing"
        case "extra_forbidden":
            problem = f"no field is named {name}"
            model: type[BaseModel] = Report if "reports" in path else Expected if "alerts" in path else Case
            meant = nearest(name, model.model_fields)
        case "no_type" | "type":
            problem = error["msg"]
        case _:
            problem = f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return Mistake(str(file), placed.line(path), None, problem, meant)


def _unknown_rules(file: Path, cases: CaseFile, placed: PlacedYaml, rules: Rules) -> list[Mistake]:
    known = [rule.id for rule in rules.rules]
    return [
        Mistake(
            str(file),
            placed.line(("tests", at, "alerts", number)),
            None,
            f"no rule is named {expected.rule}",
            nearest(expected.rule, known),
        )
        for at, case in enumerate(cases.tests)
        for number, expected in enumerate(case.alerts)
        if expected.rule not in known
    ]
